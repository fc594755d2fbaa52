// What a scope may do: everything, only reduce its positions, or nothing new at all. Set by
// operators and by alarms; survives configuration documents and day rolls. The state of one
// account's instrument is in its PositionRow.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice {

enum class TradingState : std::uint8_t { Active = 0, ReduceOnly, Killed };

constexpr std::string_view to_text(TradingState state) {
    switch (state) {
        case TradingState::Active:
            return "active";
        case TradingState::ReduceOnly:
            return "reduce only";
        case TradingState::Killed:
            break;
    }
    return "killed";
}

struct TradingStates {
    TradingState firm = TradingState::Active;
    std::vector<TradingState> groups;
    std::vector<TradingState> venues;
    std::vector<TradingState> sessions;
    std::vector<TradingState> traders;
    std::vector<TradingState> accounts;
    std::vector<TradingState> instruments;
};

}  // namespace sluice
