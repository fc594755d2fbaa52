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

Saying saying(std::string_view text, std::uint64_t order = 1) {
    auto read = read_saying(text);
    INFO((read.ok() ? std::string() : read.error()));
    REQUIRE(read.ok());
    Saying said = std::move(read).value();
    said.event.order = OrderId{order};
    return said;
}

std::string wrong(std::string_view text) {
    const auto read = read_saying(text);
    return read.ok() ? "" : read.error();
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
    Lines say(std::string_view text, std::uint64_t order = 1) {
        const auto said = venue.say(saying(text, order), UtcNanos{5});
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
    CHECK(desk.say("35=8|150=0|11=A") == Lines{"1.0 new"});
    CHECK(desk.say("35=8|150=F|11=A|32=2|31=99.5") == Lines{"1.0 fill 2@99.5"});
    CHECK(desk.say("35=8|150=F|11=A|32=900|31=99.5|14=902|151=0") ==
          Lines{"1.0 fill 900@99.5 cum 902 leaves 0"});
    CHECK(desk.say("35=8|150=4|11=A|58=enough|378=6") == Lines{"1.0 canceled"});
    CHECK(desk.events.back().text == "enough");
    CHECK(desk.events.back().restatement_reason == 6);
    CHECK(desk.say("35=8|150=F|11=A|32=1|31=99") == Lines{"1.0 fill 1@99"});  // a late one
}

TEST_CASE("executions have names of their own, or the one they are given") {
    Desk desk;
    desk.send(new_order({1, Side::Buy, 5, "100"}));
    desk.say("35=8|150=F|11=A|32=1|31=9");
    desk.say("35=8|150=F|11=A|32=1|31=9");
    CHECK(desk.events[0].venue_exec_id != desk.events[1].venue_exec_id);
    desk.say("35=8|150=F|11=A|32=1|31=9|17=E7|37=V1|30=XNYS|7001=x");
    CHECK(desk.events[2].venue_exec_id == "E7");
    CHECK(desk.events[2].venue_order_id == "V1");
    CHECK(desk.events[2].extras.view() ==
          "30=XNYS\x01"
          "7001=x\x01");
    desk.say("35=8|150=H|11=A|19=E7");
    CHECK(desk.events[3].kind == VenueEventKind::TradeCancel);
    CHECK(desk.events[3].ref_exec_id == "E7");
}

TEST_CASE("an answer finds the request that it answers") {
    Desk desk;
    desk.send(new_order({1, Side::Buy, 5, "100"}));
    CHECK(desk.say("35=9|11=A|434=1|102=0") == Lines{"no cancel of the order is unanswered"});
    CHECK(desk.say("35=8|150=5|11=A") == Lines{"no replace of the order is unanswered"});
    desk.send(follow_up(VenueRequestKind::Replace, 1, 1));
    desk.send(follow_up(VenueRequestKind::Replace, 1, 2));
    desk.send(follow_up(VenueRequestKind::Cancel, 1, 3));
    CHECK(desk.say("35=8|150=5|11=A") == Lines{"1.1 replaced"});
    CHECK(desk.say("35=8|150=F|11=A|32=1|31=9") == Lines{"1.1 fill 1@9"});
    CHECK(desk.say("35=9|11=A|434=2") == Lines{"1.2 replace-rejected"});
    CHECK(desk.say("35=9|11=A|434=1|102=0") == Lines{"1.3 cancel-rejected"});
    CHECK(desk.events.back().has(venue_event_flag::kTooLate));
    CHECK(desk.say("35=8|150=4|11=A") == Lines{"1.1 canceled"});  // unsolicited
}

TEST_CASE("a request that is named is the one that is meant") {
    Desk desk;
    desk.send(new_order({1, Side::Buy, 5, "100"}));
    desk.send(follow_up(VenueRequestKind::Replace, 1, 1));
    desk.send(follow_up(VenueRequestKind::Replace, 1, 2));
    Saying second = saying("35=8|150=5|11=C");
    second.event.version = 2;
    second.names_request = true;
    const auto said = desk.venue.say(second, UtcNanos{5});
    REQUIRE(said.ok());
    CHECK(said.value().version == 2);
    CHECK(desk.given() == Lines{"1.2 replaced"});
    CHECK(desk.say("35=9|11=A|434=2") == Lines{"1.1 replace-rejected"});
}

TEST_CASE("an order that was never sent here is not spoken of") {
    Desk desk;
    CHECK(desk.say("35=8|150=0|11=A", 9) == Lines{"the order was not sent to this venue"});
}

TEST_CASE("what cannot be said is named") {
    CHECK(wrong("150=0|11=A") == "expected 35=8 or 35=9");
    CHECK(wrong("35=D|11=A") == "expected 35=8 or 35=9");
    CHECK(wrong("35=8|150=0").find("expected 11=") == 0);
    CHECK(wrong("35=8|11=A") == "35=8 needs 150=, the ExecType(150)");
    CHECK(wrong("35=8|11=A|150=Z") == "150 is no ExecType(150) that is known");
    CHECK(wrong("35=9|11=A").find("35=9 needs 434=1") == 0);
    CHECK(wrong("35=8|11=A|150=F|32=5").find("an execution needs") == 0);
    CHECK(wrong("35=8|11=A|150=G|32=5|31=2").find("a bust or correction needs 19=") == 0);
    CHECK(wrong("35=8|11=A|150=F|32=x|31=2").find("32='x'") == 0);
    CHECK(wrong("35=8|11=A|150=0|hello") == "'hello' is not TAG=VALUE");
    CHECK(wrong("35=8|11=A|150=0|58=") == "'58=' is not TAG=VALUE");
    CHECK(wrong("35=8|11=A|150=0|17=" + std::string(41, 'E')) == "17 is longer than 40 characters");
    CHECK(wrong("35=8|11=A|150=0|378=300") == "378 must be a number from 0 to 254");
    CHECK(wrong("") == "expected 35=8 or 35=9");
}

TEST_CASE("a venue that answers by itself does not take words") {
    SimVenue venue(VenueId{0}, "SIM", {});
    CHECK(venue.recovered({}));
    venue.submit(new_order({1, Side::Buy, 5, "100"}));
    CHECK_FALSE(venue.say(saying("35=8|150=4|11=A"), {}).ok());
}

TEST_CASE("after a restart a manual venue knows what is unanswered and gives new names") {
    Desk before;
    before.send(new_order({1, Side::Buy, 5, "100"}));
    before.say("35=8|150=0|11=A");
    before.send(follow_up(VenueRequestKind::Replace, 1, 1));
    before.send(follow_up(VenueRequestKind::Cancel, 1, 2));
    before.say("35=8|150=5|11=A");
    before.say("35=8|150=F|11=A|32=1|31=9");

    Desk after(true);
    for (const VenueRequest& request : before.requests) {
        after.venue.submit(request);
    }
    for (const VenueEvent& event : before.events) {
        after.venue.recall(event);
    }
    REQUIRE(after.venue.recovered({}));
    CHECK(after.given().empty());
    CHECK(after.say("35=8|150=F|11=A|32=1|31=9") == Lines{"1.1 fill 1@9"});
    CHECK(after.events.back().venue_seq == before.events.size() + 1);
    for (const VenueEvent& event : before.events) {
        CHECK(event.venue_exec_id != after.events.back().venue_exec_id);
    }
    CHECK(after.say("35=8|150=5|11=A") == Lines{"no replace of the order is unanswered"});
    CHECK(after.say("35=8|150=4|11=A") == Lines{"1.2 canceled"});
}

TEST_CASE("what a manual venue says goes over its channel with the next poll") {
    Channel<VenueRequest> requests{4};
    Channel<VenueEvent> events{4};
    SimAdapter adapter(VenueId{3}, "SIM", manual(), Receiver(requests), Sender(events));
    adapter.recovered({});
    REQUIRE(requests.try_send(new_order({1, Side::Buy, 5, "100"})) == Sent::Ok);
    adapter.poll({}, 10);
    events.pop();  // SessionUp
    REQUIRE(adapter.say(saying("35=8|150=0|11=A"), UtcNanos{7}).ok());
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
