// Venues that go away, come back, move to another line, and take only so much.
#include <algorithm>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <poll.h>

#include "sessions/client/fix_text.hpp"
#include "tests/system/venue_desk.hpp"

namespace sluice::system_test {
namespace {

std::string id_at_venue(const std::string& raw) {
    return std::string(client::field(raw, 11));
}

void go_away_and_come_back(Desk& desk) {
    desk.venue.refuse(true);
    desk.venue.drop_connection();
    wait_for_venue(desk.gateway, "down");
    desk.venue.refuse(false);
    wait_for_venue(desk.gateway, "up");
}

void wait_for_line(const GatewayProcess& gateway, const std::string& name) {
    for (int i = 0; i < 5'000; ++i) {
        for (const auto& row : gateway.call("GET", "/sessions")) {
            if (row["session"] == name && row["state"] == "logged on") {
                return;
            }
        }
        ::poll(nullptr, 0, 2);
    }
    REQUIRE(false);
}

std::size_t place_of(const ScriptedVenue& venue, const std::string& fields) {
    const auto taken = venue.taken();
    const auto found = std::find_if(taken.begin(), taken.end(), [&](const auto& message) {
        return holds(message.second, fields);
    });
    return static_cast<std::size_t>(found - taken.begin());
}

}  // namespace

TEST_CASE("orders that a venue left unanswered are asked for when it is back") {
    Desk desk;
    desk.start();
    const std::string lost = desk.order_at_venue("A1", 11);
    const std::string kept = desk.order_at_venue("A2", 12);
    go_away_and_come_back(desk);
    desk.venue.wait_for("35=H|11=" + id_at_venue(lost));
    desk.venue.wait_for("35=H|11=" + id_at_venue(kept));
    desk.venue.say("8", says(lost, 'I', '8', 11, 0));
    desk.venue.say("8", says(kept, 'I', '0', 12, 0));
    expect(*desk.trader, "35=8|11=A1|150=8|39=8");
    expect(*desk.trader, "35=8|11=A2|150=0|39=0|151=12");
    desk.venue.say("8", trade(kept, '2', 12, 12, 12, "10.00", exec_id()));
    expect(*desk.trader, "35=8|11=A2|150=F|39=2");
}

TEST_CASE("a venue with poss_resend gets unanswered orders again, marked, under the same name") {
    Desk desk(", reconcile: poss_resend");
    desk.start();
    const std::string lost = desk.order_at_venue("A1", 11);
    go_away_and_come_back(desk);
    const std::string again = desk.venue.wait_for("35=D|97=Y");
    CHECK(id_at_venue(again) == id_at_venue(lost));
    desk.venue.say("8", says(again, '0', '0', 11, 0));
    expect(*desk.trader, "35=8|11=A1|150=0|39=0");
}

TEST_CASE("with flag nobody is asked: the order is in doubt until the venue speaks") {
    Desk desk(", reconcile: flag");
    desk.start();
    const std::string lost = desk.order_at_venue("A1", 11);
    go_away_and_come_back(desk);
    const std::string next = desk.working("A2", 12);
    CHECK(desk.venue.taken().size() == 2);
    CHECK(alerts(desk.gateway).find("in doubt") != std::string::npos);
    desk.venue.say("8", says(lost, '0', '0', 11, 0));
    expect(*desk.trader, "35=8|11=A1|150=0|39=0");
}

TEST_CASE(
    "a silent venue is asked after in_doubt_after, while the gateway has nothing else to do") {
    Desk desk(", in_doubt_after: 300ms");
    desk.start();
    const std::string lost = desk.order_at_venue("A1", 11);
    desk.venue.wait_for("35=H|11=" + id_at_venue(lost));
    desk.venue.say("8", says(lost, 'I', '0', 11, 0));
    expect(*desk.trader, "35=8|11=A1|150=0|39=0");
}

TEST_CASE("a venue that resets the sequence numbers trades on") {
    Desk desk;
    desk.start();
    const std::string first = desk.working("A1", 11);
    desk.venue.reset_at_next_logon();
    go_away_and_come_back(desk);
    const std::string second = desk.working("A2", 12);
    CHECK(client::field(second, 34).size() == 1);
    desk.venue.say("8", trade(first, '2', 11, 11, 11, "10.00", exec_id()));
    expect(*desk.trader, "35=8|11=A1|150=F|39=2");
}

TEST_CASE("a route that holds keeps orders over a crash; what changed meanwhile never left") {
    Desk desk({}, ", when_down: hold");
    desk.venue.refuse(true);
    desk.gateway.start();
    desk.log_on_again();
    desk.trader->send("D", order(FixVersion::Fix44, "A1", '1', "10", "10.00"));
    desk.replace("A2", "A1", 15);
    expect(*desk.trader, "35=8|11=A2|41=A1|150=5|39=A|38=15|151=15");
    desk.trader->send("D", order(FixVersion::Fix44, "A3", '1', "30", "10.00"));
    desk.cancel("A4", "A3", 30);
    const auto canceled = expect(*desk.trader, "35=8|11=A4|41=A3|150=4|39=4|151=0");
    CHECK(std::string(canceled.field(58)).find("before it left") != std::string::npos);
    desk.gateway.kill9();
    desk.gateway.start();
    desk.log_on_again();
    desk.venue.refuse(false);
    const std::string raw = desk.venue.wait_for("35=D|38=15");
    desk.venue.say("8", says(raw, '0', '0', 15, 0));
    expect(*desk.trader, "35=8|11=A2|150=0|39=0|38=15");
    CHECK(desk.venue.orders().size() == 1);
    desk.cancel("A5", "A2", 15);
    const std::string asked = desk.venue.wait_for("35=F");
    CHECK(client::field(asked, 41) == client::field(raw, 11));
    desk.venue.say("8", says(asked, '4', '4', 15, 0));
    expect(*desk.trader, "35=8|11=A5|41=A2|150=4|39=4");
    desk.trader->logout();
    CHECK(desk.gateway.stop() == 0);
    const Ran replayed = run_sluice({"replay", "--verify", "--data-dir", desk.gateway.data_dir()});
    INFO(replayed.output);
    CHECK(replayed.exit_code == 0);
}

TEST_CASE("a venue gets no more messages than its pace, and cancels before orders that wait") {
    Desk desk(", pacing: {rate: 5, burst: 1}");
    desk.start();
    desk.working("A1", 11);
    for (int qty = 21; qty < 26; ++qty) {
        desk.trader->send("D", order(FixVersion::Fix44, fmt::format("B{}", qty), '1',
                                     std::to_string(qty), "10.00"));
    }
    desk.cancel("A2", "A1", 11);
    desk.venue.wait_for("35=D|38=25");
    CHECK(place_of(desk.venue, "35=F") < place_of(desk.venue, "35=D|38=25"));
    CHECK(place_of(desk.venue, "35=F") <= 3);  // two may have left before it was there
    for (int qty = 21; qty < 25; ++qty) {
        CHECK(place_of(desk.venue, fmt::format("35=D|38={}", qty)) <
              place_of(desk.venue, fmt::format("35=D|38={}", qty + 1)));
    }
}

TEST_CASE("when one line of a venue is lost another takes over, and the venue stays up") {
    ScriptedVenue backup(
        "FIX.4.4", [](const std::string&, const std::string&) { return ScriptedVenue::Answers{}; });
    Desk desk(fmt::format(", lines: [{{host: 127.0.0.1, port: {}, target_comp_id: NYX2}}]",
                          backup.port()));
    backup.refuse(true);  // so that the first line is the first
    desk.start();
    backup.refuse(false);
    wait_for_line(desk.gateway, "NYX/2");
    const std::string first = desk.working("A1", 11);
    const std::string open = desk.order_at_venue("A2", 12);
    desk.venue.refuse(true);
    desk.venue.drop_connection();
    backup.wait_for("35=H|11=" + id_at_venue(open));  // asked over the other line
    backup.say("8", says(open, 'I', '0', 12, 0));
    expect(*desk.trader, "35=8|11=A2|150=0|39=0");
    CHECK(desk.gateway.call("GET", "/venues")[0]["state"] == "up");
    desk.trader->send("D", order(FixVersion::Fix44, "A3", '1', "13", "10.00"));
    const std::string third = backup.wait_for("35=D|38=13");

    // The old line is back: it carries executions, and no requests.
    desk.venue.refuse(false);
    desk.venue.say("8", trade(first, '2', 11, 11, 11, "10.00", exec_id()));
    expect(*desk.trader, "35=8|11=A1|150=F|39=2");
    desk.trader->send("D", order(FixVersion::Fix44, "A4", '1', "14", "10.00"));
    backup.wait_for("35=D|38=14");
    CHECK(desk.venue.orders().size() == 2);

    // Over a crash the numbers of both lines go on, and nothing is sent twice.
    desk.gateway.kill9();
    desk.gateway.start();
    desk.log_on_again();
    backup.say("8", trade(third, '2', 13, 13, 13, "10.00", exec_id()));
    expect(*desk.trader, "35=8|11=A3|150=F|39=2|14=13");
    desk.venue.say("8", trade(open, '2', 12, 12, 12, "10.00", exec_id()));
    expect(*desk.trader, "35=8|11=A2|150=F|39=2|14=12");
    for (const ScriptedVenue* each : {&desk.venue, &backup}) {
        for (const auto& [id, count] : each->orders()) {
            INFO(id);
            CHECK(count == 1);
        }
    }
}

}  // namespace sluice::system_test
