#include "gateway/calendar/calendar.hpp"

#include <catch2/catch.hpp>
#include <date/date.h>

namespace sluice::calendar {
namespace {

UtcNanos utc(const std::string& text) {
    std::istringstream in(text);
    date::sys_seconds time;
    in >> date::parse("%Y-%m-%dT%H:%M:%S", time);
    REQUIRE(in);
    return UtcNanos{time.time_since_epoch().count() * kNanosPerSecond};
}

Hours new_york() {
    Hours hours;
    hours.zone = "America/New_York";
    hours.day = {"04:00 pre_open", "09:30 continuous", "16:00 closed"};
    hours.holidays = {"2026-12-25"};
    hours.short_days = {"2026-11-27 13:00"};
    return hours;
}

Calendar calendar_of(const Hours& hours) {
    const auto parsed = Calendar::parse(hours);
    INFO((parsed.ok() ? std::string() : parsed.error()));
    REQUIRE(parsed.ok());
    return parsed.value();
}

TEST_CASE("phases follow the local time of day, in summer and in winter") {
    const Calendar calendar = calendar_of(new_york());
    CHECK(calendar.phase_at(utc("2026-07-01T13:29:59")) == Phase::PreOpen);
    CHECK(calendar.phase_at(utc("2026-07-01T13:30:00")) == Phase::Continuous);
    CHECK(calendar.phase_at(utc("2026-07-01T20:00:00")) == Phase::Closed);
    CHECK(calendar.phase_at(utc("2026-12-01T14:29:59")) == Phase::PreOpen);
    CHECK(calendar.phase_at(utc("2026-12-01T14:30:00")) == Phase::Continuous);
    CHECK(calendar.phase_at(utc("2026-12-01T08:59:59")) == Phase::Closed);
    CHECK(calendar.phase_at(utc("2026-12-01T09:00:00")) == Phase::PreOpen);
}

TEST_CASE("weekends and holidays are closed and short days close early") {
    const Calendar calendar = calendar_of(new_york());
    CHECK(calendar.phase_at(utc("2026-12-05T16:00:00")) == Phase::Closed);
    CHECK(calendar.phase_at(utc("2026-12-25T16:00:00")) == Phase::Closed);
    CHECK(calendar.phase_at(utc("2026-12-24T16:00:00")) == Phase::Continuous);
    CHECK(calendar.phase_at(utc("2026-11-27T17:59:59")) == Phase::Continuous);
    CHECK(calendar.phase_at(utc("2026-11-27T18:00:00")) == Phase::Closed);
}

TEST_CASE("the next change is over the weekend when that is next") {
    const Calendar calendar = calendar_of(new_york());
    const Change next = calendar.next_after(utc("2026-12-04T21:00:00"));  // Friday, after the close
    CHECK(next.time == utc("2026-12-07T09:00:00"));
    CHECK(next.phase == Phase::PreOpen);
    const Change close = calendar.next_after(utc("2026-11-27T15:00:00"));
    CHECK(close.time == utc("2026-11-27T18:00:00"));
    CHECK(close.phase == Phase::Closed);
}

TEST_CASE("every change of a year is where phase_at says it is") {
    const Calendar calendar = calendar_of(new_york());
    UtcNanos at = utc("2026-01-01T00:00:00");
    int changes = 0;
    while (at < utc("2027-01-01T00:00:00")) {
        const Change next = calendar.next_after(at);
        REQUIRE(next.time > at);
        REQUIRE(calendar.phase_at(UtcNanos{next.time.value - 1}) != next.phase);
        REQUIRE(calendar.phase_at(next.time) == next.phase);
        at = next.time;
        ++changes;
    }
    CHECK(changes > 700);
}

TEST_CASE("a market that trades through the night keeps its phase over midnight") {
    Hours hours;
    hours.zone = "America/Chicago";
    hours.day = {"16:00 closed", "17:00 continuous"};
    hours.weekdays = {"sun", "mon", "tue", "wed", "thu"};
    const Calendar calendar = calendar_of(hours);
    CHECK(calendar.phase_at(utc("2026-12-02T06:30:00")) == Phase::Continuous);  // 00:30 local
    CHECK(calendar.phase_at(utc("2026-12-02T22:30:00")) == Phase::Closed);      // 16:30 local
}

TEST_CASE("the day rolls at local time, and over the hour that does not exist") {
    const auto at = [](const char* time, const char* now) {
        const auto found = latest(time, "America/New_York", utc(now));
        REQUIRE(found.ok());
        return found.value();
    };
    CHECK(at("17:00", "2026-07-01T20:59:59") == utc("2026-06-30T21:00:00"));
    CHECK(at("17:00", "2026-07-01T21:00:00") == utc("2026-07-01T21:00:00"));
    CHECK(at("17:00", "2026-12-01T22:00:00") == utc("2026-12-01T22:00:00"));
    CHECK(at("02:30", "2026-03-08T12:00:00") == utc("2026-03-08T07:00:00"));
    CHECK(at("01:30", "2026-11-01T12:00:00") == utc("2026-11-01T05:30:00"));
}

TEST_CASE("what is wrong with the hours is said in words") {
    const auto error = [](const auto& spoil) {
        Hours hours = new_york();
        spoil(hours);
        const auto parsed = Calendar::parse(hours);
        return parsed.ok() ? std::string() : parsed.error();
    };
    CHECK(error([](Hours&) {}).empty());
    CHECK(error([](Hours& h) { h.zone = "Mars/Base"; }) ==
          "'Mars/Base' is no name of the time zone database");
    CHECK(error([](Hours& h) { h.day[1] = "9:30 continuous"; }) ==
          "'9:30 continuous' is not as in '09:30 continuous'");
    CHECK(error([](Hours& h) { h.day[1] = "03:30 continuous"; }) ==
          "'03:30 continuous' is not after the one before it");
    CHECK(error([](Hours& h) { h.weekdays = {"mo"}; }) ==
          "'mo' is none of mon, tue, wed, thu, fri, sat, sun");
    CHECK(error([](Hours& h) { h.holidays = {"2026-02-30"}; }) ==
          "'2026-02-30' is not a date as in 2026-12-25");
    CHECK(error([](Hours& h) { h.short_days = {"2026-11-27"}; }) ==
          "'2026-11-27' is not as in '2026-11-27 13:00'");
}

}  // namespace
}  // namespace sluice::calendar
