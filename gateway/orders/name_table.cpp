#include "gateway/orders/name_table.hpp"

#include "gateway/domain/check.hpp"

namespace sluice {

std::uint32_t Names::intern(std::string_view name) {
    const auto found = index_.find(name);
    if (found != index_.end()) {
        return found->second;
    }
    const auto id = size();
    names_.emplace_back(name);
    index_.emplace(names_.back(), id);
    return id;
}

std::uint32_t Names::find(std::string_view name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? kNoIndex : found->second;
}

std::string_view Names::name(std::uint32_t id) const {
    GW_CHECK(id < names_.size());
    return names_[id];
}

void NameTable::learn(const CoreConfig& config) {
    for (const auto& session : config.sessions) {
        sessions.intern(session.id);
    }
    for (const auto& group : config.groups) {
        groups.intern(group.id);
    }
    for (const auto& account : config.accounts) {
        accounts.intern(account.id);
    }
    for (const auto& instrument : config.instruments) {
        instruments.intern(instrument.symbol);
    }
    for (const auto& trader : config.traders) {
        traders.intern(trader.id);
    }
    for (const auto& market : config.markets) {
        markets.intern(market.id);
    }
    for (const auto& venue : config.venues) {
        venues.intern(venue.id);
    }
}

}  // namespace sluice
