#include "sessions/transport/timers.hpp"

#include <vector>

#include <catch2/catch.hpp>

using namespace sluice::transport;
using namespace std::chrono_literals;

TEST_CASE("deadlines fire in their order, and only when they are due") {
    Timers timers;
    std::vector<int> fired;
    const auto now = SteadyClock::now();
    timers.after(20s, [&] { fired.push_back(2); });
    timers.after(10s, [&] { fired.push_back(1); });
    CHECK(timers.fire(now + 5s) == 0);
    CHECK(timers.fire(now + 60s) == 2);
    CHECK(fired == std::vector{1, 2});
    CHECK(timers.size() == 0);
}

TEST_CASE("a cancelled deadline does not fire") {
    Timers timers;
    bool fired = false;
    timers.cancel(timers.after(1s, [&] { fired = true; }));
    timers.fire(SteadyClock::now() + 60s);
    CHECK_FALSE(fired);
}

TEST_CASE("a tick repeats, does not make up for missed ones, and may cancel itself") {
    Timers timers;
    int ticks = 0;
    TimerId id = TimerId::None;
    id = timers.every(1s, [&] {
        if (++ticks == 3) {
            timers.cancel(id);
        }
    });
    const auto now = SteadyClock::now();
    timers.fire(now + 10s);
    CHECK(ticks == 1);
    timers.fire(now + 11s);
    CHECK(ticks == 2);
    timers.fire(now + 12s);
    timers.fire(now + 13s);
    CHECK(ticks == 3);
    CHECK(timers.size() == 0);
}
