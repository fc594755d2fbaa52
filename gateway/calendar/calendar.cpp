#include "gateway/calendar/calendar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <date/tz.h>

namespace sluice::calendar {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty()
               ? std::optional(value)
               : std::nullopt;
}

// "09:30" or "09:30:15" as seconds of the day.
std::optional<std::int64_t> time_of_day(std::string_view text) {
    if ((text.size() != 5 && text.size() != 8) || text[2] != ':') {
        return std::nullopt;
    }
    const auto hours = number(text.substr(0, 2));
    const auto minutes = number(text.substr(3, 2));
    const auto seconds =
        text.size() == 8 && text[5] == ':' ? number(text.substr(6)) : std::optional(0);
    const bool good = hours && minutes && seconds && (text.size() == 5 || text[5] == ':') &&
                      *hours >= 0 && *hours < 24 && *minutes >= 0 && *minutes < 60 &&
                      *seconds >= 0 && *seconds < 60;
    return good ? std::optional<std::int64_t>(*hours * 3600 + *minutes * 60 + *seconds)
                : std::nullopt;
}

// "2026-12-25" as days since 1970-01-01.
std::optional<std::int64_t> day_of(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    const auto day = number(text.substr(8, 2));
    if (!year || !month || !day || *month < 1 || *day < 1) {
        return std::nullopt;
    }
    const date::year_month_day date{date::year{*year}, date::month{static_cast<unsigned>(*month)},
                                    date::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional<std::int64_t>(date::sys_days(date).time_since_epoch().count())
                     : std::nullopt;
}

std::pair<std::string_view, std::string_view> halves(std::string_view text) {
    const auto blank = text.find(' ');
    return blank == std::string_view::npos
               ? std::pair{text, std::string_view{}}
               : std::pair{text.substr(0, blank), text.substr(blank + 1)};
}

std::optional<std::uint8_t> weekday_bit(std::string_view word) {
    constexpr std::array<std::string_view, 7> kWords = {"mon", "tue", "wed", "thu",
                                                        "fri", "sat", "sun"};
    const auto found = std::find(kWords.begin(), kWords.end(), word);
    return found == kWords.end()
               ? std::nullopt
               : std::optional(static_cast<std::uint8_t>(1U << (found - kWords.begin())));
}

// 1970-01-01 was a Thursday.
std::uint8_t weekday_of(std::int64_t day) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(((day + 3) % 7 + 7) % 7));
}

// A local time that does not exist is the moment the clocks go forward; one that exists twice is
// the first.
UtcNanos to_utc(const date::time_zone& zone, std::int64_t day, std::int64_t seconds) {
    const date::local_seconds local{std::chrono::seconds(day * kDaySeconds + seconds)};
    const date::local_info info = zone.get_info(local);
    const auto time = info.result == date::local_info::nonexistent
                          ? info.first.end
                          : date::sys_seconds(local.time_since_epoch() - info.first.offset);
    return UtcNanos{time.time_since_epoch().count() * kNanosPerSecond};
}

std::int64_t local_day(const date::time_zone& zone, UtcNanos time) {
    const date::sys_seconds utc{std::chrono::seconds(time.value / kNanosPerSecond -
                                                     (time.value % kNanosPerSecond < 0 ? 1 : 0))};
    const auto local = zone.to_local(utc).time_since_epoch().count();
    return local / kDaySeconds - (local % kDaySeconds < 0 ? 1 : 0);
}

using Parsed = Result<Calendar, std::string>;

}  // namespace

bool is_zone(const std::string& name) {
    try {
        return date::locate_zone(name) != nullptr;
    } catch (const std::runtime_error&) {
        return false;
    }
}

