// Everything the checks read, in one place: static data, limits, exposure, kill switches, throttle
// buckets and reference prices. Plain data by dense id; RiskEngine is the only writer.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "gateway/domain/input.hpp"
#include "gateway/risk/burst_log.hpp"
#include "gateway/risk/exposure.hpp"
#include "gateway/risk/limit_book.hpp"
#include "gateway/risk/own_prices.hpp"
#include "gateway/risk/reference_prices.hpp"
#include "gateway/risk/static_data.hpp"
#include "gateway/risk/throttle.hpp"
#include "gateway/risk/trading_state.hpp"
#include "gateway/risk/valuation.hpp"

namespace sluice {

// Messages that went on to a venue and executions, since the day roll.
struct Activity {
    std::uint64_t messages = 0;  // new orders, replaces, cancels of the client
    std::uint64_t trades = 0;
    std::uint64_t since_armed = 0;  // executions; only a person sets it back
};

// A limit that goes back to what it was.
struct Temporary {
    Scope scope;
    LimitKey key = LimitKey::None;
    LimitValue before;
    UtcNanos until;
};

// How far a level's use of its limits has come: the number of warning marks passed, by Warned.
enum class Warned : std::uint8_t { Gross = 0, Net, Turnover, Loss, Credit, OpenOrders, Count_ };
using WarnLevels = std::array<std::uint8_t, static_cast<std::size_t>(Warned::Count_)>;

struct RiskState {
    StaticData data;
    LimitBook limits;
    Exposure exposure;
    TradingStates states;
    Valuation valuation;
    std::vector<std::uint8_t> account_loss;  // latched: lost more than the day's limit
    std::vector<std::uint8_t> node_loss;
    OwnPrices own_prices;
    std::vector<Throttle> session_throttles;
    std::vector<Throttle> account_throttles;
    std::vector<Throttle> trader_throttles;
    std::vector<Activity> session_activity;
    std::vector<Activity> account_activity;
    std::vector<Activity> trader_activity;
    BurstLog bursts;
    bool counts_bursts = false;         // some level limits identical orders
    std::vector<TradingStatus> status;  // by instrument
    std::vector<Phase> phases;          // by market
    std::vector<Temporary> temporary;
    std::vector<OverrideTicket> overrides;  // not used yet
    std::vector<std::uint32_t>
        mismatches;                       // by account: positions that differ from what was loaded
    std::vector<Throttle> reject_storms;  // by session
    std::vector<Throttle> duplicate_storms;
    std::vector<std::uint32_t> warn_at;  // percent, ascending
    std::vector<WarnLevels> account_warned;
    std::vector<WarnLevels> node_warned;
    std::vector<std::array<std::uint8_t, 2>> row_warned;  // long, short
    std::uint64_t warnings = 0;                           // told since the start of the journal
    Decimal position_tolerance;
    bool config_unaccepted = false;
    bool two_person = true;
    bool kill_on_over_fill = false;
    bool revalue_at_day_roll = false;
    std::vector<ReferencePrices> references;
    std::uint64_t config_version = 0;  // the document's version, +1 for each limit change
    std::uint32_t max_pending_replaces = 1;
    std::uint32_t day = 1;  // counts day rolls
};

// Own orders that one request may have canceled before it goes out.
inline constexpr std::size_t kCancelRestingMax = 16;

// Whose orders must not trade with each other: those of the group above the account, or of the
// account itself when it is directly below the firm.
inline std::uint32_t self_match_group(const RiskState& state, AccountId account) {
    const std::uint32_t node = state.exposure.account(account).node;
    return node == kFirmNode ? account.value : kNodeOwner | node;
}

}  // namespace sluice
