// Points in time: UTC nanoseconds since 1970-01-01T00:00:00Z. Nothing here reads a clock; clocks
// are read at the edge (gateway/app, sessions) and the time travels with the input.
#pragma once

#include <compare>
#include <cstdint>

namespace sluice {

struct UtcNanos {
    std::int64_t value = 0;
    friend constexpr bool operator==(UtcNanos, UtcNanos) = default;
    friend constexpr auto operator<=>(UtcNanos, UtcNanos) = default;
    friend constexpr std::int64_t operator-(UtcNanos a, UtcNanos b) { return a.value - b.value; }
    friend constexpr UtcNanos operator+(UtcNanos a, std::int64_t ns) { return {a.value + ns}; }
};

inline constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
inline constexpr std::int64_t kNanosPerMilli = 1'000'000;

}  // namespace sluice
