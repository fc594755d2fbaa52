// Strong ids. Dense indexes are given out in the order in which configuration documents name things
// and are never reused, so a record of last month still means the same session, account or venue.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace sluice {

template <class Tag, class Int>
struct Id {
    Int value = 0;
    friend constexpr bool operator==(Id, Id) = default;
    friend constexpr auto operator<=>(Id, Id) = default;
};

using SessionId = Id<struct SessionTag, std::uint32_t>;  // a trading client's FIX session
using AccountId = Id<struct AccountTag, std::uint32_t>;
using InstrumentId = Id<struct InstrumentTag, std::uint32_t>;
using VenueId = Id<struct VenueTag, std::uint32_t>;

// epoch << 40 | counter. The epoch counts process starts, so an id that reached the outside is
// never given again, even when a power cut took the record of it (durability `written`). 0 is no
// order.
using OrderId = Id<struct OrderTag, std::uint64_t>;
using ExecId = Id<struct ExecTag, std::uint64_t>;

inline constexpr unsigned kEpochShift = 40;
inline constexpr std::uint64_t kCounterMask = (std::uint64_t{1} << kEpochShift) - 1;

constexpr std::uint64_t epoch_of(std::uint64_t id) {
    return id >> kEpochShift;
}
constexpr std::uint64_t counter_of(std::uint64_t id) {
    return id & kCounterMask;
}

inline constexpr std::uint32_t kNoIndex = 0xffff'ffffU;  // "none" for the dense ids

}  // namespace sluice

template <class Tag, class Int>
struct std::hash<sluice::Id<Tag, Int>> {
    std::size_t operator()(sluice::Id<Tag, Int> id) const noexcept {
        return std::hash<Int>{}(id.value);
    }
};
