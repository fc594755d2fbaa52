// Every limit by scope, and which limits make sense at which scope. Money limits of an account and
// of an account's instrument are in the account's currency, those of every other scope in the
// firm's. Owner: the core thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/domain/core_config.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/limits.hpp"
#include "gateway/orders/digest.hpp"

namespace sluice {

// Longest age in MaxRefAgeMs: 1000 days, so that nanoseconds fit.
inline constexpr std::int64_t kRefAgeMsMost = 86'400'000'000;

// A limit that could be set here is also checked here; everything else is refused when it is
// loaded or changed, so no limit is silently without effect.
bool limit_applies(ScopeKind scope, LimitKey key);
// Why the value cannot be this key's limit ("must not be negative"); empty when it can.
std::string_view limit_defect(LimitKey key, const LimitValue& value);

// Whether the change lets through what was refused before.
bool is_looser(LimitKey key, const LimitValue& from, const LimitValue& to);

// The throttle's burst where a rate is set: the burst's own number, else one second's worth, at
// least 1.
Decimal burst_of(const Limits& limits);

// A scope resolved to ids. id: session, account, trader, group, venue or instrument by kind;
// instrument also with AccountInstrument, where id is the account.
struct Scope {
    ScopeKind kind = ScopeKind::None;
    std::uint32_t id = kNoIndex;
    std::uint32_t instrument = kNoIndex;
};

struct LimitBook {
    Limits firm;
    std::vector<Limits> groups;       // by group id
    std::vector<Limits> sessions;     // by session id
    std::vector<Limits> accounts;     // by account id
    std::vector<Limits> traders;      // by trader id
    std::vector<Limits> instruments;  // by instrument id
    std::vector<Limits> pairs;        // by PositionRow::limits

    // The instrument's own value if set, else the firm's: for parameters (collar, buffer, age).
    const LimitValue& parameter(std::uint32_t instrument, LimitKey key) const {
        const LimitValue& own = instruments[instrument][key];
        return own.is_set() ? own : firm[key];
    }
    void digest(Digest& digest) const;
};

}  // namespace sluice
