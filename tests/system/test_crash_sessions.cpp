// kill -9 in the middle of the traffic of several sessions that trade with each other: afterwards
// what the clients were told and what the gateway knows are the same, order by order.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

constexpr int kClients = 4;
constexpr int kRounds = 6;

std::string session_id(int n) {
    return fmt::format("T{}", n);
}

// What a client was told about one order.
struct Told {
    std::string order_id;
    int cum = 0;
    int leaves = 0;
};

class Ledger {
public:
    void take(const client::FixMessage& message) {
        if (message.type != "8" || message.duplicate) {
            return;
        }
        ++received_;
        REQUIRE(message.field(150) != "8");
        const std::string id(message.field(11));
        INFO(id << " " << message.raw);
        CHECK(exec_ids_.insert(std::string(message.field(17))).second);
        Told& told = told_[id];
        CHECK((told.order_id.empty() || told.order_id == message.field(37)));
        told.order_id = message.field(37);
        const int cum = std::stoi(std::string(message.field(14)));
        CHECK(cum >= told.cum);  // nothing is taken back
        told.cum = cum;
        told.leaves = std::stoi(std::string(message.field(151)));
    }
    const std::map<std::string, Told>& told() const { return told_; }
    int received() const { return received_; }

private:
    std::map<std::string, Told> told_;
    std::set<std::string> exec_ids_;
    int received_ = 0;
};

using Clients = std::vector<std::unique_ptr<client::FixClient>>;

// Without a reset: both sides go on with their numbers.
Clients log_all_on(const GatewayProcess& gateway, std::vector<unsigned>& next_out) {
    Clients clients;
    for (int n = 0; n < kClients; ++n) {
        clients.push_back(log_on(gateway.client_config(session_id(n), FixVersion::Fix44)));
        const auto at = static_cast<std::size_t>(n);
        CHECK(clients.back()->next_out() > next_out[at]);
        next_out[at] = clients.back()->next_out();
    }
    return clients;
}

// Resting orders and such that take from them, over all sessions.
std::string next_order(int n) {
    constexpr struct {
        char side;
        const char* qty;
        const char* px;
    } kShapes[] = {
        {'1', "3", "9.00"}, {'2', "3", "11.00"}, {'2', "1", "9.00"}, {'1', "2", "11.00"}};
    const auto& shape = kShapes[(n / kClients) % 4];
    return order(FixVersion::Fix44, fmt::format("A{}", n), shape.side, shape.qty, shape.px);
}

// The answer to an order that is sent last comes behind everything that was missed.
void catch_up(client::FixClient& client, Ledger& ledger, const std::string& id) {
    client.send("D", order(FixVersion::Fix44, id, '1', "1", "8.00"));
    while (ledger.told().count(id) == 0) {
        const auto message = client.receive(10'000);
        REQUIRE(message);
        ledger.take(*message);
    }
}

std::map<std::string, nlohmann::json> orders_of(const GatewayProcess& gateway) {
    std::map<std::string, nlohmann::json> found;
    std::string after;
    for (;;) {
        const auto page =
            gateway.call("GET", "/orders?limit=1000" + (after.empty() ? "" : "&after=" + after));
        for (const auto& row : page) {
            found[row["root_cl_ord_id"]] = row;
            after = row["order"];
        }
        if (page.size() < 1'000) {
            return found;
        }
    }
}

}  // namespace

TEST_CASE(
    "sessions that trade with each other are killed in mid-traffic: gateway and clients agree on "
    "each order, and open orders are as they were") {
    const TempDir dir;
    ConfigText config;
    for (int n = 0; n < kClients; ++n) {
        config.sessions += session(session_id(n), FixVersion::Fix44);
    }
    config.durability = GENERATE("written", "synced");
    GatewayProcess gateway(dir, config.text());
    Ledger ledger;
    std::vector<unsigned> next_out(kClients, 0);
    std::mt19937 random(19);
    int sent = 0;
    for (int round = 0; round < kRounds; ++round) {
        gateway.start();
        Clients clients = log_all_on(gateway, next_out);
        // The kill comes with a report that chance chooses, while the next orders are on their way.
        const int last = ledger.received() + 20 + static_cast<int>(random() % 150);
        while (ledger.received() < last) {
            for (auto& client : clients) {
                client->send("D", next_order(sent++));
            }
            for (auto& client : clients) {
                while (auto message = client->receive_now()) {
                    ledger.take(*message);
                }
            }
        }
        gateway.kill9();
        for (auto& client : clients) {  // what had left before the end
            while (!client->closed()) {
                if (auto message = client->receive(10'000)) {
                    ledger.take(*message);
                }
            }
        }
    }

    gateway.start();
    {
        Clients clients = log_all_on(gateway, next_out);
        for (int pass = 0; pass < 2;
             ++pass) {  // the second: what the first one's answers waited for
            for (int n = 0; n < kClients; ++n) {
                catch_up(*clients[static_cast<std::size_t>(n)], ledger,
                         fmt::format("MARK{}-{}", pass, n));
            }
        }
    }
    const auto orders = orders_of(gateway);
    CHECK(ledger.told().size() > 200);
    CHECK(orders.size() == ledger.told().size());
    int open = 0;
    for (const auto& [id, told] : ledger.told()) {
        INFO(id);
        REQUIRE(orders.count(id) == 1);
        const auto& row = orders.at(id);
        CHECK(row["order"] == told.order_id);
        CHECK(row["cum"] == std::to_string(told.cum));
        CHECK(row["leaves"] == std::to_string(told.leaves));
        open += told.leaves > 0 ? 1 : 0;
    }
    CHECK(open > kClients);

    // Once more with nothing on its way: every word about every order is the same afterwards.
    gateway.kill9();
    gateway.start();
    INFO(gateway.output());
    CHECK(gateway.output().find(fmt::format(" {} open orders,", open)) != std::string::npos);
    CHECK(orders_of(gateway) == orders);
    // And the venue's book still holds them: a sell takes from the best resting buy.
    auto trader = log_on(gateway.client_config("T0", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "HIT", '2', "1", "8.50"));
    expect(*trader, "35=8|11=HIT|39=2|31=9");
    trader->logout();
    CHECK(gateway.stop() == 0);
    CHECK(run_sluice({"replay", "--verify", "--data-dir", gateway.data_dir()}).exit_code == 0);
    CHECK(run_sluice({"audit", "verify", "--data-dir", gateway.data_dir()}).exit_code == 0);
}

}  // namespace sluice::system_test
