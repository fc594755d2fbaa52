// Limits, exposure and kill switches for the admin API; taken on the hot thread.
#pragma once

#include <string>

#include "gateway/app/admin_json.hpp"
#include "gateway/core/core.hpp"
#include "gateway/domain/input.hpp"

namespace sluice::app {

struct RiskSummary {
    std::size_t kills = 0;
    std::uint64_t config_version = 0;
};
RiskSummary risk_summary(const Core& core);

// {"limits": [...], "exposure": [...], "kill_switches": [...]}; only of the scope with this name
// unless it is empty.
Json risk_json(const Core& core, const std::string& name);
// What a change would do: {"text": "account ACC max_order_qty 1000 -> 2500", "old", "new"}, or
// {"error"}.
Json preview_limit(const Core& core, const LimitChange& change);
bool knows_instrument(const Core& core, std::string_view symbol);
// The limit whose name is nearest to a mistyped one.
std::string_view nearest_limit(std::string_view text);

}  // namespace sluice::app
