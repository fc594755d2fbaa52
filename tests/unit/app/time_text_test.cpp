#include <catch2/catch.hpp>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/record_filter.hpp"

using namespace sluice::app;

namespace {
constexpr std::int64_t kNow = 1'767'270'600'000'000'000;  // 2026-01-01T12:30:00Z
constexpr std::int64_t kMidnight = 1'767'225'600'000'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;
}  // namespace

TEST_CASE("a time of day is of today, a date is its midnight") {
    const auto [text, seconds] =
        GENERATE(table<std::string, std::int64_t>({{"00:00", 0},
                                                   {"14:30", 52'200},
                                                   {"14:30:05", 52'205},
                                                   {"2026-01-01", 0},
                                                   {"2026-01-02", 86'400},
                                                   {"2026-01-01T01:00", 3'600},
                                                   {"2026-01-01T01:00Z", 3'600}}));
    CHECK(parse_time(text, kNow) == kMidnight + seconds * kSecond);
}

TEST_CASE("what iso_time writes is read back to the nanosecond") {
    const std::int64_t time = kNow + 123'456'789;
    CHECK(iso_time(time) == "2026-01-01T12:30:00.123456789Z");
    CHECK(parse_time(iso_time(time), 0) == time);
}

TEST_CASE("what is no time is refused by the option's name") {
    const std::string text = GENERATE(as<std::string>{}, "24:00", "12:60", "noon", "2026-02-30", "",
                                      "12:00x", "2026-01-01 12:00", "2826-01-01", "1969-12-31");
    CHECK_FALSE(parse_time(text, kNow));
    try {
        parse_time_option("--from", text, kNow);
        FAIL("was taken");
    } catch (const CliFailure& failure) {
        CHECK(failure.exit_code == kUsage);
        CHECK(failure.text.find("--from") == 0);
    }
}
