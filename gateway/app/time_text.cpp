// The times of record_view.hpp as text, and back.
#include <charconv>
#include <chrono>

#include <fmt/format.h>

#include "gateway/app/record_view.hpp"

namespace sluice::app {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

std::int64_t floor_day(std::int64_t ns) {
    return ns - ((ns % kDay) + kDay) % kDay;
}

// Exactly `digits` digits from the front.
std::optional<int> take_digits(std::string_view& text, std::size_t digits) {
    int value = 0;
    if (text.size() < digits) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
    if (error != std::errc() || end != text.data() + digits || text.front() == '-') {
        return std::nullopt;
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

// "12:00", "12:00:05", "12:00:05.123" with an optional Z.
std::optional<std::int64_t> parse_clock(std::string_view text) {
    const auto hour = take_digits(text, 2);
    const auto minute = hour && take(text, ':') ? take_digits(text, 2) : std::nullopt;
    if (!minute || *hour > 23 || *minute > 59) {
        return std::nullopt;
    }
    std::int64_t ns = (*hour * 3'600 + *minute * 60) * kSecond;
    if (take(text, ':')) {
        const auto second = take_digits(text, 2);
        if (!second || *second > 60) {
            return std::nullopt;
        }
        ns += *second * kSecond;
        std::int64_t weight = kSecond / 10;
        if (take(text, '.')) {
            for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; weight /= 10) {
                ns += (text.front() - '0') * weight;
                text.remove_prefix(1);
            }
        }
    }
    take(text, 'Z');
    return text.empty() ? std::optional(ns) : std::nullopt;
}

}  // namespace

std::string iso_time(std::int64_t utc_ns) {
    using namespace std::chrono;
    const sys_days day{days(floor_day(utc_ns) / kDay)};
    const year_month_day date{day};
    const std::int64_t rest = utc_ns - floor_day(utc_ns);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       rest / (3'600 * kSecond), rest / (60 * kSecond) % 60, rest / kSecond % 60,
                       rest % kSecond);
}

std::string clock_time(std::int64_t utc_ns) {
    return iso_time(utc_ns).substr(11, 15);
}

std::optional<std::int64_t> parse_time(std::string_view text, std::int64_t today_ns) {
    if (text.size() >= 3 && text[2] == ':') {
        const auto clock = parse_clock(text);
        return clock ? std::optional(floor_day(today_ns) + *clock) : std::nullopt;
    }
    const auto year = take_digits(text, 4);
    const auto month = year && take(text, '-') ? take_digits(text, 2) : std::nullopt;
    const auto day = month && take(text, '-') ? take_digits(text, 2) : std::nullopt;
    if (!day) {
        return std::nullopt;
    }
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(*year),
                              std::chrono::month(static_cast<unsigned>(*month)),
                              std::chrono::day(static_cast<unsigned>(*day))};
    // Nanoseconds since 1970 in 64 bits end within the year 2262.
    if (!date.ok() || *year < 1970 || *year > 2261) {
        return std::nullopt;
    }
    const std::int64_t start = sys_days(date).time_since_epoch().count() * kDay;
    if (text.empty()) {
        return start;
    }
    const auto clock = take(text, 'T') ? parse_clock(text) : std::nullopt;
    return clock ? std::optional(start + *clock) : std::nullopt;
}

}  // namespace sluice::app
