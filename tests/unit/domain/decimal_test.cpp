#include "gateway/domain/decimal.hpp"

#include <random>
#include <string>

#include <catch2/catch.hpp>

using namespace sluice;

namespace {

// The plain way: digit by digit in 128 bit, scaled to 10^-8; for texts known to be well formed.
Wide units_by_hand(const std::string& text) {
    Wide units = 0;
    int decimals = -1;
    for (const char c : text) {
        if (c == '.') {
            decimals = 0;
        } else if (c != '-') {
            units = units * 10 + (c - '0');
            decimals += decimals >= 0 ? 1 : 0;
        }
    }
    for (int missing = 8 - std::max(decimals, 0); missing > 0; --missing) {
        units *= 10;
    }
    return text.front() == '-' ? -units : units;
}

DecimalError error_of(std::string_view text) {
    const auto parsed = Decimal::parse(text);
    REQUIRE_FALSE(parsed.ok());
    return parsed.error();
}

}  // namespace

TEST_CASE("a decimal keeps exactly the digits it was given") {
    const auto [text, units] = GENERATE(table<std::string, std::int64_t>({
        {"0", 0},
        {"-0", 0},
        {"101.25", 10'125'000'000},
        {"-0.00000001", -1},
        {".5", 50'000'000},
        {"5.", 500'000'000},
        {"00012.50", 1'250'000'000},
        {"1.1000000000000", 110'000'000},
        {"92233720368.54775807", INT64_MAX},
        {"-92233720368.54775807", -INT64_MAX},
    }));
    INFO(text);
    REQUIRE(Decimal::parse(text).ok());
    CHECK(Decimal::parse(text).value().units() == units);
}

TEST_CASE("what is not a FIX decimal is refused with the reason") {
    CHECK(error_of("") == DecimalError::Empty);
    for (const char* text : {"-", ".", "-.", "+1", "1e5", "1,5", " 1", "1 ", "1.2.3", "--1", "1-",
                             "0x10", "NaN", "inf", "1.0f"}) {
        INFO(text);
        CHECK(error_of(text) == DecimalError::NotADecimal);
    }
    CHECK(error_of("0.000000001") == DecimalError::TooPrecise);
    CHECK(error_of("1.123456789") == DecimalError::TooPrecise);
    CHECK(error_of("92233720368.54775808") == DecimalError::OutOfRange);
    CHECK(error_of("-92233720368.54775808") == DecimalError::OutOfRange);
    CHECK(error_of("99999999999999999999999999") == DecimalError::OutOfRange);
}

TEST_CASE("a byte of zero inside the text is not a digit") {
    CHECK(error_of(std::string_view("1\0002", 3)) == DecimalError::NotADecimal);
}

TEST_CASE("every written decimal reads back as itself, in its shortest form") {
    std::mt19937_64 random(5);  // NOLINT: repeatable
    for (int i = 0; i < 20'000; ++i) {
        // All magnitudes alike.
        const auto units = static_cast<std::int64_t>(random()) >> (random() % 64);
        const Decimal value = Decimal::from_units(units == INT64_MIN ? 0 : units);
        const std::string text = value.to_string();
        INFO(text);
        REQUIRE(text.size() <= Decimal::kTextMax);
        REQUIRE(Decimal::parse(text).value() == value);
        if (text.find('.') != std::string::npos) {
            REQUIRE(text.back() != '0');
            REQUIRE(text.back() != '.');
        }
    }
}

TEST_CASE("reading agrees with the plain way on random digit strings") {
    std::mt19937 random(6);  // NOLINT: repeatable
    int read = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string text = random() % 2 == 0 ? "-" : "";
        for (std::size_t digits = 1 + random() % 12; digits > 0; --digits) {
            text += static_cast<char>('0' + random() % 10);
        }
        if (random() % 4 != 0) {
            text += '.';
            for (std::size_t digits = random() % 9; digits > 0; --digits) {
                text += static_cast<char>('0' + random() % 10);
            }
        }
        const Wide expected = units_by_hand(text);
        const bool fits = expected <= INT64_MAX && expected >= -Wide{INT64_MAX};
        const auto parsed = Decimal::parse(text);
        INFO(text);
        REQUIRE(parsed.ok() == fits);
        if (fits) {
            ++read;
            REQUIRE(Wide{parsed.value().units()} == expected);
        }
    }
    CHECK(read > 10'000);
}

TEST_CASE("the lowest number of units is written without a wrap") {
    CHECK(Decimal::from_units(INT64_MIN).to_string() == "-92233720368.54775808");
}

TEST_CASE("amounts of one meaning add, subtract and compare") {
    const Quantity a = Quantity::from_int(3);
    const Quantity b = Quantity::from_units(1);
    CHECK((a + b).to_string() == "3.00000001");
    CHECK((a - b).to_string() == "2.99999999");
    CHECK(b < a);
    static_assert(!std::is_convertible_v<Quantity, Price>);
    static_assert(!std::is_convertible_v<Price, Notional>);
}
