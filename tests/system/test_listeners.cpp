// Sessions that only listen, and sessions that are gone.
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "sessions/client/fix_text.hpp"
#include "tests/system/venue_desk.hpp"

namespace sluice::system_test {
namespace {

std::string listener(const std::string& id, const std::string& what) {
    return fmt::format(
        "  - id: {}\n    begin_string: FIX.4.4\n    addresses: [127.0.0.0/8]\n"
        "    drop_copy: {{enabled: true{}}}\n",
        id, what);
}

// Adds the ExecID(17) of every report that is there.
void take(client::FixClient& client, std::set<std::string>& execs, int quiet_ms) {
    while (auto message = client.receive(quiet_ms)) {
        if (message->type == "8") {
            execs.emplace(message->field(17));
        }
    }
}

std::string disconnect_rule(const std::string& rule) {
    return "    addresses: [127.0.0.0/8]\n    cancel_on_disconnect: {" + rule + "}\n";
}

}  // namespace

TEST_CASE("drop copy sessions hear what others are told; one that does not read delays nobody") {
    constexpr int kOrders = 25'000;  // more than the kernel keeps for a client
    const TempDir dir;
    ConfigText config{.sessions = session("T1", FixVersion::Fix44) +
                                  session("T2", FixVersion::Fix44) +
                                  listener("COPY1", ", sessions: [T1]") + listener("COPY2", "")};
    config.more = "wire: {outbound_buffer: 256KiB}\n";
    GatewayProcess gateway(dir, config.text());
    gateway.start();
    // These stay connected: they need not write their numbers down with each message.
    auto trader_config = gateway.client_config("T1", FixVersion::Fix44);
    auto first_config = gateway.client_config("COPY1", FixVersion::Fix44);
    trader_config.sequence_file.clear();
    first_config.sequence_file.clear();
    auto trader = log_on(trader_config);
    auto first = log_on(first_config);
    auto second = log_on(gateway.client_config("COPY2", FixVersion::Fix44));

    std::set<std::string> told;
    std::set<std::string> copied;
    for (int i = 1; i <= kOrders; ++i) {
        trader->send("D", order(FixVersion::Fix44, fmt::format("A{}", i), '1', "1", "9.00"));
        if (i % 50 == 0) {
            take(*trader, told, 0);
            take(*first, copied, 0);
        }
    }
    for (int i = 0; i < 200 && (told.size() < kOrders || copied.size() < kOrders); ++i) {
        take(*trader, told, 50);
        take(*first, copied, 50);
    }
    REQUIRE(told.size() == kOrders);  // the second has read nothing yet
    CHECK(copied.size() == kOrders);

    std::set<std::string> late;
    for (int i = 0; i < 200 && late.size() < kOrders; ++i) {
        take(*second, late, 50);
        if (second->closed()) {  // too slow; what it missed comes by resend
            second = log_on(gateway.client_config("COPY2", FixVersion::Fix44));
        }
    }
    INFO(second->close_text());
    CHECK(late.size() == copied.size());
    CHECK((late == copied));

    // Whom a copy is about, and who only listens.
    auto other = log_on(gateway.client_config("T2", FixVersion::Fix44));
    other->send("D", order(FixVersion::Fix44, "B1", '1', "1", "9.00"));
    expect(*other, "35=8|11=B1|39=0");
    expect(*second, "35=8|11=B1|39=0|797=Y|115=T2");
    trader->send("D", order(FixVersion::Fix44, "LAST", '1', "1", "9.00"));
    CHECK(expect(*first, "35=8").field(11) == "LAST");  // B1 is not of T1
    first->send("D", order(FixVersion::Fix44, "C1", '1', "1", "9.00"));
    expect(*first, "35=j|372=D");
}

TEST_CASE("a client that is back within the grace time finds its orders, a later one their end") {
    const TempDir dir;
    const FixVersion version = FixVersion::Fix50Sp2;
    GatewayProcess gateway(
        dir,
        ConfigText{.sessions = session("T1", version, disconnect_rule("scope: session, grace: 2s"))}
            .text());
    gateway.start();
    auto trader = log_on(gateway.client_config("T1", version));
    trader->send("D", order(version, "A1", '1', "5", "9.00"));
    expect(*trader, "35=8|11=A1|39=0");
    trader->cut();
    trader = log_on(gateway.client_config("T1", version));
    while (auto message = trader->receive(2'500)) {
        CHECK(message->field(150) != "4");
    }
    trader->send("H", "11=A1|55=XYZ|54=1");
    expect(*trader, "35=8|11=A1|150=I|39=0");

    trader->cut();
    wait_for_order(gateway, "A1", "Canceled");
    trader = log_on(gateway.client_config("T1", version));
    expect(*trader, "35=8|11=A1|150=4|39=4|378=12|151=0");
}

TEST_CASE("after kill -9 a client that does not come back counts as gone, one that does not") {
    const TempDir dir;
    const std::string rule = disconnect_rule("scope: session, grace: 1s");
    GatewayProcess gateway(dir, ConfigText{.sessions = session("T1", FixVersion::Fix44, rule) +
                                                       session("T2", FixVersion::Fix44, rule)}
                                    .text());
    gateway.start();
    auto one = log_on(gateway.client_config("T1", FixVersion::Fix44));
    auto two = log_on(gateway.client_config("T2", FixVersion::Fix44));
    one->send("D", order(FixVersion::Fix44, "A1", '1', "5", "9.00"));
    expect(*one, "35=8|11=A1|39=0");
    two->send("D", order(FixVersion::Fix44, "B1", '1', "5", "9.00"));
    expect(*two, "35=8|11=B1|39=0");
    gateway.kill9();
    gateway.start();
    two = log_on(gateway.client_config("T2", FixVersion::Fix44));
    wait_for_order(gateway, "A1", "Canceled");
    two->send("H", "11=B1|55=XYZ|54=1");
    expect(*two, "35=8|11=B1|150=I|39=0");
    one = log_on(gateway.client_config("T1", FixVersion::Fix44));
    expect(*one, "35=8|11=A1|150=4|39=4");
}

}  // namespace sluice::system_test
