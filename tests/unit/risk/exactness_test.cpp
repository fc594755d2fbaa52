// Where nearly right is wrong: prices on the edge of a collar, and the rate that an order was
// accepted at.
#include <catch2/catch.hpp>

#include "tests/unit/risk/desk.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

CoreConfig with_rate(const char* rate) {
    CoreConfig config = plain_config();
    config.currency = "USD";
    config.instruments[0].currency = "EUR";
    config.fx.push_back({"EUR", "USD", dec(rate)});
    return config;
}

std::string gross_of(const Desk& desk) {
    return wide_text(desk.risk.exposure().account({0}).own.gross());
}

}  // namespace

TEST_CASE("a price on the edge of a percentage collar is inside it at every reference") {
    constexpr std::int64_t kTick = 10'000;  // 0.0001
    CoreConfig config = plain_config();
    config.max_orders = 1U << 14;
    config.instruments[0].tick = Decimal::from_units(kTick);
    const std::int64_t bps = GENERATE(100, 300, 700);
    config.instruments[0].limits[LimitKey::CollarBps] = LimitValue::number(Decimal::from_int(bps));
    Desk desk(config);
    int number = 0;
    // At most of these references a binary division says that the edge is beyond the limit.
    for (std::int64_t cents = 113; cents < 613; ++cents) {
        const Decimal reference = Decimal::from_units(cents * 1'000'000);
        const std::int64_t band = reference.units() / 10'000 * bps;
        const Decimal edge = Decimal::from_units(reference.units() + band / kTick * kTick);
        REQUIRE(band % kTick == 0);
        REQUIRE(desk.reference("XYZ", {{"ask", reference.to_string()}}));
        const std::string id = std::to_string(++number);
        CAPTURE(cents, bps);
        REQUIRE(desk.enter({"I" + id, Side::Buy, "1", edge.to_string()}).accepted());
        const Decimal beyond = Decimal::from_units(edge.units() + kTick);
        REQUIRE(desk.enter({"O" + id, Side::Buy, "1", beyond.to_string()}).reason ==
                RejectReason::PriceCollar);
    }
}

TEST_CASE("what an order holds and what it executes is counted at the rate of its acceptance") {
    Desk desk(with_rate("1.10"));
    REQUIRE(desk.enter({"A1", Side::Buy, "100", "10.00"}).accepted());
    REQUIRE(gross_of(desk) == "1100");

    desk.reconfigure(with_rate("1.25"));
    CHECK(gross_of(desk) == "1100");
    const BookedFill fill = desk.fill("A1", "40", "10.00");
    CHECK(fill.own == Notional{dec("440")});
    CHECK(fill.firm == Notional{dec("440")});
    CHECK(gross_of(desk) == "1100");

    REQUIRE(desk.enter({"A2", Side::Buy, "100", "10.00"}).accepted());
    CHECK(gross_of(desk) == "2350");
}
