// Pacer: how fast messages may leave for a venue: `rate` in a second, `burst` of them at once after
// a pause. Time is passed in; a clock that is set back costs no more than the gap between two.
#pragma once

#include <algorithm>
#include <cstdint>

#include "gateway/domain/time.hpp"

namespace sluice {

struct Pacing {
    std::uint32_t rate = 0;  // messages per second; 0: as fast as they come
    std::uint32_t burst = 1;
};

class Pacer {
public:
    explicit Pacer(const Pacing& pacing)
        : gap_ns_(pacing.rate == 0 ? 0 : kNanosPerSecond / pacing.rate),
          slack_ns_(gap_ns_ * (std::max<std::int64_t>(pacing.burst, 1) - 1)) {}

    bool may_send(UtcNanos now) const { return next(now) <= now; }
    void sent(UtcNanos now) {
        next_even_ = {std::min(std::max(next_even_.value, now.value), latest(now)) + gap_ns_};
    }
    // When the next message may leave.
    UtcNanos next(UtcNanos now) const {
        return {std::min(next_even_.value, latest(now)) - slack_ns_};
    }

private:
    // The furthest that a burst can have run ahead.
    std::int64_t latest(UtcNanos now) const { return now.value + slack_ns_ + gap_ns_; }

    std::int64_t gap_ns_;
    std::int64_t slack_ns_;
    UtcNanos next_even_;  // of the next message, were all of them a gap apart
};

}  // namespace sluice
