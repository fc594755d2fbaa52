// A venue of several lines, requests that wait for it, and its pace.
#include "gateway/domain/command.hpp"
#include "tests/unit/sessions/venue_house.hpp"

using namespace sluice;
using test::VenueHouse;

namespace {

bool has(const std::string& message, std::string_view field) {
    return message.find("|" + std::string(field) + "|") != std::string::npos;
}

std::string accepted(int seq, std::string_view id) {
    return "35=8|34=" + std::to_string(seq) + "|37=V1|11=" + std::string(id) + "|17=E" +
           std::to_string(seq) + "|150=0|39=0|55=ACME|54=1|38=100|44=10|151=100|14=0|6=0|60=<now>|";
}

VenueRequest held(VenueRequest request) {
    request.flags |= command_flag::kMayHold;
    return request;
}
VenueRequest change(VenueRequest request, VenueRequestKind kind, std::uint32_t version) {
    request.kind = kind;
    request.version = version;
    request.orig_version = version - 1;
    return request;
}

// Nothing but the answer to this comes: whatever was to be sent would have come before it.
void check_nothing_else(VenueHouse& house, int seq, std::size_t line = 0) {
    house.peer(line).send("35=1|34=" + std::to_string(seq) + "|112=PING|");
    CHECK(has(house.next(line), "112=PING"));
}

}  // namespace

TEST_CASE("a request that may be held waits for the venue and goes with its logon") {
    VenueHouse house;
    house.ask(held(house.request(77, 5)));
    house.ask(house.request(78, 6));
    REQUIRE(house.until([&] { return house.taken.size() == 1; }));
    CHECK(house.taken[0].order == house.request(78, 6).order);
    CHECK(house.taken[0].has(venue_event_flag::kNotSent));
    house.log_on();
    CHECK(has(house.next(), "11=G1-5.0"));
}

TEST_CASE("a held order that is canceled never leaves, also not after a restart") {
    VenueHouse house;
    const VenueRequest first = held(house.request(77, 5));
    const VenueRequest cancel = change(held(house.request(78, 5)), VenueRequestKind::Cancel, 1);
    house.ask(first);
    house.ask(cancel);
    REQUIRE(house.until([&] { return house.taken.size() == 1; }));
    CHECK(house.taken[0].kind == VenueEventKind::Canceled);
    CHECK(house.taken[0].version == 1);
    CHECK(house.taken[0].has(venue_event_flag::kNotSent));
    if (GENERATE(false, true)) {
        house.restart({first, cancel});
    }
    house.log_on();
    check_nothing_else(house, 2);
}

TEST_CASE("what was held is held after a restart, and goes once") {
    VenueHouse house;
    const VenueRequest first = held(house.request(77, 5));
    const VenueRequest second = change(held(house.request(78, 5)), VenueRequestKind::Replace, 1);
    house.ask(first);
    house.ask(second);
    REQUIRE(house.until([&] { return house.taken.size() == 1; }));
    CHECK(house.taken[0].kind == VenueEventKind::Replaced);
    house.restart({first, second});
    house.log_on();
    const std::string order = house.next();
    CHECK(has(order, "35=D"));
    CHECK(has(order, "11=G1-5.1"));  // merged, under the replace's name
    house.restart({first, second});
    house.log_on(2);
    check_nothing_else(house, 3);
}

TEST_CASE("nothing leaves before the core has what the queue answered by itself") {
    VenueHouse house(256, 1, {.rate = 100, .burst = 1});
    house.log_on();
    house.core_runs = false;
    house.ask(house.request(77, 5));
    house.ask(house.request(78, 6));
    house.ask(change(house.request(79, 6), VenueRequestKind::Replace, 1));
    CHECK(has(house.next(), "11=G1-5.0"));
    // Its turn by the pace has come.
    REQUIRE(
        house.until([&] { return house.adapter->next_deadline() <= engine::SystemClock().utc(); }));
    check_nothing_else(house, 2);
    house.core_runs = true;
    CHECK(has(house.next(), "11=G1-6.1"));
}

