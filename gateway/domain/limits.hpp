// The vocabulary of limits: which limits there are, at which scope they sit, and a value that is a
// number, unlimited by an explicit word, or not set at this scope. Used by configuration, risk, the
// journal and the command line alike.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gateway/domain/decimal.hpp"

namespace sluice {

enum class LimitKey : std::uint8_t {
    None = 0,
    MaxOrderQty,       // quantity
    MaxOrderNotional,  // money
    MaxLong,           // quantity, position limit with working orders reserved
    MaxShort,
    MaxGrossNotional,   // money: executed today plus reserved
    MaxNetNotional,     // money, each side on its own
    MaxOpenOrders,      // count
    ThrottleRate,       // messages per second
    ThrottleBurst,      // messages
    CollarBps,          // 1/10,000 of the reference price
    CollarTicks,        // ticks
    CollarAbs,          // price
    MarketBufferBps,    // what a market order is priced above its reference
    MaxRefAgeMs,        // milliseconds a reference price stays usable
    MaxTurnover,        // money: executed today, plus the order by itself
    DupBurstMax,        // identical orders within the window
    DupBurstWindowMs,   // milliseconds
    OrderToTradeMax,    // messages for each execution of the day
    OrderToTradeFloor,  // messages of the day before the ratio is asked
    DailyLoss,          // money: realised and unrealised since the day roll
    Credit,             // money: positions at their marks plus reserved less collateral
    LocatePool,         // quantity that may be sold short today
    MaxExecutions,      // executions until somebody re-arms
    MaxRejectRate,      // refusals per second of a session; beyond it the session is killed
    MaxDuplicateRate,   // refusals for identical orders per second, likewise
    Count_
};
inline constexpr std::size_t kLimitKeys = static_cast<std::size_t>(LimitKey::Count_);
std::string_view to_text(LimitKey key);  // "max_order_qty"
std::optional<LimitKey> limit_key(std::string_view text);

enum class ScopeKind : std::uint8_t {
    None = 0,
    Firm,
    Group,
    Venue,
    Session,
    Trader,
    Account,
    Instrument,
    AccountInstrument
};
std::string_view to_text(ScopeKind scope);  // "account"
std::optional<ScopeKind> scope_kind(std::string_view text);

struct LimitValue {
    enum class State : std::uint8_t { NotSet = 0, Number, Unlimited };
    Decimal value;
    State state = State::NotSet;

    static LimitValue number(Decimal value) { return {value, State::Number}; }
    static LimitValue unlimited() { return {Decimal(), State::Unlimited}; }
    bool is_number() const { return state == State::Number; }
    bool is_set() const { return state != State::NotSet; }
    friend bool operator==(const LimitValue&, const LimitValue&) = default;
};

struct Limits {
    std::array<LimitValue, kLimitKeys> values{};
    LimitValue& operator[](LimitKey key) { return values[static_cast<std::size_t>(key)]; }
    const LimitValue& operator[](LimitKey key) const {
        return values[static_cast<std::size_t>(key)];
    }
    friend bool operator==(const Limits&, const Limits&) = default;
};

}  // namespace sluice
