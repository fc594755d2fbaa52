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

// The time of a turn of the hot loop: read once for all messages that the turn takes, since reading
// it for each record would cost more than writing the record. Owner: one thread.
class BatchClock final : public Clock {
public:
    BatchClock() { read(); }
    void read() {
        utc_ = system_.utc();
        mono_ns_ = system_.mono_ns();
    }
    UtcNanos utc() override { return utc_; }
    std::int64_t mono_ns() override { return mono_ns_; }

private:
    SystemClock system_;
    UtcNanos utc_;
    std::int64_t mono_ns_ = 0;
};

}  // namespace sluice::engine
