// NewOrderList(E) on its way to the core, and what a Logon(A) wishes for.
#include <catch2/catch.hpp>

#include "tests/unit/sessions/session_house.hpp"

using namespace sluice;
using test::SessionHouse;
using test::SocketPeer;

namespace {

bool has(const std::string& message, std::string_view field) {
    return message.find("|" + std::string(field) + "|") != std::string::npos;
}

// A list of orders that are named as in ListID(66), for the words of these tests.
std::string list(int seq, const std::string& names, const std::string& more = "") {
    std::string orders;
    int count = 0;
    for (std::size_t at = 0; at < names.size(); ++count) {
        const std::size_t end = std::min(names.find('/', at), names.size());
        orders += "11=" + names.substr(at, end - at) + "|67=" + std::to_string(count + 1) +
                  "|21=1|55=ACME|54=1|60=<now>|38=100|40=2|44=10|";
        at = end + 1;
    }
    return "35=E|34=" + std::to_string(seq) + "|" + more + "66=" + names +
           "|394=3|68=" + std::to_string(count) + "|73=" + std::to_string(count) + "|" + orders;
}

void log_on(SessionHouse& house, SocketPeer& peer, int seq = 1, const std::string& more = "") {
    peer.connect_to(house.port());
    peer.send("35=A|34=" + std::to_string(seq) + "|98=0|108=30|" + more);
    REQUIRE(has(house.next(peer), "35=A"));
    REQUIRE(house.until([&] { return !house.events.empty(); }));
}

std::string names(const SessionHouse& house) {
    std::string text;
    for (const Command& command : house.taken) {
        text += std::string(command.cl_ord_id.view()) +
                (command.has(command_flag::kMoreFollow) ? "+ " : " ");
    }
    return text;
}

}  // namespace

TEST_CASE("a list becomes a command for each order, the last of which consumes the number") {
    SessionHouse house;
    SocketPeer peer;
    log_on(house, peer);
    peer.send(list(2, "A/B/C"));
    REQUIRE(house.until([&] { return house.taken.size() == 3; }));
    CHECK(names(house) == "A+ B+ C ");
    CHECK(house.taken[0].msg_seq_num == 2);
    CHECK(house.taken[2].msg_seq_num == 2);
    CHECK(house.taken[2].fix_in_seq == house.taken[0].fix_in_seq);
    CHECK(house.acceptor->list()[0].host.next_target == 3);
}

TEST_CASE("a list that a crash cut in two is asked for again, and nothing of it is lost") {
    SessionHouse house;
    SocketPeer peer;
    log_on(house, peer);
    house.core_takes_at_most = 2;
    peer.send(list(2, "A/B/C"));
    REQUIRE(house.until([&] { return house.taken.size() == 2; }));
    peer.drop();
    house.core_takes_at_most = 1'000;
    house.restart();
    CHECK(house.acceptor->list()[0].host.next_target == 2);  // not consumed by a part of it
    SocketPeer again;
    again.connect_to(house.port());
    again.send("35=A|34=3|98=0|108=30|");
    CHECK(has(house.next(again), "35=A"));
    const std::string resend = house.next(again);
    CHECK(has(resend, "35=2"));
    CHECK(has(resend, "7=2"));
    again.send(list(2, "A/B/C", "43=Y|122=<now>|"));
    again.send("35=4|34=3|43=Y|122=<now>|123=Y|36=4|");
    REQUIRE(house.until([&] { return house.taken.size() == 5; }));
    CHECK(names(house) == "A+ B+ A+ B+ C ");  // the core knows A and B by their ClOrdID(11)
    CHECK(house.taken[2].has(command_flag::kPossDup));
    CHECK(house.until([&] { return house.acceptor->list()[0].host.next_target == 4; }));
    house.restart();
    CHECK(house.acceptor->list()[0].host.next_target == 4);
}

TEST_CASE("a list waits unread until there is room for all of its orders") {
    SessionHouse house({test::profile_of()}, {}, 16);  // two of them are for cancels
    SocketPeer peer;
    log_on(house, peer);
    house.core_runs = false;
    peer.send(list(2, "A/B/C/D/E/F/G/H/I/J"));
    peer.send(list(3, "K/L/M/N/O"));
    for (int i = 0; i < 50; ++i) {
        house.turn();
    }
    CHECK(house.acceptor->list()[0].host.next_target == 3);
    house.core_runs = true;
    REQUIRE(house.until([&] { return house.taken.size() == 15; }));
    CHECK(house.taken.back().cl_ord_id == "O");
}

TEST_CASE("a Logon says in the session's tag whether its orders are canceled on disconnect") {
    const auto [value, wish] = GENERATE(
        table<std::string, SessionEvent::CancelWish>({{"Y", SessionEvent::CancelWish::Yes},
                                                      {"N", SessionEvent::CancelWish::No},
                                                      {"", SessionEvent::CancelWish::NotSaid}}));
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const std::uint32_t tag = GENERATE(9401U, 573U);  // unknown to the dictionary, or not of Logon
    SessionProfile profile = test::profile_of(version);
    profile.cancel_tag = tag;
    SessionHouse house({profile});
    SocketPeer peer;
    peer.begin_string = begin_string(version);
    log_on(house, peer, 1,
           (version == FixVersion::Fix50Sp2 ? std::string("1137=9|") : std::string()) +
               (value.empty() ? "" : std::to_string(tag) + "=" + value + "|"));
    CHECK(house.last_event.kind == SessionEvent::Kind::LoggedOn);
    CHECK(house.last_event.cancel_on_disconnect == wish);
}
