#include <catch2/catch.hpp>

#include "tests/unit/sessions/venue_house.hpp"

using namespace sluice;
using journal::RecordType;
using test::VenueHouse;

namespace {

bool has(const std::string& message, std::string_view field) {
    return message.find("|" + std::string(field) + "|") != std::string::npos;
}

std::string accepted(int seq, std::string_view id) {
    return "35=8|34=" + std::to_string(seq) + "|37=V1|11=" + std::string(id) + "|17=E" +
           std::to_string(seq) + "|150=0|39=0|55=ACME|54=1|38=100|44=10|151=100|14=0|6=0|60=<now>|";
}

}  // namespace

TEST_CASE("a venue session logs on with its credentials, which the journal does not keep") {
    VenueHouse house;
    const std::string logon = house.next();
    CHECK(has(logon, "553=gate"));
    CHECK(has(logon, "554=secret"));
    house.venue.send("35=A|34=1|98=0|108=30|");
    REQUIRE(house.until([&] { return !house.taken.empty(); }));
    CHECK(house.taken[0].kind == VenueEventKind::SessionUp);
    CHECK(house.adapter->status().up);
    house.log.each([](const journal::Frame& frame) {
        const std::string_view payload(reinterpret_cast<const char*>(frame.payload.data()),
                                       frame.payload.size());
        CHECK(payload.find("secret") == std::string_view::npos);
    });
}

TEST_CASE("a request is a send-intent record and then a message, its answer an event") {
    VenueHouse house;
    house.log_on();
    house.ask(house.request(77, 5));
    const std::string order = house.next();
    CHECK(has(order, "35=D"));
    CHECK(has(order, "11=G1-5.0"));
    CHECK(house.was_sent(house.request(77, 5)));
    house.venue.send(accepted(2, "G1-5.0"));
    REQUIRE(house.until([&] { return house.taken.size() == 2; }));
    CHECK(house.taken[1].kind == VenueEventKind::New);
    CHECK(house.taken[1].venue_seq == 2);
    CHECK(house.taken[1].order == house.request(77, 5).order);
}

TEST_CASE("a request without a session is rejected as not sent, never queued") {
    VenueHouse house;
    house.ask(house.request(77, 5));
    REQUIRE(house.until([&] { return house.taken.size() == 1; }));
    CHECK(house.taken[0].kind == VenueEventKind::Rejected);
    CHECK(house.taken[0].has(venue_event_flag::kNotSent));
    house.log_on();
    house.ask(house.request(78, 6));
    CHECK(has(house.next(), "11=G1-6.0"));
}

TEST_CASE("a session Reject for a request of ours rejects the order, also after a restart") {
    VenueHouse house;
    house.log_on();
    house.ask(house.request(77, 5));
    CHECK(has(house.next(), "34=2"));
    int seq = 2;
    if (GENERATE(false, true)) {
        house.restart({house.request(77, 5)});
        house.log_on(2);
        seq = 3;
    }
    const std::size_t before = house.taken.size();
    house.venue.send("35=3|34=" + std::to_string(seq) + "|45=2|58=no such tag|");
    REQUIRE(house.until([&] { return house.taken.size() == before + 1; }));
    CHECK(house.taken.back().kind == VenueEventKind::Rejected);
    CHECK(house.taken.back().order == house.request(77, 5).order);
    CHECK(house.taken.back().text == "session reject: no such tag");
    CHECK(house.adapter->host().next_target() == static_cast<std::uint32_t>(seq) + 1);
}

TEST_CASE("after a restart a sent request is not sent again, and an unsent one is sent once") {
    VenueHouse house;
    house.log_on();
    house.ask(house.request(77, 5));
    CHECK(has(house.next(), "11=G1-5.0"));
    house.restart({house.request(77, 5), house.request(80, 6)});
    house.log_on(2);
    const std::string order = house.next();
    CHECK(has(order, "11=G1-6.0"));
    CHECK(has(order, "34=4"));
    house.venue.send("35=1|34=3|112=PING|");
    CHECK(has(house.next(), "112=PING"));
    // The venue that missed the first gets it by resend, marked as a possible duplicate.
    house.venue.send("35=2|34=4|7=2|16=2|");
    const std::string again = house.next();
    CHECK(has(again, "11=G1-5.0"));
    CHECK(has(again, "43=Y"));
}

TEST_CASE("a request that was reported as not sent is not sent after a restart") {
    VenueHouse house;
    house.ask(house.request(77, 5));
    REQUIRE(house.until([&] { return house.taken.size() == 1; }));
    house.restart({house.request(77, 5)});
    house.log_on();
    house.venue.send("35=1|34=2|112=PING|");
    CHECK(has(house.next(), "112=PING"));
}

TEST_CASE("an answer that the core had not journaled is asked for again after a kill") {
    VenueHouse house;
    house.log_on();
    house.ask(house.request(77, 5));
    CHECK(has(house.next(), "34=2"));
    house.core_runs = false;
    house.venue.send(accepted(2, "G1-5.0"));
    REQUIRE(house.until([&] { return house.adapter->host().next_target() == 3; }));
    house.core_runs = true;
    house.restart({house.request(77, 5)});
    CHECK(house.adapter->host().next_target() == 2);
    CHECK(has(house.next(), "35=A"));
    house.venue.send("35=A|34=3|98=0|108=30|");
    const std::string resend = house.next();
    CHECK(has(resend, "35=2"));
    CHECK(has(resend, "7=2"));
}

TEST_CASE("a venue is not read while the core has no room for its events") {
    VenueHouse house(4);
    house.log_on();
    house.core_runs = false;
    for (int n = 2; n < 40; ++n) {
        house.venue.send(accepted(n, "G1-5.0"));
    }
    for (int i = 0; i < 50; ++i) {
        house.turn();
    }
    CHECK(house.adapter->host().next_target() < 8);
    house.core_runs = true;
    REQUIRE(house.until([&] { return house.taken.size() == 39; }));
    CHECK(house.taken.back().venue_seq == 39);
}

TEST_CASE("the loss of a venue is told, and it is called again") {
    VenueHouse house;
    house.log_on();
    house.venue.drop();
    REQUIRE(house.until([&] { return house.taken.size() == 2; }));
    CHECK(house.taken[1].kind == VenueEventKind::SessionDown);
    house.log_on(2);
    CHECK(house.taken.back().kind == VenueEventKind::SessionUp);
}
