// The hours of a market: its phases through a day, weekdays, holidays and short days, in the
// market's time zone, with daylight saving as the system's time zone database has it. Pure
// functions of a time that is given; the core never comes here, it is told each change of phase as
// an input. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/domain/core_config.hpp"
#include "gateway/domain/result.hpp"
#include "gateway/domain/time.hpp"

namespace sluice::calendar {

// As a document says it.
struct Hours {
    std::string zone = "UTC";             // a name of the tz database
    std::vector<std::string> day;         // "09:30 continuous", ascending
    std::vector<std::string> weekdays;    // mon to sun; empty: mon to fri
    std::vector<std::string> holidays;    // "2026-12-25": closed all day
    std::vector<std::string> short_days;  // "2026-11-27 13:00": closed from then on
    friend bool operator==(const Hours&, const Hours&) = default;
};

bool is_zone(const std::string& name);

// What happens in a market, and when.
struct Change {
    UtcNanos time;
    Phase phase = Phase::Closed;
};

class Calendar {
public:
    // The error says which of the words and what was expected.
    static Result<Calendar, std::string> parse(const Hours& hours);

    Phase phase_at(UtcNanos time) const;
    // The first change after `time`; in ten years when there is none before.
    Change next_after(UtcNanos time) const;

private:
    struct Step {
        std::int64_t seconds = 0;  // local time of day
        Phase phase = Phase::Closed;
    };
    struct ShortDay {
        std::int64_t day = 0;  // days since 1970-01-01
        std::int64_t seconds = 0;
    };
    // Every change of the local day, in UTC.
    std::vector<Change> changes_of(std::int64_t day) const;

    std::string zone_;
    std::vector<Step> steps_;
    std::uint8_t weekdays_ = 0;  // bit 0: Monday
    std::vector<std::int64_t> holidays_;
    std::vector<ShortDay> short_days_;
};

// The newest time of day `at` ("17:00") in the zone that is not after `time`; the error says what
// was expected. When the clocks go forward over it, it is the moment they do.
Result<UtcNanos, std::string> latest(const std::string& at, const std::string& zone, UtcNanos time);

}  // namespace sluice::calendar