TEST_CASE("a venue gets no more than its pace, cancels first") {
    VenueHouse house(256, 1, {.rate = 1, .burst = 2});
    house.log_on();
    house.ask(house.request(71, 1));
    house.ask(house.request(72, 2));
    house.ask(house.request(73, 3));
    house.ask(change(house.request(74, 1), VenueRequestKind::Cancel, 1));
    CHECK(has(house.next(), "11=G1-1.0"));
    CHECK(has(house.next(), "11=G1-2.0"));
    const std::string third = house.next();
    CHECK(has(third, "35=F"));
    CHECK(has(third, "11=G1-1.1"));
    CHECK(has(house.next(), "11=G1-3.0"));
}

TEST_CASE("what waits for its turn and may not be held is refused when the venue goes away") {
    VenueHouse house(256, 1, {.rate = 1, .burst = 1});
    house.log_on();
    house.ask(house.request(71, 1));
    CHECK(has(house.next(), "11=G1-1.0"));
    house.ask(held(house.request(72, 2)));
    house.ask(house.request(73, 3));
    REQUIRE(house.until([&] { return house.adapter->queued() == 2; }));
    house.open[0] = false;
    house.venue.drop();
    REQUIRE(house.until([&] { return house.taken.size() == 3; }));
    CHECK(house.taken[1].kind == VenueEventKind::SessionDown);
    CHECK(house.taken[2].kind == VenueEventKind::Rejected);
    CHECK(house.taken[2].order == house.request(73, 3).order);
    CHECK(house.adapter->queued() == 1);
}

TEST_CASE("the first line that is logged on carries the requests, and keeps them") {
    VenueHouse house(256, 2);
    house.open[0] = false;
    house.log_on(1, 1);
    CHECK(house.taken.back().line == 1);
    CHECK_FALSE(house.taken.back().has(venue_event_flag::kTakeover));
    house.open[0] = true;
    house.log_on_quietly(1, 0);
    house.ask(house.request(77, 5));
    CHECK(has(house.next(1), "11=G1-5.0"));
    CHECK(house.taken.size() == 1);  // the core hears nothing of the other line
}

TEST_CASE("another line takes over while the venue stays up, and old requests are not resent") {
    VenueHouse house(256, 2);
    house.log_on(1, 0);
    house.log_on_quietly(1, 1);
    house.ask(house.request(77, 5));
    CHECK(has(house.next(0), "11=G1-5.0"));
    house.open[0] = false;
    house.venue.drop();
    REQUIRE(house.until([&] { return house.taken.size() == 2; }));
    CHECK(house.taken[1].kind == VenueEventKind::SessionUp);
    CHECK(house.taken[1].has(venue_event_flag::kTakeover));
    CHECK(house.taken[1].line == 1);
    CHECK(house.adapter->status().up);
    house.ask(house.request(78, 6));
    CHECK(has(house.next(1), "11=G1-6.0"));

    int seq = 2;
    if (GENERATE(false, true)) {  // also when the process ended in between
        house.restart({house.request(77, 5), house.request(78, 6)});
        house.log_on(2, 1);
        seq = 2;
    }
    house.open[0] = true;
    house.log_on_quietly(seq, 0);
    house.venue.send("35=2|34=" + std::to_string(seq + 1) + "|7=2|16=2|");
    const std::string filled = house.next(0);
    CHECK(has(filled, "35=4"));  // SequenceReset(4) in place of the order
    CHECK(has(filled, "36=3"));
    check_nothing_else(house, seq + 2, 0);
}

TEST_CASE("an execution over any line is an event of that line, and consumes its number there") {
    VenueHouse house(256, 2);
    house.log_on(1, 0);
    house.log_on_quietly(1, 1);
    house.ask(house.request(77, 5));
    CHECK(has(house.next(0), "11=G1-5.0"));
    house.backup.send(accepted(2, "G1-5.0"));
    REQUIRE(house.until([&] { return house.taken.size() == 2; }));
    CHECK(house.taken[1].line == 1);
    CHECK(house.taken[1].venue_seq == 2);
    house.restart({house.request(77, 5)});
    CHECK(house.adapter->host(0).next_target() == 2);
    CHECK(house.adapter->host(1).next_target() == 3);
}

TEST_CASE("after a restart another line than before is a takeover, too") {
    VenueHouse house(256, 2);
    house.log_on(1, 0);
    house.open[0] = false;
    house.restart();
    house.log_on(1, 1);
    CHECK(house.taken.back().line == 1);
    CHECK(house.taken.back().has(venue_event_flag::kTakeover));
}
