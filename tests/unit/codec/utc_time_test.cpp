#include "sessions/codec/utc_time.hpp"

#include <random>

#include <catch2/catch.hpp>

namespace sluice::test {
namespace {

std::string written(UtcNanos time, int digits) {
    codec::UtcWriter writer;
    char text[codec::kUtcTextMax];
    return {text, writer.write(text, time, digits)};
}

}  // namespace

TEST_CASE("a time is written as the calendar says") {
    const auto [ns, text] = GENERATE(table<std::int64_t, std::string>({
        {0, "19700101-00:00:00.000000000"},
        {1'767'323'045'678'901'234, "20260102-03:04:05.678901234"},
        {1'709'251'199'999'999'999, "20240229-23:59:59.999999999"},
        {1'709'251'200'000'000'000, "20240301-00:00:00.000000000"},
        {-5, "19700101-00:00:00.000000000"},
    }));
    CHECK(written(UtcNanos{ns}, 9) == text);
}

TEST_CASE("a writer that is used over midnight and back writes each day") {
    codec::UtcWriter writer;
    const auto write = [&](std::int64_t seconds) {
        char text[codec::kUtcTextMax];
        return std::string(text, writer.write(text, UtcNanos{seconds * kNanosPerSecond}, 0));
    };
    CHECK(write(86'399) == "19700101-23:59:59");
    CHECK(write(86'400) == "19700102-00:00:00");
    CHECK(write(86'399) == "19700101-23:59:59");
}

TEST_CASE("what was written is read back to the digit") {
    std::mt19937_64 random(11);
    for (int i = 0; i < 2'000; ++i) {
        const UtcNanos time{static_cast<std::int64_t>(random() % 9'000'000'000'000'000'000ULL)};
        CHECK(codec::parse_utc(written(time, 9)) == time);
        const UtcNanos millis{time.value / kNanosPerMilli * kNanosPerMilli};
        CHECK(codec::parse_utc(written(time, 3)) == millis);
    }
}

TEST_CASE("a leap second is the second after it") {
    CHECK(codec::parse_utc("20161231-23:59:60") == codec::parse_utc("20170101-00:00:00"));
}

TEST_CASE("what is no timestamp is not read") {
    const auto text = GENERATE(values<std::string>(
        {"", "20260102", "20260102-03:04", "2026010203:04:05.000", "20261302-03:04:05",
         "20260230-03:04:05", "20260102-24:00:00", "20260102-03:60:00", "20260102-03:04:61",
         "20260102-03:04:05.", "20260102-03:04:05.1234567890", "20260102-03:04:05,123",
         "2026010a-03:04:05", "20260102 03:04:05", "-0260102-03:04:05", "20260102-03:04:05.12x"}));
    CHECK(codec::parse_utc(text) == std::nullopt);
}

}  // namespace sluice::test
