#include "sessions/codec/utc_time.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <limits>

namespace sluice::codec {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

void put_two(char* out, std::int64_t value) {
    out[0] = static_cast<char>('0' + value / 10);
    out[1] = static_cast<char>('0' + value % 10);
}

// A number of exactly `text.size()` digits, or -1.
int digits(std::string_view text) {
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return -1;
        }
        number = number * 10 + (c - '0');
    }
    return number;
}

}  // namespace

void UtcWriter::set_second(std::int64_t second) {
    using namespace std::chrono;
    const std::int64_t day = second / kSecondsPerDay;
    if (day != day_) {
        const year_month_day date{sys_days{days{day}}};
        const int year = static_cast<int>(date.year());
        put_two(text_, year / 100);
        put_two(text_ + 2, year % 100);
        put_two(text_ + 4, static_cast<unsigned>(date.month()));
        put_two(text_ + 6, static_cast<unsigned>(date.day()));
        day_ = day;
    }
    const std::int64_t of_day = second % kSecondsPerDay;
    text_[8] = '-';
    put_two(text_ + 9, of_day / 3600);
    text_[11] = ':';
    put_two(text_ + 12, of_day / 60 % 60);
    text_[14] = ':';
    put_two(text_ + 15, of_day % 60);
    second_ = second;
}

char* UtcWriter::write(char* out, UtcNanos time, int digits) {
    const auto nanos = static_cast<std::uint64_t>(std::max<std::int64_t>(time.value, 0));
    const auto second = static_cast<std::int64_t>(nanos / kNanosPerSecond);
    if (second != second_) {
        set_second(second);
    }
    std::memcpy(out, text_, sizeof text_);
    out += sizeof text_;
    if (digits <= 0) {
        return out;
    }
    constexpr std::size_t kAll = 9;
    auto fraction = static_cast<std::uint32_t>(nanos % kNanosPerSecond);
    const std::size_t kept = std::min(static_cast<std::size_t>(digits), kAll);
    if (kept == 3) {
        fraction /= 1'000'000;
    } else {
        for (std::size_t n = kept; n < kAll; ++n) {
            fraction /= 10;
        }
    }
    *out = '.';
    for (std::size_t at = kept; at > 0; --at, fraction /= 10) {
        out[at] = static_cast<char>('0' + fraction % 10);
    }
    return out + kept + 1;
}

std::optional<UtcNanos> parse_utc(std::string_view text) {
    using namespace std::chrono;
    if (text.size() < 17 || text[8] != '-' || text[11] != ':' || text[14] != ':') {
        return std::nullopt;
    }
    const int year_ = digits(text.substr(0, 4));
    const int month_ = digits(text.substr(4, 2));
    const int day_ = digits(text.substr(6, 2));
    const int hour_ = digits(text.substr(9, 2));
    const int minute_ = digits(text.substr(12, 2));
    const int second_ = digits(text.substr(15, 2));
    if (year_ < 1970 || year_ > 2261 || month_ < 1 || day_ < 1 || hour_ < 0 || hour_ > 23 ||
        minute_ < 0 || minute_ > 59 || second_ < 0 || second_ > 60) {
        return std::nullopt;
    }
    const year_month_day date{year{year_}, month{static_cast<unsigned>(month_)},
                              day{static_cast<unsigned>(day_)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    std::int64_t fraction = 0;
    if (text.size() > 17) {
        const std::string_view part = text.substr(18);
        if (text[17] != '.' || part.empty() || part.size() > 9 || digits(part) < 0) {
            return std::nullopt;
        }
        fraction = digits(part);
        for (std::size_t i = part.size(); i < 9; ++i) {
            fraction *= 10;
        }
    }
    const std::int64_t days_ = sys_days{date}.time_since_epoch().count();
    const std::int64_t seconds = days_ * kSecondsPerDay + hour_ * 3600 + minute_ * 60 + second_;
    return UtcNanos{seconds * kNanosPerSecond + fraction};
}

std::optional<UtcNanos> parse_utc_date(std::string_view text) {
    constexpr std::string_view kLast = "-23:59:59.999999999";
    constexpr std::size_t kDateSize = 8;
    if (text.size() != kDateSize) {
        return std::nullopt;
    }
    std::array<char, kDateSize + kLast.size()> whole{};
    std::copy(text.begin(), text.end(), whole.begin());
    std::copy(kLast.begin(), kLast.end(), whole.begin() + kDateSize);
    return parse_utc({whole.data(), whole.size()});
}

}  // namespace sluice::codec
