#include <catch2/catch.hpp>

#include "gateway/core/input_codec.hpp"
#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

void enter(TestHouse& house, const char* id = "X") {
    house.client(std::string("35=D|55=ACME|54=1|38=100|40=2|44=10|11=") + id);
    house.venue(std::string("35=8|150=0|11=") + id);
    house.forget_outputs();
}

Wide position(TestHouse& house) {
    const auto& exposure = house.core().risk().exposure();
    return exposure.row(exposure.find_row(0, {0})).position;
}

using Texts = std::vector<std::string>;
Texts alert_texts(const TestHouse& house) {
    Texts texts;
    for (const MemoryRecord& record : house.log().records) {
        if (record.meta.type == journal::RecordType::Alert) {
            const auto text = std::span(record.payload).subspan(sizeof(AlertHead));
            texts.emplace_back(reinterpret_cast<const char*>(text.data()), text.size());
        }
    }
    return texts;
}

TEST_CASE("an execution that is delivered twice is booked once, with an alert") {
    TestHouse house;
    enter(house);
    house.venue("35=8|150=F|11=X|32=40|17=E1");
    house.venue("35=8|150=F|11=X|32=40|17=E1");
    CHECK(house.next_report() == "35=8|150=F|14=40|151=60");
    CHECK(house.reports_waiting() == 0);
    CHECK(house.stage().alerts() == 1);
    CHECK(position(house) == Wide{40} * Decimal::kScale);
    CHECK(house.defects() == "");
}

TEST_CASE("an over-fill is booked, reported and shown to an operator") {
    TestHouse house;
    enter(house);
    house.venue("35=8|150=F|11=X|32=130");
    CHECK(house.next_report() == "35=8|150=F|39=2|38=100|14=130|151=0");
    CHECK(house.stage().alerts() == 1);
    CHECK(position(house) == Wide{130} * Decimal::kScale);
    CHECK(house.defects() == "");
}

TEST_CASE("a fill after the order's end is booked and reported; the order stays over") {
    TestHouse house;
    enter(house);
    house.client("35=F|11=Y|41=X|55=ACME|54=1");
    house.venue("35=8|150=4|11=Y");
    house.forget_outputs();
    house.venue("35=8|150=F|11=X|32=10");
    CHECK(house.next_report() == "35=8|150=F|39=4|14=10|151=0");
    CHECK(house.stage().alerts() == 1);
    CHECK(position(house) == Wide{10} * Decimal::kScale);
    CHECK(house.defects() == "");
}

TEST_CASE("a fill of an unknown order is booked to suspense and alerts; no client is told") {
    TestHouse house;
    VenueEvent event;
    event.kind = VenueEventKind::Fill;
    event.flags = venue_event_flag::kUnknownOrder;
    event.symbol = SymbolName("ACME");
    event.side = '1';
    event.last_qty = Quantity::from_int(5);
    event.last_px = Price::from_int(10);
    event.venue_exec_id = ForeignId("U1");
    house.venue_event(event);
    house.venue_event(event);  // delivered again
    CHECK(house.reports_waiting() == 0);
    CHECK(house.stage().alerts() == 2);
    CHECK(house.core().risk().exposure().suspense().firm.executed() == Wide{50} * Decimal::kScale);
    CHECK(house.defects() == "");
}

TEST_CASE("a fill that overtakes the venue's New says as much; the New is not told again") {
    TestHouse house;
    house.client("35=D|11=X|55=ACME|54=1|38=100|40=2|44=10");
    house.venue("35=8|150=F|11=X|32=10");
    CHECK(house.next_report() == "35=8|150=F|39=1|14=10");
    house.venue("35=8|150=0|11=X");
    CHECK(house.reports_waiting() == 0);
    CHECK(house.core().venues().in_flight({0}, Lane::Orders) == 0);
}

TEST_CASE("what the adapter could not send is refused to the client") {
    TestHouse house;
    house.client("35=D|11=X|55=ACME|54=1|38=100|40=2|44=10");
    VenueEvent event;
    event.order = house.order("X")->id;
    event.kind = VenueEventKind::Rejected;
    event.flags = venue_event_flag::kNotSent;
    house.venue_event(event);
    CHECK(house.next_report() == "35=8|150=8|39=8|why=VENUE_DOWN|58=venue not connected");
    CHECK(house.core().risk().exposure().account({0}).own.reserved() == 0);
    CHECK(house.defects() == "");
}

