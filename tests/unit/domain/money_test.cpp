#include "gateway/domain/money.hpp"

#include <random>

#include <boost/multiprecision/cpp_int.hpp>
#include <catch2/catch.hpp>

using namespace sluice;
using Big = boost::multiprecision::cpp_int;

namespace {

Big size(std::int64_t units) {
    const Big value = units;
    return value < 0 ? Big(-value) : value;
}

Big divide_up(const Big& value, const Big& by) {
    return (value + by - 1) / by;
}

const Big kScale = Decimal::kScale;

// All magnitudes alike, small ones included.
std::int64_t any_units(std::mt19937_64& random) {
    const auto units = static_cast<std::int64_t>(random() >> 1U >> (random() % 63));
    return random() % 2 == 0 ? units : -units;
}

}  // namespace

TEST_CASE("a notional is the exact product rounded up, or empty when it does not fit") {
    std::mt19937_64 random(7);  // NOLINT: repeatable
    int fitted = 0;
    int refused = 0;
    for (int i = 0; i < 50'000; ++i) {
        const std::int64_t q = any_units(random);
        const std::int64_t p = any_units(random);
        const bool plain = random() % 4 == 0;
        const std::int64_t m = plain ? Decimal::kScale : any_units(random);
        const std::int64_t f = plain ? Decimal::kScale : any_units(random);
        const Big expected =
            divide_up(size(q) * size(p) * size(m) * size(f), kScale * kScale * kScale);
        const auto got = notional_up(Quantity::from_units(q), Price::from_units(p),
                                     Decimal::from_units(m), Decimal::from_units(f));
        INFO(q << " " << p << " " << m << " " << f);
        REQUIRE(got.has_value() == (expected <= INT64_MAX));
        if (got) {
            REQUIRE(Big(got->units()) == expected);
        }
        ++(got ? fitted : refused);
    }
    CHECK(fitted > 5'000);
    CHECK(refused > 5'000);
}

TEST_CASE("the edges of a notional are where they should be") {
    const auto one = Decimal::from_int(1);
    CHECK(notional_up(Quantity::from_int(1), Price::from_units(INT64_MAX), one, one)->units() ==
          INT64_MAX);
    CHECK_FALSE(notional_up(Quantity::from_units(Decimal::kScale + 1), Price::from_units(INT64_MAX),
                            one, one));
    CHECK(notional_up(Quantity::from_units(1), Price::from_units(1), one, one)->units() == 1);
    CHECK(notional_up(Quantity::from_units(0), Price::from_units(INT64_MAX), one, one)->units() ==
          0);
    CHECK_FALSE(notional_up(Quantity::from_units(INT64_MAX), Price::from_units(INT64_MAX),
                            Decimal::from_units(INT64_MAX), Decimal::from_units(INT64_MAX)));
    // Huge times huge times tiny times tiny fits again.
    CHECK(notional_up(Quantity::from_units(INT64_MAX), Price::from_units(INT64_MAX),
                      Decimal::from_units(1), Decimal::from_units(1))
              ->units() == 85'070'591'730'235);
}

TEST_CASE("a buffered price is rounded away from zero and keeps its sign") {
    std::mt19937_64 random(8);  // NOLINT: repeatable
    for (int i = 0; i < 20'000; ++i) {
        const std::int64_t p = any_units(random);
        const auto bps = static_cast<std::int64_t>(random() % 20'000);
        const Big expected = divide_up(size(p) * (10'000 + bps), 10'000);
        const auto got = with_buffer(Price::from_units(p), bps);
        INFO(p << " " << bps);
        REQUIRE(got.has_value() == (expected <= INT64_MAX));
        if (got) {
            REQUIRE(size(got->units()) == expected);
            REQUIRE((got->units() < 0) == (p < 0));
        }
    }
}

TEST_CASE("a band in basis points is compared exactly") {
    std::mt19937_64 random(9);  // NOLINT: repeatable
    int inside = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::int64_t ref = any_units(random) / 4;
        const auto bps = static_cast<std::int64_t>(random() % 2'000);
        // Near the edge of the band, on either side of it.
        const auto edge = static_cast<std::int64_t>(Wide{ref} * bps / 10'000);
        const std::int64_t a = ref + edge + static_cast<std::int64_t>(random() % 3) - 1;
        const bool expected = size(a - ref) * 10'000 <= size(ref) * bps;
        REQUIRE(within_bps(Price::from_units(a), Price::from_units(ref), Price::from_units(ref),
                           bps) == expected);
        inside += expected ? 1 : 0;
    }
    CHECK(inside > 5'000);
    CHECK(inside < 19'000);
}
