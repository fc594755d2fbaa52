#include "gateway/routing/routing_table.hpp"

namespace sluice {

namespace {
RouteReason reason_of(const RouteConfig& row) {
    if (!row.ex_destination.empty()) {
        return RouteReason::ExDestination;
    }
    if (!row.account.empty()) {
        return row.symbol.empty() ? RouteReason::Account : RouteReason::AccountInstrument;
    }
    return row.symbol.empty() ? RouteReason::Default : RouteReason::Instrument;
}
}  // namespace

std::uint32_t RoutingTable::destination_index(const DestinationName& name) const {
    for (std::uint32_t i = 0; i < destinations_.size(); ++i) {
        if (destinations_[i] == name) {
            return i;
        }
    }
    return kNoIndex;
}

std::uint32_t RoutingTable::intern_destination(const std::string& name) {
    DestinationName text;
    if (!text.assign(name)) {
        return kNoIndex;  // longer than any command can hold
    }
    const auto found = destination_index(text);
    if (found != kNoIndex) {
        return found;
    }
    destinations_.push_back(text);
    return static_cast<std::uint32_t>(destinations_.size() - 1);
}

void RoutingTable::configure(const CoreConfig& config, const NameTable& names) {
    rows_.clear();
    venues_.clear();
    destinations_.clear();
    for (const auto& route : config.routes) {
        Row row;
        if (!route.ex_destination.empty()) {
            row.destination = intern_destination(route.ex_destination);
        }
        if (!route.account.empty()) {
            row.account = names.accounts.find(route.account);
        }
        if (!route.symbol.empty()) {
            row.instrument = names.instruments.find(route.symbol);
        }
        row.first_venue = static_cast<std::uint32_t>(venues_.size());
        for (const auto& venue : route.venues) {
            venues_.push_back(VenueId{names.venues.find(venue)});
        }
        row.end_venue = static_cast<std::uint32_t>(venues_.size());
        row.why = reason_of(route);
        row.hold = route.hold;
        rows_.push_back(row);
    }
}

Route RoutingTable::choose(const DestinationName& ex_destination,
                           AccountId account,
                           InstrumentId instrument,
                           const VenueBoard& board) const {
    // An unknown destination gets kNoIndex; no row of a loaded document holds that.
    const auto destination = ex_destination.empty() ? kNoIndex : destination_index(ex_destination);
    const auto matches = [](std::uint32_t column, std::uint32_t value) {
        return column == kAny || (column == value && value != kNoIndex);
    };
    Route route;
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
        const auto& row = rows_[i];
        if (!matches(row.destination, destination) || !matches(row.account, account.value) ||
            !matches(row.instrument, instrument.value)) {
            continue;
        }
        route.rule = i + 1;
        route.why = row.why;
        route.hold = row.hold;
        for (auto v = row.first_venue; v < row.end_venue; ++v) {
            if (board.is_up(venues_[v])) {
                route.venue = venues_[v];
                route.refusal = board.has_credit(route.venue, Lane::Orders)
                                    ? RejectReason::None
                                    : RejectReason::VenueBusy;
                return route;
            }
        }
        if (row.hold && row.first_venue < row.end_venue) {
            route.venue = venues_[row.first_venue];
            route.refusal = board.has_credit(route.venue, Lane::Orders) ? RejectReason::None
                                                                        : RejectReason::VenueBusy;
            return route;
        }
        route.refusal = RejectReason::VenueDown;
        return route;
    }
    route.refusal = RejectReason::NoRoute;
    return route;
}

}  // namespace sluice
