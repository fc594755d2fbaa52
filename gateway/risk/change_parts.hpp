// What the administrative inputs of the engine share. Only the risk room's own .cpp files include
// it.
#pragma once

#include "gateway/risk/risk_engine.hpp"

namespace sluice {

ChangeOutcome refuse(std::string_view why);
ChangeOutcome refuse_without_approval(std::string_view why);
// The limits of a scope; null where a pair has none yet.
Limits* limits_of(LimitBook& book, const Exposure& exposure, const Scope& scope);
// Gives an account's instrument limits of its own; null when the position table is full.
Limits* obtain_pair_limits(LimitBook& book, Exposure& exposure, const Scope& scope);
// Books what every bucket has refilled up to now, before a rate changes.
void settle_all_throttles(RiskState& state, UtcNanos now);

}  // namespace sluice
