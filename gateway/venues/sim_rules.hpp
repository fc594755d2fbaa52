// Which manners (SimRule) hold for a request. Plain comparisons, no state.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/domain/venue_request.hpp"
#include "gateway/venues/sim_config.hpp"

namespace sluice {

// "AB*" matches "ABC", "" matches everything, else the texts are equal.
bool matches_pattern(std::string_view pattern, std::string_view text);
bool matches(const SimRule& rule, const VenueRequest& request);

// The first rule that matches; plain manners when none does. The reference lives as long as
// `rules`.
const SimRule& rule_for(const std::vector<SimRule>& rules, const VenueRequest& request);

}  // namespace sluice
