// Stop orders and orders with a date, through the whole core.
#include <catch2/catch.hpp>

#include "gateway/risk/risk_engine.hpp"
#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

// The reference is 10 (a close that always serves), the collar 5 %.
void with_collar(CoreConfig& config) {
    auto& instrument = config.instruments[0];
    instrument.allow_close = true;
    instrument.has_close = true;
    instrument.close = Decimal::from_int(10);
    instrument.limits[LimitKey::CollarBps] = LimitValue::number(Decimal::from_int(500));
}

std::string answer(TestHouse& house, const std::string& order) {
    static int n = 0;
    house.forget_outputs();
    house.client("35=D|38=100|" + order + "|11=N" + std::to_string(++n));
    return house.requests_waiting() == 1 ? "sent" : house.next_report().get("why");
}

}  // namespace

TEST_CASE("a stop order needs its StopPx(99) and a stop-limit order both prices, on the tick") {
    TestHouse house;
    CHECK(answer(house, "40=3|99=11") == "sent");
    CHECK(answer(house, "40=3") == "INVALID_FIELD");
    CHECK(answer(house, "40=3|99=11|44=11") == "INVALID_FIELD");
    CHECK(answer(house, "40=4|99=11|44=11.5") == "sent");
    CHECK(answer(house, "40=4|99=11") == "INVALID_FIELD");
    CHECK(answer(house, "40=2|44=10|99=11") == "INVALID_FIELD");
    CHECK(answer(house, "40=3|99=11.001") == "BAD_TICK");
    CHECK(answer(house, "40=3|99=-1") == "BAD_PRICE");
    CHECK(house.defects() == "");
}

TEST_CASE("a stop order without a limit is reserved at its StopPx(99) and the market buffer") {
    TestHouse house;
    CHECK(answer(house, "40=3|99=20") == "sent");
    CHECK(house.core().risk().exposure().account({0}).own.reserved_buy ==
          Wide{2'100} * Decimal::kScale);
    CHECK(house.defects() == "");
}

TEST_CASE("a stop-limit order's limit is held against its StopPx(99), that one in a wide band") {
    TestHouse house(with_collar);
    CHECK(answer(house, "40=4|99=11|44=11.55") == "sent");
    CHECK(answer(house, "40=4|99=11|44=11.56") == "PRICE_COLLAR");
    CHECK(answer(house, "40=3|99=11.5") == "sent");
    CHECK(answer(house, "40=3|99=11.51") == "PRICE_COLLAR");
    CHECK(answer(house, "40=2|44=10.5") == "sent");
    CHECK(answer(house, "40=2|44=10.51") == "PRICE_COLLAR");
    CHECK(house.defects() == "");
}

TEST_CASE("a good-till-date order needs a time that is still to come") {
    TestHouse house;
    const std::string order = "40=2|44=10|59=6";
    CHECK(answer(house, order) == "INVALID_FIELD");
    CHECK(answer(house, order + "|126=1767225000") == "INVALID_FIELD");
    CHECK(answer(house, order + "|126=1767230000") == "sent");
    CHECK(answer(house, "40=2|44=10|59=0|126=1767230000") == "INVALID_FIELD");
    CHECK(house.defects() == "");
}

TEST_CASE("a replace that says nothing of the date leaves it as it is") {
    TestHouse house;
    house.client("35=D|11=A|38=100|44=10|59=6|126=1767230000");
    CHECK(house.next_venue_request() == "35=D|11=A|126=1767230000");
    house.venue("35=8|150=0|11=A");
    house.client("35=G|11=B|41=A|38=120|44=10");
    CHECK(house.next_venue_request() == "35=G|11=B|38=120|126=1767230000");
    CHECK(house.defects() == "");
}

TEST_CASE("MaxFloor(111) is at most OrderQty(38)") {
    TestHouse house;
    CHECK(answer(house, "40=2|44=10|111=100") == "sent");
    CHECK(answer(house, "40=2|44=10|111=101") == "INVALID_FIELD");
}

}  // namespace sluice::test
