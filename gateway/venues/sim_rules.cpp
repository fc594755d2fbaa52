#include "gateway/venues/sim_rules.hpp"

#include <algorithm>

namespace sluice {

bool matches_pattern(std::string_view pattern, std::string_view text) {
    if (pattern.ends_with('*')) {
        pattern.remove_suffix(1);
        return text.starts_with(pattern);
    }
    return pattern.empty() || pattern == text;
}

bool matches(const SimRule& rule, const VenueRequest& request) {
    return matches_pattern(rule.symbol, request.symbol.view()) &&
           matches_pattern(rule.account, request.account.view()) &&
           (!rule.has_price || rule.price == request.price) && request.order_qty >= rule.min_qty &&
           (!rule.has_max_qty || request.order_qty <= rule.max_qty);
}

const SimRule& rule_for(const std::vector<SimRule>& rules, const VenueRequest& request) {
    static const SimRule kPlain;
    const auto found = std::find_if(rules.begin(), rules.end(), [&request](const SimRule& rule) {
        return matches(rule, request);
    });
    return found == rules.end() ? kPlain : *found;
}

}  // namespace sluice
