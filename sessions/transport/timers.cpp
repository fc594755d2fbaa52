#include "sessions/transport/timers.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <sys/timerfd.h>

namespace sluice::transport {

Timers::Timers() : timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
    if (!timer_.is_open()) {
        throw std::system_error(errno, std::generic_category(), "timerfd_create");
    }
}

TimerId Timers::after(std::chrono::nanoseconds delay, std::function<void()> call) {
    return add(SteadyClock::now() + delay, std::chrono::nanoseconds{0}, std::move(call));
}

TimerId Timers::every(std::chrono::nanoseconds period, std::function<void()> call) {
    return add(SteadyClock::now() + period, period, std::move(call));
}

TimerId Timers::add(SteadyClock::time_point at,
                    std::chrono::nanoseconds period,
                    std::function<void()> call) {
    const std::uint64_t id = ++last_id_;
    entries_.emplace(id, Entry{at, period, std::move(call)});
    order_.emplace(at, id);
    if (at < armed_) {
        arm();
    }
    return static_cast<TimerId>(id);
}

// The kernel timer stays as it is: firing early finds nothing due and arms again.
void Timers::cancel(TimerId id) {
    const auto found = entries_.find(static_cast<std::uint64_t>(id));
    if (found != entries_.end()) {
        order_.erase({found->second.at, found->first});
        entries_.erase(found);
    }
}

std::size_t Timers::fire(SteadyClock::time_point now) {
    std::uint64_t expirations = 0;
    [[maybe_unused]] const auto got = ::read(timer_.get(), &expirations, sizeof expirations);
    armed_ = SteadyClock::time_point::max();
    std::size_t fired = 0;
    while (!order_.empty() && order_.begin()->first <= now) {
        run(order_.begin()->second, now);
        ++fired;
    }
    arm();
    return fired;
}

// The callback is moved out while it runs, because it may cancel its own timer.
void Timers::run(std::uint64_t id, SteadyClock::time_point now) {
    order_.erase(order_.begin());
    auto found = entries_.find(id);
    auto call = std::move(found->second.call);
    if (found->second.period.count() == 0) {
        entries_.erase(found);
        call();
        return;
    }
    auto& entry = found->second;
    entry.at = std::max(entry.at + entry.period, now + std::chrono::nanoseconds{1});
    order_.emplace(entry.at, id);
    call();
    found = entries_.find(id);
    if (found != entries_.end()) {
        found->second.call = std::move(call);
    }
}

void Timers::arm() {
    if (order_.empty()) {
        return;
    }
    armed_ = order_.begin()->first;
    const auto since = armed_.time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since);
    itimerspec when{};
    when.it_value.tv_sec = seconds.count();
    when.it_value.tv_nsec = std::max<long>((since - seconds).count(), 1);
    ::timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME, &when, nullptr);
}

}  // namespace sluice::transport
