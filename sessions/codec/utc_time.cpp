#include "sessions/codec/utc_time.hpp"

#include <algorithm>
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

void UtcWriter::set_day(std::int64_t day) {
    using namespace std::chrono;
    const year_month_day date{sys_days{days{day}}};
    const int year = static_cast<int>(date.year());
    put_two(date_, year / 100);
    put_two(date_ + 2, year % 100);
    put_two(date_ + 4, static_cast<unsigned>(date.month()));
    put_two(date_ + 6, static_cast<unsigned>(date.day()));
    date_[8] = '-';
    day_ = day;
}

char* UtcWriter::write(char* out, UtcNanos time, int digits) {
    const std::int64_t nanos = std::max<std::int64_t>(time.value, 0);
    const std::int64_t seconds = nanos / kNanosPerSecond;
    const std::int64_t day = seconds / kSecondsPerDay;
    if (day != day_) {
        set_day(day);
    }
    const std::int64_t of_day = seconds % kSecondsPerDay;
    std::memcpy(out, date_, sizeof(date_));
    put_two(out + 9, of_day / 3600);
    out[11] = ':';
    put_two(out + 12, of_day / 60 % 60);
    out[14] = ':';
    put_two(out + 15, of_day % 60);
    out += 17;
    if (digits <= 0) {
        return out;
    }
    *out++ = '.';
    std::int64_t fraction = nanos % kNanosPerSecond;
    char all[9];
    for (std::size_t at = 9; at-- > 0; fraction /= 10) {
        all[at] = static_cast<char>('0' + fraction % 10);
    }
    const auto kept = static_cast<std::size_t>(std::min(digits, 9));
    std::memcpy(out, all, kept);
    return out + kept;
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

}  // namespace sluice::codec
