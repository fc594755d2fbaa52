#include <catch2/catch.hpp>

#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

constexpr const char* kNew = "35=D|11=X|55=ACME|54=1|38=100|40=2|44=10";

TEST_CASE("an accepted order is decided, journaled and sent before anything else is taken") {
    TestHouse house;
    house.client(kNew);
    CHECK(house.next_venue_request() == "35=D|11=X|38=100|44=10|version=0");
    CHECK(house.reports_waiting() == 0);
    const auto& records = house.log().records;
    const auto n = records.size();
    CHECK(records[n - 3].meta.type == journal::RecordType::Command);
    CHECK(records[n - 2].meta.type == journal::RecordType::Decision);
    CHECK(records[n - 1].meta.type == journal::RecordType::Egress);
    CHECK(records[n - 1].meta.order_id == house.order("X")->id.value);
    CHECK(house.defects() == "");
}

TEST_CASE("a throttled request gets a BusinessMessageReject(j) and its ClOrdID(11) stays free") {
    TestHouse house([](CoreConfig& config) {
        config.sessions[0].limits[LimitKey::ThrottleRate] =
            LimitValue::number(Decimal::from_int(1));
        config.sessions[0].limits[LimitKey::ThrottleBurst] =
            LimitValue::number(Decimal::from_int(1));
    });
    house.client(kNew);
    house.client("35=D|11=Y|55=ACME|54=1|38=100|40=2|44=10");
    CHECK(house.next_report() == "35=j|11=Y|372=D|why=THROTTLED");
    CHECK(house.core().orders().find_use({0}, ClOrdId("Y")) == nullptr);
    house.client("35=F|11=Z|41=X|55=ACME|54=1");
    house.forget_outputs();
    CHECK(house.order("X")->pending_cancel.active);  // cancels pass the throttle
    CHECK(house.defects() == "");
}

TEST_CASE("an unsupported message gets a BusinessMessageReject(j) that names it") {
    TestHouse house;
    house.client("35=J|11=L1");
    CHECK(house.next_report() == "35=j|372=J|why=UNSUPPORTED_MESSAGE");
    CHECK(house.defects() == "");
}

TEST_CASE("an order without a matching route is refused with the number of no row") {
    TestHouse house([](CoreConfig& config) { config.routes[0].symbol = "XYZ"; });
    house.client(kNew);
    CHECK(house.next_report() == "35=8|150=8|39=8|37=NONE|why=NO_ROUTE");
    CHECK(house.requests_waiting() == 0);
    CHECK(house.core().risk().exposure().account({0}).own.reserved() == 0);
}

TEST_CASE("orders wait for no venue: without credit they are refused, and cancels still pass") {
    TestHouse house([](CoreConfig& config) { config.venues[0].max_in_flight = 1; });
    house.client(kNew);
    house.client("35=D|11=Y|55=ACME|54=1|38=100|40=2|44=10");
    CHECK(house.next_report() == "35=8|11=Y|150=8|why=VENUE_BUSY");
    house.client("35=F|11=Z|41=X|55=ACME|54=1");
    CHECK(house.order("X")->pending_cancel.active);
    house.venue("35=8|150=4|11=Z");
    CHECK(house.core().venues().in_flight({0}, Lane::Orders) == 0);
    CHECK(house.core().venues().in_flight({0}, Lane::Cancels) == 0);
    house.forget_outputs();
    house.client("35=D|11=W|55=ACME|54=1|38=100|40=2|44=10");
    CHECK(house.next_venue_request() == "35=D|11=W");
    CHECK(house.defects() == "");
}

TEST_CASE("another session's order can neither be canceled nor asked about") {
    TestHouse house;
    house.client(kNew);
    house.forget_outputs();
    house.client("S2", "35=F|11=Z|41=X|55=ACME|54=1");
    CHECK(house.next_report() == "35=9|37=NONE|39=8|102=1|434=1");
    house.client("S2", "35=H|11=X|55=ACME|54=1");
    CHECK(house.next_report() == "35=8|150=I|37=NONE|39=8");
    CHECK(house.requests_waiting() == 0);
}

TEST_CASE("a second cancel while one is pending is answered at once") {
    TestHouse house;
    house.client(kNew);
    house.client("35=F|11=C1|41=X|55=ACME|54=1");
    house.forget_outputs();
    house.client("35=F|11=C2|41=X|55=ACME|54=1");
    CHECK(house.next_report() == "35=9|11=C2|41=X|434=1|39=6|102=3");
    CHECK(house.requests_waiting() == 0);
}

TEST_CASE("a cancel may follow a replace that is unanswered, and names it to the venue") {
    TestHouse house;
    house.client(kNew);
    house.venue("35=8|150=0|11=X");
    house.client("35=G|11=Y|41=X|55=ACME|54=1|38=200|40=2|44=10");
    house.forget_outputs();
    house.client("35=F|11=Z|41=Y|55=ACME|54=1");
    CHECK(house.next_venue_request() == "35=F|11=Z|version=2|orig=1");
    house.venue("35=8|150=4|11=Z");
    CHECK(house.next_report() == "35=8|11=Z|41=X|150=4|39=4");
    CHECK(house.next_report() == "35=9|11=Y|41=X|434=2|39=4|102=0");
    CHECK(house.core().risk().exposure().account({0}).own.reserved() == 0);
    CHECK(house.defects() == "");
}

TEST_CASE("when the order table is full new orders are refused and their ids stay free") {
    TestHouse house([](CoreConfig& config) { config.max_orders = 1; });
    house.client(kNew);
    house.client("35=D|11=Y|55=ACME|54=1|38=100|40=2|44=10");
    CHECK(house.next_report() == "35=j|11=Y|why=GATEWAY_BUSY");
    CHECK(house.core().orders().find_use({0}, ClOrdId("Y")) == nullptr);
    CHECK(house.defects() == "");
}

}  // namespace
}  // namespace sluice::test
