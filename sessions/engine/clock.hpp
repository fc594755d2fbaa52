// The clock of the edge. app/ gives the real one; tests give their own.
#pragma once

#include <chrono>

#include "gateway/domain/time.hpp"

namespace sluice::engine {

class Clock {
public:
    virtual ~Clock() = default;
    virtual UtcNanos utc() = 0;
    virtual std::int64_t mono_ns() = 0;
};

class SystemClock final : public Clock {
public:
    UtcNanos utc() override {
        return {std::chrono::duration_cast<std::chrono::nanoseconds>(
                    std::chrono::system_clock::now().time_since_epoch())
                    .count()};
    }
    std::int64_t mono_ns() override {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(
                   std::chrono::steady_clock::now().time_since_epoch())
            .count();
    }
};

}  // namespace sluice::engine
