// kill -9 under load, again and again: what was acknowledged stays, numbers go on, the venue gets
// nothing twice.
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sessions/client/fix_text.hpp"
#include "tests/system/gateway_process.hpp"
#include "tests/system/scripted_venue.hpp"

namespace sluice::system_test {
namespace {

struct Book {
    std::map<std::string, std::string> acknowledged;  // ClOrdID(11) to OrderID(37)
    std::set<std::string> filled;
    std::set<std::string> exec_ids;

    void take(const client::FixMessage& message) {
        if (message.type != "8") {
            return;
        }
        const std::string id(message.field(11));
        const std::string order_id(message.field(37));
        if (message.field(150) != "8") {
            const auto known = acknowledged.emplace(id, order_id).first;
            CHECK(known->second == order_id);  // stable over crashes
        }
        if (message.field(39) == "2") {
            filled.insert(id);
        }
        CHECK(exec_ids.insert(std::string(message.field(17))).second);  // never used twice
    }
    void take_all(client::FixClient& client, int quiet_ms) {
        while (auto message = client.receive(quiet_ms)) {
            take(*message);
        }
    }
};

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

// Rounds of load, each ended by SIGKILL at a random moment.
void kill_and_recover(GatewayProcess& gateway, const std::function<bool()>& venue_is_ready) {
    Book book;
    std::mt19937 random(20'261'124);
    int sent = 0;
    for (int round = 0; round < 6; ++round) {
        gateway.start();
        while (!venue_is_ready()) {
        }
        auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
        const int orders = 50 + static_cast<int>(random() % 300);
        for (int i = 0; i < orders; ++i) {
            trader->send("D", order(FixVersion::Fix44, fmt::format("A{}", ++sent),
                                    i % 2 == 0 ? '1' : '2', "1", "10.00"));
            while (auto message = trader->receive_now()) {
                book.take(*message);
            }
        }
        gateway.kill9();
        book.take_all(*trader, 200);  // what had left before the end
    }
    gateway.start();
    while (!venue_is_ready()) {
    }
    INFO(gateway.output());
    auto trader = log_on(
        gateway.client_config("T1", FixVersion::Fix44));  // without a reset: the numbers go on
    book.take_all(*trader, 1'000);
    const auto orders = orders_of(gateway);
    CHECK(book.acknowledged.size() > 100);
    for (const auto& [id, order_id] : book.acknowledged) {
        INFO(id);
        REQUIRE(orders.count(id) == 1);
        CHECK(orders.at(id)["order"] == order_id);
        CHECK((book.filled.count(id) == 0 || orders.at(id)["status"] == "Filled"));
    }
    // Everything the gateway says is filled or open has been told, exactly once each.
    for (const auto& [id, row] : orders) {
        INFO(id << " " << row.dump());
        CHECK(book.acknowledged.count(id) == 1);
        CHECK((row["status"] != "Filled" || book.filled.count(id) == 1));
    }
    trader->send("D", order(FixVersion::Fix44, "LAST", '1', "1", "9.00"));
    expect(*trader, "35=8|11=LAST|39=0");
    trader->logout();
    CHECK(gateway.stop() == 0);
}

}  // namespace

TEST_CASE(
    "kill -9 under load loses no acknowledged order, and the simulated venue's book is as it was") {
    const char* durability = GENERATE("written", "synced");
    const TempDir dir;
    ConfigText config{.sessions = session("T1", FixVersion::Fix44)};
    config.durability = durability;
    GatewayProcess gateway(dir, config.text());
    kill_and_recover(gateway, [] { return true; });
    const Ran replayed = run_sluice({"replay", "--verify", "--data-dir", gateway.data_dir()});
    INFO(replayed.output);
    CHECK(replayed.exit_code == 0);
    CHECK(run_sluice({"audit", "verify", "--data-dir", gateway.data_dir()}).exit_code == 0);
}

TEST_CASE("kill -9 under load sends no order twice to a FIX venue") {
    int executions = 0;
    ScriptedVenue venue(
        "FIX.4.4",
        [&executions](const std::string& type, const std::string& raw) -> ScriptedVenue::Answers {
            if (type != "D") {
                return {};
            }
            const std::string qty(client::field(raw, 38));
            return {{"8", acknowledgement(raw, fmt::format("X{}", ++executions))},
                    {"8", fill(raw, fmt::format("X{}", ++executions), qty, "10.00", qty, "0")}};
        });
    const TempDir dir;
    ConfigText config{.sessions = session("T1", FixVersion::Fix44)};
    config.venues = fmt::format(
        "  - {{id: NYX, type: fix, begin_string: FIX.4.4, sender_comp_id: GATE, target_comp_id: "
        "NYX, "
        "host: 127.0.0.1, port: {}, reconnect: 20ms}}\n",
        venue.port());
    config.routes = "  - {venues: [NYX]}\n";
    GatewayProcess gateway(dir, config.text());
    // The scripted venue gap-fills what it is asked to resend, so reports that were lost on the way
    // stay lost: only what the gateway sent is judged here.
    std::mt19937 random(7);
    int sent = 0;
    for (int round = 0; round < 5; ++round) {
        gateway.start();
        while (gateway.call("GET", "/venues")[0]["state"] != "up") {
        }
        auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
        const int orders = 20 + static_cast<int>(random() % 200);
        for (int i = 0; i < orders; ++i) {
            trader->send("D",
                         order(FixVersion::Fix44, fmt::format("A{}", ++sent), '1', "1", "10.00"));
            trader->receive_now();
        }
        gateway.kill9();
    }
    gateway.start();
    while (gateway.call("GET", "/venues")[0]["state"] != "up") {
    }
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "LAST", '1', "1", "10.00"));
    expect(*trader, "35=8|11=LAST|39=2");
    const auto orders = venue.orders();
    CHECK(orders.size() > 100);
    for (const auto& [id, count] : orders) {
        INFO(id);
        CHECK(count == 1);
    }
}

}  // namespace sluice::system_test
