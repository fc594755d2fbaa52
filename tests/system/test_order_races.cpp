// What crosses on the wire between client, gateway and venue, and what a venue says that it should
// not.
#include <catch2/catch.hpp>

#include "tests/system/venue_desk.hpp"

namespace sluice::system_test {

TEST_CASE("fills while the client is away come by resend at its next logon, in order") {
    Desk desk;
    desk.start();
    const std::string raw = desk.working("A1", 100);
    desk.trader->cut();
    desk.venue.say("8", trade(raw, '1', 100, 40, 40, "9.99", exec_id()));
    desk.venue.say("8", trade(raw, '2', 100, 100, 60, "10.00", exec_id()));
    wait_for_order(desk.gateway, "A1", "Filled");
    desk.log_on_again();
    CHECK(expect(*desk.trader, "35=8|11=A1|150=F|39=1|32=40|14=40|151=60").poss_dup);
    CHECK(expect(*desk.trader, "35=8|11=A1|150=F|39=2|32=60|14=100|151=0").poss_dup);
    desk.working("A2", 7);
}

TEST_CASE("a cancel that loses against a fill is told the fill first, then that it was too late") {
    Desk desk;
    desk.start();
    const std::string raw = desk.working("A1", 100);
    desk.cancel("A2", "A1", 100);
    const std::string asked = desk.venue.wait_for("35=F");
    desk.venue.say("8", trade(raw, '2', 100, 100, 100, "10.00", exec_id()));
    desk.venue.say("9", refuses(asked, '2', '1', '0'));
    expect(*desk.trader, "35=8|11=A1|150=F|39=6|14=100|151=0");  // pending cancel outranks filled
    expect(*desk.trader, "35=9|11=A2|41=A1|39=2|434=1|102=0");
}

TEST_CASE("a replace that loses against the final fill keeps the old name and is refused") {
    Desk desk;
    desk.start();
    const std::string raw = desk.working("A1", 100);
    desk.replace("A2", "A1", 150);
    const std::string asked = desk.venue.wait_for("35=G");
    desk.venue.say("8", trade(raw, '2', 100, 100, 100, "10.00", exec_id()));
    desk.venue.say("9", refuses(asked, '2', '2', '0'));
    expect(*desk.trader, "35=8|11=A1|150=F|39=E|38=100|14=100");
    expect(*desk.trader, "35=9|11=A2|41=A1|39=2|434=2|102=0");
    desk.working("A3", 5);
}

TEST_CASE("a kill switch during a pending replace cancels the order in whatever wording it ends") {
    Desk desk;
    desk.start();
    desk.working("A1", 100);
    desk.replace("A2", "A1", 150);
    const std::string replace = desk.venue.wait_for("35=G");
    const Ran killed = run_sluice({"kill", "--account", "ACC", "--cancel-open", "--yes", "--reason",
                                   "drill", "--socket", desk.gateway.socket()});
    INFO(killed.output);
    REQUIRE(killed.exit_code == 0);
    const std::string cancel = desk.venue.wait_for("35=F");
    desk.venue.say("8", says(replace, '5', '0', 150, 0));
    desk.venue.say("8", says(cancel, '4', '4', 150, 0));
    expect(*desk.trader, "35=8|11=A2|41=A1|150=5|38=150");
    const auto canceled = expect(*desk.trader, "35=8|11=A2|150=4|39=4|378=4|151=0");
    CHECK(canceled.field(41).empty());  // nobody asked for it
    desk.trader->send("D", order(FixVersion::Fix44, "A3", '1', "1", "10.00"));
    expect(*desk.trader, "35=8|11=A3|150=8|39=8");
}

TEST_CASE("an execution that the venue says twice is booked once") {
    Desk desk;
    desk.start();
    const std::string raw = desk.working("A1", 100);
    const std::string twice = trade(raw, '1', 100, 40, 40, "10.00", exec_id());
    desk.venue.say("8", twice);
    desk.venue.say("8", twice);
    desk.venue.say("8", trade(raw, '2', 100, 100, 60, "10.00", exec_id()));
    expect(*desk.trader, "35=8|150=F|39=1|14=40|151=60");
    const auto next = expect(*desk.trader, "35=8|150=F");
    CHECK(next.field(14) == "100");
    CHECK(alerts(desk.gateway).find("delivered before") != std::string::npos);
}

TEST_CASE("an over-fill and a fill after the cancel are booked and told, with an alert") {
    Desk desk;
    desk.start();
    const std::string raw = desk.working("A1", 100);
    desk.venue.say("8", trade(raw, '2', 100, 100, 100, "10.00", exec_id()));
    desk.venue.say("8", trade(raw, '2', 100, 110, 10, "10.00", exec_id()));
    expect(*desk.trader, "35=8|11=A1|150=F|39=2|14=100|151=0");
    expect(*desk.trader, "35=8|11=A1|150=F|39=2|14=110|151=0|32=10");

    const std::string late = desk.working("A2", 50);
    desk.cancel("A3", "A2", 50);
    desk.venue.say("8", says(desk.venue.wait_for("35=F"), '4', '4', 50, 0));
    expect(*desk.trader, "35=8|11=A3|41=A2|150=4|39=4|151=0");
    desk.venue.say("8", trade(late, '1', 50, 20, 20, "10.00", exec_id()));
    expect(*desk.trader, "35=8|150=F|39=4|14=20|151=0|32=20");
    CHECK(alerts(desk.gateway).find("over-fill") != std::string::npos);
}

TEST_CASE("a bust and a correction name the report that they change") {
    Desk desk;
    desk.start();
    const std::string raw = desk.working("A1", 100);
    const std::string first = exec_id();
    const std::string second = exec_id();
    desk.venue.say("8", trade(raw, '1', 100, 60, 60, "10.00", first));
    desk.venue.say("8", trade(raw, '2', 100, 100, 40, "10.00", second));
    const std::string told_first(expect(*desk.trader, "35=8|150=F|14=60").field(17));
    const std::string told_second(expect(*desk.trader, "35=8|150=F|14=100").field(17));
    desk.venue.say("8", says(raw, 'H', '1', 100, 60, "19=" + second + "|32=40|31=10.00"));
    expect(*desk.trader, "35=8|150=H|14=60|19=" + told_second);
    desk.venue.say("8", says(raw, 'G', '1', 100, 50, "19=" + first + "|32=50|31=9.90"));
    expect(*desk.trader, "35=8|150=G|14=50|32=50|31=9.9|19=" + told_first);
}

}  // namespace sluice::system_test
