#include "gateway/risk/limit_book.hpp"

#include <algorithm>
#include <initializer_list>

namespace sluice {
namespace {

constexpr std::uint64_t bit(LimitKey key) {
    return std::uint64_t{1} << static_cast<unsigned>(key);
}
constexpr std::uint64_t bits(std::initializer_list<LimitKey> keys) {
    std::uint64_t all = 0;
    for (const LimitKey key : keys) {
        all |= bit(key);
    }
    return all;
}

constexpr std::uint64_t kOrder =
    bits({LimitKey::MaxOrderQty, LimitKey::MaxOrderNotional, LimitKey::MaxOpenOrders});
constexpr std::uint64_t kPosition = bits({LimitKey::MaxLong, LimitKey::MaxShort});
constexpr std::uint64_t kMoney =
    bits({LimitKey::MaxGrossNotional, LimitKey::MaxNetNotional, LimitKey::MaxTurnover,
          LimitKey::DailyLoss, LimitKey::Credit});
constexpr std::uint64_t kBurst = bits({LimitKey::DupBurstMax, LimitKey::DupBurstWindowMs});
constexpr std::uint64_t kRatio =
    bits({LimitKey::OrderToTradeMax, LimitKey::OrderToTradeFloor, LimitKey::MaxExecutions});
constexpr std::uint64_t kThrottle = bits({LimitKey::ThrottleRate, LimitKey::ThrottleBurst});
constexpr std::uint64_t kStorm = bits({LimitKey::MaxRejectRate, LimitKey::MaxDuplicateRate});
constexpr std::uint64_t kPricing =
    bits({LimitKey::CollarBps, LimitKey::CollarTicks, LimitKey::CollarAbs,
          LimitKey::MarketBufferBps, LimitKey::MaxRefAgeMs});

constexpr std::uint64_t keys_of(ScopeKind scope) {
    switch (scope) {
        case ScopeKind::Firm:
            return kOrder | kPosition | kMoney | kBurst | kPricing;
        case ScopeKind::Group:
            return kOrder | kPosition | kMoney | kBurst;
        case ScopeKind::Session:
            return kOrder | kThrottle | kRatio | kStorm;
        case ScopeKind::Account:
            return kOrder | kPosition | kMoney | kThrottle | kBurst | kRatio;
        case ScopeKind::Instrument:
            return kOrder | kPosition | kPricing | bit(LimitKey::LocatePool);
        case ScopeKind::AccountInstrument:
            return kOrder | kPosition | bit(LimitKey::LocatePool);
        case ScopeKind::Trader:
            return kOrder | kThrottle | kRatio;
        case ScopeKind::None:
        case ScopeKind::Venue:
            break;
    }
    return 0;
}

void add_limits(Digest& digest, const Limits& limits) {
    for (const LimitValue& value : limits.values) {
        digest.add_signed(value.value.units());
        digest.add(static_cast<std::uint64_t>(value.state));
    }
}

void add_all(Digest& digest, const std::vector<Limits>& all) {
    digest.add(std::uint64_t{all.size()});
    for (const Limits& limits : all) {
        add_limits(digest, limits);
    }
}

}  // namespace

bool limit_applies(ScopeKind scope, LimitKey key) {
    return (keys_of(scope) & bit(key)) != 0;
}

std::string_view limit_defect(LimitKey key, const LimitValue& value) {
    if (!value.is_number()) {
        return {};
    }
    if (value.value < Decimal{}) {
        return "must not be negative";
    }
    constexpr std::uint64_t kWhole =
        bits({LimitKey::MaxOpenOrders, LimitKey::CollarBps, LimitKey::CollarTicks,
              LimitKey::MarketBufferBps, LimitKey::MaxRefAgeMs, LimitKey::DupBurstMax,
              LimitKey::DupBurstWindowMs, LimitKey::OrderToTradeFloor, LimitKey::MaxExecutions});
    if ((kWhole & bit(key)) != 0 && value.value.units() % Decimal::kScale != 0) {
        return "must be a whole number";
    }
    if ((key == LimitKey::MaxRefAgeMs || key == LimitKey::DupBurstWindowMs) &&
        value.value > Decimal::from_int(kRefAgeMsMost)) {
        return "must be at most 86400000000 (1000 days)";
    }
    if ((key == LimitKey::ThrottleBurst || key == LimitKey::DupBurstMax ||
         key == LimitKey::MaxRejectRate || key == LimitKey::MaxDuplicateRate) &&
        value.value < Decimal::from_int(1)) {
        return "must be at least 1, or nothing ever passes";
    }
    return {};
}

bool is_looser(LimitKey key, const LimitValue& from, const LimitValue& to) {
    // No value here leaves it to the levels above: as good as none.
    const auto rank = [](const LimitValue& value) { return value.is_number() ? 0 : 1; };
    if (rank(from) != rank(to)) {
        return rank(to) > rank(from);
    }
    if (!to.is_number() || to.value == from.value) {
        return false;
    }
    const bool larger_is_tighter =
        key == LimitKey::DupBurstWindowMs || key == LimitKey::MarketBufferBps;
    return (to.value > from.value) != larger_is_tighter;
}

Decimal burst_of(const Limits& limits) {
    const LimitValue& burst = limits[LimitKey::ThrottleBurst];
    return burst.is_number() ? burst.value
                             : std::max(limits[LimitKey::ThrottleRate].value, Decimal::from_int(1));
}

void LimitBook::digest(Digest& digest) const {
    add_limits(digest, firm);
    for (const auto* all : {&groups, &sessions, &accounts, &traders, &instruments, &pairs}) {
        add_all(digest, *all);
    }
}

}  // namespace sluice