Result<Calendar, std::string> Calendar::parse(const Hours& hours) {
    Calendar out;
    if (!is_zone(hours.zone)) {
        return Parsed::failure("'" + hours.zone + "' is no name of the time zone database");
    }
    out.zone_ = hours.zone;
    for (const std::string& text : hours.day) {
        const auto [at, word] = halves(text);
        const auto seconds = time_of_day(at);
        const auto phase = phase_of(word);
        if (!seconds || !phase) {
            return Parsed::failure("'" + text + "' is not as in '09:30 continuous'");
        }
        if (!out.steps_.empty() && *seconds <= out.steps_.back().seconds) {
            return Parsed::failure("'" + text + "' is not after the one before it");
        }
        out.steps_.push_back({*seconds, *phase});
    }
    for (const std::string& word : hours.weekdays) {
        const auto bit = weekday_bit(word);
        if (!bit) {
            return Parsed::failure("'" + word + "' is none of mon, tue, wed, thu, fri, sat, sun");
        }
        out.weekdays_ = static_cast<std::uint8_t>(out.weekdays_ | *bit);
    }
    out.weekdays_ = hours.weekdays.empty() ? std::uint8_t{0x1f} : out.weekdays_;
    for (const std::string& text : hours.holidays) {
        const auto day = day_of(text);
        if (!day) {
            return Parsed::failure("'" + text + "' is not a date as in 2026-12-25");
        }
        out.holidays_.push_back(*day);
    }
    for (const std::string& text : hours.short_days) {
        const auto [date, at] = halves(text);
        const auto day = day_of(date);
        const auto seconds = time_of_day(at);
        if (!day || !seconds) {
            return Parsed::failure("'" + text + "' is not as in '2026-11-27 13:00'");
        }
        out.short_days_.push_back({*day, *seconds});
    }
    return out;
}

std::vector<Change> Calendar::changes_of(std::int64_t day) const {
    std::vector<Change> changes;
    const date::time_zone& zone = *date::locate_zone(zone_);
    const bool works = (weekdays_ & weekday_of(day)) != 0 &&
                       std::find(holidays_.begin(), holidays_.end(), day) == holidays_.end();
    if (!works) {
        return {{to_utc(zone, day, 0), Phase::Closed}};
    }
    const auto short_day = std::find_if(short_days_.begin(), short_days_.end(),
                                        [day](const ShortDay& one) { return one.day == day; });
    for (const Step& step : steps_) {
        if (short_day != short_days_.end() && step.seconds >= short_day->seconds) {
            break;
        }
        changes.push_back({to_utc(zone, day, step.seconds), step.phase});
    }
    if (short_day != short_days_.end()) {
        changes.push_back({to_utc(zone, day, short_day->seconds), Phase::Closed});
    }
    return changes;
}

Phase Calendar::phase_at(UtcNanos time) const {
    const std::int64_t today = local_day(*date::locate_zone(zone_), time);
    // The last change of a day lasts until the next one, however many days later that is.
    for (std::int64_t day = today; day > today - 15; --day) {
        const auto changes = changes_of(day);
        for (auto at = changes.rbegin(); at != changes.rend(); ++at) {
            if (at->time <= time) {
                return at->phase;
            }
        }
    }
    return Phase::Closed;
}

Change Calendar::next_after(UtcNanos time) const {
    const std::int64_t today = local_day(*date::locate_zone(zone_), time);
    const Phase now = phase_at(time);
    for (std::int64_t day = today; day < today + 3660; ++day) {
        for (const Change& change : changes_of(day)) {
            if (change.time > time && change.phase != now) {
                return change;
            }
        }
    }
    return {UtcNanos{time.value + 3660 * kDaySeconds * kNanosPerSecond}, now};
}

Result<UtcNanos, std::string> latest(const std::string& at,
                                     const std::string& zone,
                                     UtcNanos time) {
    using Out = Result<UtcNanos, std::string>;
    const auto seconds = time_of_day(at);
    if (!seconds) {
        return Out::failure("'" + at + "' is not a time of day as in 17:00");
    }
    if (!is_zone(zone)) {
        return Out::failure("'" + zone + "' is no name of the time zone database");
    }
    const date::time_zone& where = *date::locate_zone(zone);
    const std::int64_t today = local_day(where, time);
    const UtcNanos candidate = to_utc(where, today, *seconds);
    return candidate <= time ? candidate : to_utc(where, today - 1, *seconds);
}

}  // namespace sluice::calendar
