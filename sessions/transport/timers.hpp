// Timers: deadlines and repeating ticks behind one timerfd, so that a sleeping reactor needs no
// poll timeout. Owner: the reactor's thread. Callbacks run inside Reactor::poll(). Adding and
// cancelling may allocate: timers belong to connects, Logons and ticks, not to orders.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <unordered_map>
#include <utility>

#include "sessions/transport/fd.hpp"

namespace sluice::transport {

using SteadyClock = std::chrono::steady_clock;  // CLOCK_MONOTONIC, the timerfd's clock
enum class TimerId : std::uint64_t { None = 0 };

class Timers {
public:
    Timers();  // throws std::system_error when there is no timerfd to give: at start only

    TimerId after(std::chrono::nanoseconds delay, std::function<void()> call);
    // The first call comes one period from now. A period that was missed is not made up for.
    TimerId every(std::chrono::nanoseconds period, std::function<void()> call);
    void cancel(TimerId id);  // unknown, None or already fired: nothing happens

    std::size_t fire(SteadyClock::time_point now);  // runs what is due, answers how many
    int fd() const { return timer_.get(); }
    std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        SteadyClock::time_point at;
        std::chrono::nanoseconds period;  // 0: once
        std::function<void()> call;
    };
    TimerId add(SteadyClock::time_point at,
                std::chrono::nanoseconds period,
                std::function<void()> call);
    void run(std::uint64_t id, SteadyClock::time_point now);
    void arm();

    Fd timer_;
    std::uint64_t last_id_ = 0;
    std::unordered_map<std::uint64_t, Entry> entries_;
    std::set<std::pair<SteadyClock::time_point, std::uint64_t>> order_;
    SteadyClock::time_point armed_ = SteadyClock::time_point::max();
};

}  // namespace sluice::transport
