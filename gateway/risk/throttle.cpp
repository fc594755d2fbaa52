#include "gateway/risk/throttle.hpp"

#include <algorithm>
#include <limits>

namespace sluice {
namespace {

// Tokens of a decimal count, in the bucket's unit: 10^-8 tokens times 10^9.
Wide tokens(Decimal count) {
    return Wide{count.units()} * kNanosPerSecond;
}

}  // namespace

Wide Throttle::level(UtcNanos now, Decimal rate, Decimal burst) const {
    const Wide full = tokens(burst);
    if (!started_) {
        return full;
    }
    const Wide elapsed = std::max<Wide>(Wide{now.value} - time_.value, 0);
    // At most 2^64 * 2^63: fits. Nanoseconds times 10^-8 tokens per second are 10^-17 tokens.
    const Wide refill = std::min(elapsed * rate.units(), full);
    return std::min(level_ + refill, full);
}

void Throttle::settle(UtcNanos now, Decimal rate, Decimal burst) {
    level_ = level(now, rate, burst);
    time_ = started_ ? std::max(time_, now) : now;
    started_ = true;
}

void Throttle::take(UtcNanos now, Decimal rate, Decimal burst) {
    settle(now, rate, burst);
    level_ -= kToken;
}

std::int64_t Throttle::nano_tokens(Wide level) {
    constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min(level / Decimal::kScale, kMost));
}

}  // namespace sluice
