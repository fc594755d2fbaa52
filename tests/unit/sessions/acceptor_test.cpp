#include <catch2/catch.hpp>

#include "gateway/crypto/scrypt.hpp"
#include "tests/unit/sessions/session_house.hpp"

using namespace sluice;
using test::SessionHouse;
using test::SocketPeer;

namespace {

std::string test_hash(std::string_view password) {
    return crypto::hash_password(password, {.log2_n = 4, .r = 1, .p = 1}, crypto::ScryptSalt{})
        .value();
}

bool has(const std::string& message, std::string_view field) {
    return message.find("|" + std::string(field) + "|") != std::string::npos;
}

std::string order(int seq, std::string_view id) {
    return "35=D|34=" + std::to_string(seq) + "|11=" + std::string(id) +
           "|21=1|55=ACME|54=1|60=<now>|38=100|40=2|44=10|";
}

void log_on(SessionHouse& house, SocketPeer& peer, int seq = 1) {
    peer.connect_to(house.port());
    peer.send("35=A|34=" + std::to_string(seq) + "|98=0|108=30|");
    REQUIRE(has(house.next(peer), "35=A"));
}

}  // namespace

TEST_CASE("a client logs on, orders, gets its report and logs out") {
    SessionHouse house;
    SocketPeer peer;
    log_on(house, peer);
    peer.send(order(2, "A1"));
    REQUIRE(house.until([&] { return house.taken.size() == 1; }));
    CHECK(house.taken[0].cl_ord_id == "A1");
    CHECK(house.taken[0].msg_seq_num == 2);
    house.report(50, "A1");
    const std::string report = house.next(peer);
    CHECK(has(report, "35=8"));
    CHECK(has(report, "34=2"));
    peer.send("35=5|34=3|");
    CHECK(has(house.next(peer), "35=5"));
    CHECK(house.next(peer) == "closed");
    CHECK(house.until([&] { return house.events.size() == 2; }));
    CHECK(house.events == std::vector{SessionEvent::Kind::LoggedOn, SessionEvent::Kind::LoggedOut});
}

TEST_CASE("the sessions of all versions log on") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    SessionHouse house({test::profile_of(version)});
    SocketPeer peer;
    peer.begin_string = begin_string(version);
    peer.connect_to(house.port());
    peer.send("35=A|34=1|98=0|108=30|" +
              std::string(version == FixVersion::Fix50Sp2 ? "1137=9|" : ""));
    CHECK(has(house.next(peer), "35=A"));
    peer.send("35=1|34=2|112=HELLO|");
    CHECK(has(house.next(peer), "112=HELLO"));
}

TEST_CASE("nothing reaches the client before the journal has its cause") {
    SessionHouse house;
    house.log.hold_gate();
    SocketPeer peer;
    peer.connect_to(house.port());
    peer.send("35=A|34=1|98=0|108=30|");
    REQUIRE(house.until([&] { return house.events.size() == 1; }));
    house.turn();
    peer.pump();
    CHECK(peer.received().empty());
    house.log.open_gate();
    CHECK(has(house.next(peer), "35=A"));
}

TEST_CASE("a wrong password is answered with Logout and moves no number") {
    SessionProfile profile = test::profile_of();
    profile.username = "joe";
    profile.password_hash = test_hash("right");
    SessionHouse house({profile});
    SocketPeer peer;
    peer.connect_to(house.port());
    peer.send("35=A|34=1|98=0|108=30|141=Y|553=joe|554=wrong|");
    const std::string answer = house.next(peer);
    CHECK(has(answer, "35=5"));
    CHECK(has(answer, "58=invalid credentials"));
    CHECK(house.next(peer) == "closed");
    CHECK(house.refusals == std::vector<std::string>{"invalid credentials"});
    CHECK(house.log.size() == 0);
    peer.connect_to(house.port());
    peer.send("35=A|34=1|98=0|108=30|553=joe|554=right|");
    const std::string logon = house.next(peer);
    CHECK(has(logon, "35=A"));
    CHECK(has(logon, "34=1"));
}

TEST_CASE("other sessions go on while a password is checked") {
    SessionProfile slow = test::profile_of();
    slow.password_hash = test_hash("right");
    SessionProfile other = test::profile_of();
    other.id = {1};
    other.name = "other";
    other.their_comp_id = "OTHER";
    SessionHouse house({slow, other});
    SocketPeer waiting;
    waiting.connect_to(house.port());
    waiting.send("35=A|34=1|98=0|108=30|554=right|");
    SocketPeer peer;
    peer.our_comp_id = "OTHER";
    log_on(house, peer);
    CHECK(has(house.next(waiting), "35=A"));
}

