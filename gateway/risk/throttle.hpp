// An exact token bucket. The level is kept in 10^-17 tokens (nano-tokens times the Decimal scale),
// so that elapsed nanoseconds times a decimal rate is added without rounding. Time comes with the
// message; going backwards refills nothing.
#pragma once

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/time.hpp"

namespace sluice {

class Throttle {
public:
    static constexpr Wide kToken = Wide{kNanosPerSecond} * Decimal::kScale;

    // What the bucket holds at this time. A bucket that was never asked is full.
    Wide level(UtcNanos now, Decimal rate, Decimal burst) const;
    bool has_token(UtcNanos now, Decimal rate, Decimal burst) const {
        return level(now, rate, burst) >= kToken;
    }
    void take(UtcNanos now, Decimal rate, Decimal burst);
    // Books the refill up to now at this rate, before rate or burst change.
    void settle(UtcNanos now, Decimal rate, Decimal burst);

    // In nano-tokens, as a Decision records it.
    static std::int64_t nano_tokens(Wide level);
    bool started() const { return started_; }
    Wide stored_level() const { return level_; }
    UtcNanos stored_time() const { return time_; }

private:
    Wide level_ = 0;
    UtcNanos time_;
    bool started_ = false;
};

}  // namespace sluice
