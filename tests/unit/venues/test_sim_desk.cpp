// A venue that says what an operator wants it to say.
#include <catch2/catch.hpp>

#include "gateway/venues/sim_adapter.hpp"
#include "tests/unit/venues/sim_house.hpp"

namespace sluice {
namespace {

using namespace test;

SimConfig manual() {
    SimConfig config;
    config.manual = true;
    return config;
}

using Kind = VenueEventKind;

Saying saying(Kind kind, std::uint64_t order = 1) {
    Saying said;
    said.event.kind = kind;
    said.event.order = OrderId{order};
    return said;
}

Saying fill(std::int64_t quantity, std::string_view price) {
    Saying said = saying(Kind::Fill);
    said.event.last_qty = qty(quantity);
    said.event.last_px = px(price);
    return said;
}

class Desk {
public:
    explicit Desk(bool recovering = false) : venue(VenueId{0}, "SIM", manual()) {
        if (!recovering) {
            REQUIRE(venue.recovered({}));
        }
    }
    Lines send(const VenueRequest& request) {
        requests.push_back(request);
        venue.submit(request);
        return given();
    }
    Lines say(Kind kind) { return say(saying(kind)); }
    Lines say(const Saying& what) {
        const auto said = venue.say(what, UtcNanos{5});
        if (!said.ok()) {
            return {said.error()};
        }
        return given();
    }
    Lines given() {
        Lines out;
        while (const VenueEvent* event = venue.outbox().due(UtcNanos{5})) {
            events.push_back(*event);
            out.push_back(line(*event));
            venue.outbox().pop();
        }
        return out;
    }
    SimVenue venue;
    std::vector<VenueRequest> requests;
    std::vector<VenueEvent> events;
};

TEST_CASE("a manual venue says nothing by itself") {
    Desk desk;
    CHECK(desk.send(new_order({1, Side::Buy, 5, "100"})).empty());
    CHECK(desk.send(new_order({2, Side::Sell, 5, "100"})).empty());
    CHECK(desk.send(follow_up(VenueRequestKind::Cancel, 1, 1)).empty());
    CHECK(desk.send(follow_up(VenueRequestKind::Status, 1, 2)).empty());
}

TEST_CASE("a manual venue says what it is told, and no more") {
    Desk desk;
    desk.send(new_order({1, Side::Buy, 5, "100"}));
    CHECK(desk.say(Kind::New) == Lines{"1.0 new"});
    CHECK(desk.say(fill(2, "99.5")) == Lines{"1.0 fill 2@99.5"});
    Saying wrong = fill(900, "99.5");
    wrong.event.cum_qty = qty(902);
    wrong.event.flags = venue_event_flag::kHasCumQty;
    CHECK(desk.say(wrong) == Lines{"1.0 fill 900@99.5 cum 902 leaves 0"});
    Saying enough = saying(Kind::Canceled);
    enough.event.text = Prose("enough");
    enough.event.restatement_reason = 6;
    CHECK(desk.say(enough) == Lines{"1.0 canceled"});
    CHECK(desk.events.back().text == "enough");
    CHECK(desk.events.back().restatement_reason == 6);
    CHECK(desk.say(fill(1, "99")) == Lines{"1.0 fill 1@99"});  // a late one
}

TEST_CASE("executions have names of their own, or the one they are given") {
    Desk desk;
    desk.send(new_order({1, Side::Buy, 5, "100"}));
    desk.say(fill(1, "9"));
    desk.say(fill(1, "9"));
    CHECK(desk.events[0].venue_exec_id != desk.events[1].venue_exec_id);
    Saying named = fill(1, "9");
    named.event.venue_exec_id = ForeignId("E7");
    desk.say(named);
    desk.say(named);
    CHECK(desk.events[2].venue_exec_id == "E7");
    CHECK(desk.events[3].venue_exec_id == "E7");
}

TEST_CASE("an answer finds the request that it answers") {
    Desk desk;
    desk.send(new_order({1, Side::Buy, 5, "100"}));
    CHECK(desk.say(Kind::CancelRejected) == Lines{"no cancel of the order is unanswered"});
    CHECK(desk.say(Kind::Replaced) == Lines{"no replace of the order is unanswered"});
    desk.send(follow_up(VenueRequestKind::Replace, 1, 1));
    desk.send(follow_up(VenueRequestKind::Replace, 1, 2));
    desk.send(follow_up(VenueRequestKind::Cancel, 1, 3));
    CHECK(desk.say(Kind::Replaced) == Lines{"1.1 replaced"});
    CHECK(desk.say(fill(1, "9")) == Lines{"1.1 fill 1@9"});
    CHECK(desk.say(Kind::ReplaceRejected) == Lines{"1.2 replace-rejected"});
    CHECK(desk.say(Kind::CancelRejected) == Lines{"1.3 cancel-rejected"});
    CHECK(desk.say(Kind::Canceled) == Lines{"1.1 canceled"});  // unsolicited
}

TEST_CASE("a request that is named is the one that is meant") {
    Desk desk;
    desk.send(new_order({1, Side::Buy, 5, "100"}));
    desk.send(follow_up(VenueRequestKind::Replace, 1, 1));
    desk.send(follow_up(VenueRequestKind::Replace, 1, 2));
    Saying second = saying(Kind::Replaced);
    second.event.version = 2;
    second.names_request = true;
    const auto said = desk.venue.say(second, UtcNanos{5});
    REQUIRE(said.ok());
    CHECK(said.value().version == 2);
    CHECK(desk.given() == Lines{"1.2 replaced"});
    CHECK(desk.say(Kind::ReplaceRejected) == Lines{"1.1 replace-rejected"});
}

TEST_CASE("an order that was never sent here is not spoken of") {
    Desk desk;
    CHECK(desk.say(saying(Kind::New, 9)) == Lines{"the order was not sent to this venue"});
}

TEST_CASE("a venue that answers by itself does not take words") {
    SimVenue venue(VenueId{0}, "SIM", {});
    CHECK(venue.recovered({}));
    venue.submit(new_order({1, Side::Buy, 5, "100"}));
    CHECK_FALSE(venue.say(saying(Kind::Canceled), {}).ok());
}

TEST_CASE("after a restart a manual venue knows what is unanswered and gives new names") {
    Desk before;
    before.send(new_order({1, Side::Buy, 5, "100"}));
    before.say(Kind::New);
    before.send(follow_up(VenueRequestKind::Replace, 1, 1));
    before.send(follow_up(VenueRequestKind::Cancel, 1, 2));
    before.say(Kind::Replaced);
    before.say(fill(1, "9"));

    Desk after(true);
    for (const VenueRequest& request : before.requests) {
        after.venue.submit(request);
    }
    for (const VenueEvent& event : before.events) {
        after.venue.recall(event);
    }
    REQUIRE(after.venue.recovered({}));
    CHECK(after.given().empty());
    CHECK(after.say(fill(1, "9")) == Lines{"1.1 fill 1@9"});
    CHECK(after.events.back().venue_seq == before.events.size() + 1);
    for (const VenueEvent& event : before.events) {
        CHECK(event.venue_exec_id != after.events.back().venue_exec_id);
    }
    CHECK(after.say(Kind::Replaced) == Lines{"no replace of the order is unanswered"});
    CHECK(after.say(Kind::Canceled) == Lines{"1.2 canceled"});
}

TEST_CASE("what a manual venue says goes over its channel with the next poll") {
    Channel<VenueRequest> requests{4};
    Channel<VenueEvent> events{4};
    SimAdapter adapter(VenueId{3}, "SIM", manual(), Receiver(requests), Sender(events));
    adapter.recovered({});
    REQUIRE(requests.try_send(new_order({1, Side::Buy, 5, "100"})) == Sent::Ok);
    adapter.poll({}, 10);
    events.pop();  // SessionUp
    REQUIRE(adapter.say(saying(Kind::New), UtcNanos{7}).ok());
    CHECK(events.peek() == nullptr);
    CHECK(adapter.next_deadline() == UtcNanos{7});
    adapter.poll(UtcNanos{7}, 10);
    REQUIRE(events.peek() != nullptr);
    CHECK(line(*events.peek()) == "1.0 new");
    CHECK(events.peek()->venue == VenueId{3});
}

TEST_CASE("a good-till-date order expires when its time comes and nothing else does") {
    Channel<VenueRequest> requests{4};
    Channel<VenueEvent> events{4};
    SimAdapter adapter(VenueId{3}, "SIM", {}, Receiver(requests), Sender(events));
    adapter.recovered({});
    Ask ask{1, Side::Buy, 5, "100"};
    ask.expire = 50;
    REQUIRE(requests.try_send(new_order(ask)) == Sent::Ok);
    adapter.poll({}, 10);
    events.pop();  // SessionUp
    events.pop();  // New
    CHECK(adapter.next_deadline() == UtcNanos{50});
    CHECK(adapter.poll(UtcNanos{49}, 10) == 0);
    CHECK(adapter.poll(UtcNanos{50}, 10) == 1);
    REQUIRE(events.peek() != nullptr);
    CHECK(line(*events.peek()) == "1.0 expired cum 0 leaves 0");
}

}  // namespace
}  // namespace sluice
