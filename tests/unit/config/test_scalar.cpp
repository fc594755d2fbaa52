#include <array>

#include <catch2/catch.hpp>

#include "gateway/config/scalar.hpp"

namespace sluice::config {
namespace {

TEST_CASE("a duration names its unit and keeps whole nanoseconds") {
    const auto [text, expected] = GENERATE(table<std::string, std::optional<std::int64_t>>({
        {"30s", 30'000'000'000},
        {"500ms", 500'000'000},
        {"20us", 20'000},
        {"1.5ms", 1'500'000},
        {"7ns", 7},
        {"2m", 120'000'000'000},
        {"1h", 3'600'000'000'000},
        {"1d", 86'400'000'000'000},
        {"86399999999999ns", 86'399'999'999'999},
        {"0", 0},
        {"0s", 0},
        {"30", std::nullopt},
        {"s", std::nullopt},
        {"", std::nullopt},
        {"-1s", std::nullopt},
        {"1 s", std::nullopt},
        {"0.5ns", std::nullopt},
        {"1S", std::nullopt},
        {"92233720368d", std::nullopt},
    }));
    CAPTURE(text);
    CHECK(parse_duration(text) == expected);
}

TEST_CASE("a duration is written in the largest unit that fits evenly") {
    CHECK(duration_text(90'000'000'000) == "90s");
    CHECK(duration_text(120'000'000'000) == "2m");
    CHECK(duration_text(1'500'000) == "1500us");
    CHECK(duration_text(0) == "0");
}

TEST_CASE("a size names its unit") {
    CHECK(parse_size("64MiB") == 64 << 20);
    CHECK(parse_size("1.5KiB") == 1536);
    CHECK(parse_size("512B") == 512);
    CHECK_FALSE(parse_size("64MB"));
    CHECK_FALSE(parse_size("64"));
    CHECK(size_text(64 << 20) == "64MiB");
    CHECK(size_text(1536) == "1536B");
}

TEST_CASE("an octal number begins with a zero") {
    CHECK(parse_octal("0600") == 0600);
    CHECK_FALSE(parse_octal("600"));
    CHECK_FALSE(parse_octal("0608"));
}

TEST_CASE("an address range has no bits behind its prefix") {
    const auto [text, legal] = GENERATE(table<std::string, bool>({
        {"10.0.0.0/8", true},
        {"10.1.2.3", true},
        {"2001:db8::/32", true},
        {"::1", true},
        {"0.0.0.0/0", true},
        {"10.1.2.3/8", false},
        {"10.0.0.0/33", false},
        {"10.0.0.0/", false},
        {"10.0.0/8", false},
        {"2001:db8::1/32", false},
        {"localhost", false},
        {"", false},
    }));
    CAPTURE(text);
    CHECK(is_cidr(text) == legal);
}

TEST_CASE("the loopback addresses are known") {
    CHECK(is_loopback("127.0.0.1"));
    CHECK(is_loopback("127.9.9.9"));
    CHECK(is_loopback("::1"));
    CHECK_FALSE(is_loopback("0.0.0.0"));
    CHECK_FALSE(is_loopback("127.example"));
}

TEST_CASE("the nearest word is found within a third of its length") {
    constexpr std::array<std::string_view, 3> words = {"heartbeat", "password", "accounts"};
    CHECK(nearest("hartbeat", words) == "heartbeat");
    CHECK(nearest("heartbaet", words) == "heartbeat");
    CHECK(nearest("acounts", words) == "accounts");
    CHECK(nearest("zzz", words).empty());
}

}  // namespace
}  // namespace sluice::config