TEST_CASE("who may not log on is refused before QuickFIX and the journal hear of it") {
    SessionProfile profile = test::profile_of();
    std::string logon = "35=A|34=1|98=0|108=30|";
    std::string why;
    SECTION("unknown CompID") {
        profile.their_comp_id = "SOMEONE";
        why = "unknown session";
    }
    SECTION("not a Logon") {
        logon = "35=0|34=1|";
        why = "first message is not Logon(A)";
    }
    SECTION("address") {
        profile.allowed = transport::AllowList::parse({"10.0.0.0/8"}).value();
        why = "address not allowed";
    }
    SECTION("certificate") {
        profile.certificate_name = "client.example";
        why = "wrong certificate";
    }
    SECTION("disabled") {
        profile.enabled = false;
        why = "session is disabled";
    }
    SECTION("listener") {
        profile.listeners = {"internal"};
        why = "not on this listener";
    }
    SECTION("HeartBtInt") {
        profile.heart_bt_min_s = 10;
        logon = "35=A|34=1|98=0|108=5|";
        why = "HeartBtInt(108) out of range";
    }
    SECTION("HeartBtInt of the whole house") {
        logon = "35=A|34=1|98=0|108=9999|";
        why = "HeartBtInt(108) out of range";
    }
    SECTION("reset") {
        profile.allow_reset = false;
        logon = "35=A|34=1|98=0|108=30|141=Y|";
        why = "ResetSeqNumFlag(141) is not allowed";
    }
    SECTION("user name") {
        profile.username = "joe";
        why = "invalid credentials";
    }
    SECTION("malformed") {
        logon = "35=A|34=9999999999|98=0|108=30|";
        why = "malformed message";
    }
    SessionHouse house({profile});
    SocketPeer peer;
    peer.connect_to(house.port());
    peer.send(logon);
    const std::string answer = house.next(peer);
    CHECK((answer == "closed" || has(answer, "35=5")));
    CHECK((answer == "closed" || house.next(peer) == "closed"));
    CHECK(house.refusals == std::vector<std::string>{why});
    CHECK(house.log.size() == 0);
}

TEST_CASE("a second connection for a live session is refused, the first one stays") {
    SessionHouse house;
    SocketPeer first;
    log_on(house, first);
    SocketPeer second;
    second.connect_to(house.port());
    second.send("35=A|34=1|98=0|108=30|");
    CHECK(house.next(second) == "closed");
    CHECK(house.acceptor->refused(LogonRefusal::AlreadyLoggedOn) == 1);
    first.send("35=1|34=2|112=STILL|");
    CHECK(has(house.next(first), "112=STILL"));
}

TEST_CASE("what a client missed it gets by resend after it logs on again") {
    SessionHouse house;
    SocketPeer peer;
    log_on(house, peer);
    peer.drop();
    REQUIRE(house.until([&] { return house.events.size() == 2; }));
    CHECK(house.events[1] == SessionEvent::Kind::Disconnected);
    house.report(50, "A1");
    house.report(51, "A2");
    house.turn();
    log_on(house, peer, 2);
    peer.send("35=2|34=3|7=2|16=3|");
    const std::string first = house.next(peer);
    const std::string second = house.next(peer);
    CHECK(has(first, "11=A1"));
    CHECK(has(first, "43=Y"));
    CHECK(has(first, "34=2"));
    CHECK(has(second, "11=A2"));
}

TEST_CASE("numbers and reports survive the process") {
    SessionHouse house;
    SocketPeer peer;
    log_on(house, peer);
    peer.send(order(2, "A1"));
    REQUIRE(house.until([&] { return house.taken.size() == 1; }));
    house.report(50, "A1");
    CHECK(has(house.next(peer), "34=2"));
    house.restart();
    house.report(50, "A1");  // recovery gives all reports again: this one has its number
    house.report(51, "A1");  // this one was lost
    house.turn();
    peer.connect_to(house.port());
    peer.send("35=A|34=3|98=0|108=30|");
    CHECK(has(house.next(peer), "34=4"));
    peer.send("35=2|34=4|7=3|16=3|");
    CHECK(has(house.next(peer), "17=G1-E51"));
}

TEST_CASE("without room for commands the client is not read, and nothing is lost") {
    SessionHouse house({test::profile_of()}, {}, 16);
    SocketPeer peer;
    log_on(house, peer);
    REQUIRE(house.until([&] { return house.events.size() == 1; }));
    house.core_runs = false;
    for (int n = 2; n < 60; ++n) {
        peer.send(order(n, "A" + std::to_string(n)));
    }
    for (int i = 0; i < 50; ++i) {
        house.turn();
    }
    CHECK(house.taken.empty());
    house.core_runs = true;
    REQUIRE(house.until([&] { return house.taken.size() == 58; }));
    for (std::size_t i = 0; i < house.taken.size(); ++i) {
        CHECK(house.taken[i].cl_ord_id == "A" + std::to_string(i + 2));
    }
}