TEST_CASE("an unsolicited cancel also answers the requests that were pending") {
    TestHouse house;
    enter(house);
    house.client("35=F|11=Y|41=X|55=ACME|54=1");
    house.forget_outputs();
    house.venue("35=8|150=4|11=X");  // answers no request of ours
    CHECK(house.next_report() == "35=8|11=X|41=-|150=4|39=4");
    CHECK(house.next_report() == "35=9|11=Y|41=X|434=1|39=4|102=0");
    house.venue("35=9|434=1|11=Y|102=0");  // the venue's own answer comes later
    CHECK(house.reports_waiting() == 0);
    CHECK(house.defects() == "");
}

TEST_CASE("a client's cancel frees nothing; the venue's answer does") {
    TestHouse house;
    enter(house);
    const auto& money = house.core().risk().exposure().account({0}).own;
    house.client("35=F|11=Y|41=X|55=ACME|54=1");
    CHECK(money.reserved() == Wide{1000} * Decimal::kScale);
    house.venue("35=8|150=4|11=Y");
    CHECK(money.reserved() == 0);
}

TEST_CASE("an expired order and a done-for-day order release what they held") {
    TestHouse house;
    const auto [type, status] = GENERATE(table<const char*, const char*>({{"C", "C"}, {"3", "3"}}));
    enter(house);
    house.venue(std::string("35=8|11=X|150=") + type);
    CHECK(house.next_report() == std::string("35=8|11=X|151=0|150=") + type + "|39=" + status);
    CHECK(house.core().risk().exposure().account({0}).own.reserved() == 0);
    CHECK(house.defects() == "");
}

TEST_CASE("an event for an order that is at no venue of ours only alerts") {
    TestHouse house;
    VenueEvent event;
    event.order = {77};
    event.kind = VenueEventKind::Canceled;
    house.venue_event(event);
    CHECK(house.stage().alerts() == 1);
    CHECK(house.reports_waiting() == 0);
}

TEST_CASE(
    "a venue message that cannot be read alerts with what is wrong in it, and moves nothing") {
    TestHouse house;
    enter(house);
    VenueEvent event;
    event.kind = VenueEventKind::Unreadable;
    event.order = house.order("X")->id;
    event.text = Prose("LastQty(32)='x' cannot be read as a decimal");
    house.venue_event(event);  // states no CumQty(14)
    CHECK(alert_texts(house) ==
          Texts{"unreadable venue message: LastQty(32)='x' cannot be read as a decimal"});
    event.flags = venue_event_flag::kHasCumQty;
    house.venue_event(event);  // states the CumQty(14) that was booked
    CHECK(alert_texts(house).size() == 2);
    event.cum_qty = Quantity::from_int(40);
    house.venue_event(event);
    CHECK(alert_texts(house).size() == 4);
    CHECK(alert_texts(house).back() == "the venue states another CumQty(14) than was booked");
    CHECK(house.reports_waiting() == 0);
    CHECK(position(house) == 0);
    CHECK(house.order("X")->cum_qty.is_zero());
    CHECK(house.defects() == "");
}

TEST_CASE(
    "a venue message that names no order of ours and cannot be read alerts with its text too") {
    TestHouse house;
    VenueEvent event;
    event.kind = VenueEventKind::Unreadable;
    event.text = Prose("the message breaks off inside a field");
    house.venue_event(event);
    REQUIRE_FALSE(alert_texts(house).empty());
    CHECK(alert_texts(house).front() ==
          "unreadable venue message: the message breaks off inside a field");
    CHECK(house.reports_waiting() == 0);
}

TEST_CASE("a restated order works with what the venue says") {
    TestHouse house;
    enter(house);
    house.venue("35=8|150=D|11=X|151=60");
    CHECK(house.next_report() == "35=8|150=D|39=0|38=60|151=60|378=4");
    CHECK(house.core().risk().exposure().account({0}).own.reserved() ==
          Wide{600} * Decimal::kScale);
    CHECK(house.defects() == "");
}

}  // namespace
}  // namespace sluice::test