TEST_CASE("the last room for commands is for cancels") {
    SessionHouse house({test::profile_of()}, {}, 16);
    SocketPeer peer;
    SocketPeer probe;
    log_on(house, peer);
    REQUIRE(house.until([&] { return house.events.size() == 1; }));
    house.core_runs = false;
    for (int n = 2; n < 16; ++n) {  // 14 of 16 places
        peer.send(order(n, "A" + std::to_string(n)));
    }
    peer.send("35=F|34=16|11=C1|41=A2|55=ACME|54=1|60=<now>|38=100|");
    peer.send(order(17, "LATE"));
    for (int i = 0; i < 50; ++i) {
        house.turn();
    }
    house.core_runs = true;
    REQUIRE(house.until([&] { return house.taken.size() >= 15; }));
    CHECK(house.taken[14].kind == CommandKind::Cancel);
    CHECK(house.until([&] { return house.taken.size() == 16; }));
}

TEST_CASE("a client that waits too long for room is told that the gateway is busy") {
    AcceptorSettings settings;
    settings.busy_wait_ns = 1'000'000;
    SessionHouse house({test::profile_of()}, settings, 16);
    SocketPeer peer;
    log_on(house, peer);
    REQUIRE(house.until([&] { return house.events.size() == 1; }));
    house.core_runs = false;
    for (int n = 2; n < 17; ++n) {
        peer.send(order(n, "A" + std::to_string(n)));
    }
    const std::string answer = house.next(peer);
    CHECK(has(answer, "35=j"));
    CHECK(has(answer, "379=A16"));
    CHECK(has(answer, "58=gateway busy"));
    house.core_runs = true;
    peer.send(order(17, "NEXT"));
    REQUIRE(house.until([&] { return house.taken.size() == 15; }));
    CHECK(house.taken.back().cl_ord_id == "NEXT");
}

TEST_CASE("a logout behind orders on their way waits for the core") {
    SessionProfile profile = test::profile_of();
    profile.reset_on_logout = true;
    SessionHouse house({profile});
    SocketPeer peer;
    log_on(house, peer);
    REQUIRE(house.until([&] { return house.events.size() == 1; }));
    house.core_runs = false;
    peer.send(order(2, "A1"));
    peer.send("35=5|34=3|");
    for (int i = 0; i < 50; ++i) {
        house.turn();
    }
    peer.pump();
    CHECK(peer.received().empty());
    house.core_runs = true;
    CHECK(has(house.next(peer), "35=5"));
    CHECK(house.taken.size() == 1);
    CHECK(house.next(peer) == "closed");
    house.restart();
    CHECK(house.acceptor->list().at(0).host.next_target == 1);
}

TEST_CASE("an operator sees, logs out, disables and renumbers a session") {
    SessionHouse house;
    SocketPeer peer;
    log_on(house, peer);
    auto status = house.acceptor->list().at(0);
    CHECK(status.host.logged_on);
    CHECK(status.last_event == "logged on");
    CHECK(status.host.next_sender == 2);
    CHECK(house.acceptor->set_numbers({0}, 10, 20) == Acceptor::Asked::LoggedOn);
    CHECK(house.acceptor->set_enabled({0}, false) == Acceptor::Asked::Done);
    CHECK(has(house.next(peer), "58=session is disabled"));
    peer.send("35=5|34=2|");
    CHECK(house.next(peer) == "closed");
    REQUIRE(house.until([&] { return house.acceptor->all_logged_out(); }));
    CHECK(house.acceptor->set_numbers({0}, 10, 20) == Acceptor::Asked::Done);
    CHECK(house.acceptor->set_numbers({7}, 10, 20) == Acceptor::Asked::UnknownSession);
    peer.connect_to(house.port());
    peer.send("35=A|34=20|98=0|108=30|");
    CHECK(has(house.next(peer), "35=5"));
    CHECK(house.next(peer) == "closed");
    CHECK(house.acceptor->set_enabled({0}, true) == Acceptor::Asked::Done);
    peer.connect_to(house.port());
    peer.send("35=A|34=20|98=0|108=30|");
    const std::string logon = house.next(peer);
    CHECK(has(logon, "35=A"));
    CHECK(has(logon, "34=10"));
}

TEST_CASE("two sessions that cannot be told apart are refused at start") {
    SessionProfile one = test::profile_of();
    SessionProfile two = test::profile_of();
    two.name = "second";
    two.id = {1};
    const auto made = SessionDirectory::make({one, two});
    REQUIRE_FALSE(made.ok());
    CHECK(made.error() == "session second has the identity of session client");
    two.id = {0};
    two.their_comp_id = "OTHER";
    CHECK_FALSE(SessionDirectory::make({one, two}).ok());
}
