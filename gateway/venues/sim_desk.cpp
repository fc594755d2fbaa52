#include "gateway/venues/sim_desk.hpp"

#include <algorithm>

namespace sluice {

void SimDesk::take(const VenueRequest& request) {
    asked_.push_back({++taken_, request});
    if (asked_.size() > kAskedKept) {
        asked_.pop_front();
    }
    if (request.kind == VenueRequestKind::MassStatus) {
        return;
    }
    Order& order = orders_[request.order.value];
    switch (request.kind) {
        case VenueRequestKind::New:
            order.version = request.version;
            order.symbol = request.symbol;
            order.side = static_cast<char>(request.side);
            break;
        case VenueRequestKind::Cancel:
            order.cancel = request.version;
            break;
        case VenueRequestKind::Replace:
            if (std::find(order.replaces.begin(), order.replaces.end(), request.version) ==
                order.replaces.end()) {
                order.replaces.push_back(request.version);
            }
            break;
        case VenueRequestKind::Status:
        case VenueRequestKind::MassStatus:
            break;
    }
}

std::vector<Asked> SimDesk::asked(std::uint64_t after, std::size_t limit) const {
    const auto from = std::find_if(asked_.begin(), asked_.end(),
                                   [&](const Asked& each) { return each.number > after; });
    const auto left = static_cast<std::size_t>(asked_.end() - from);
    return {from, from + static_cast<std::ptrdiff_t>(std::min(left, limit))};
}

Result<std::uint32_t, std::string> SimDesk::answered(const Order& order, VenueEventKind kind) {
    using Answer = Result<std::uint32_t, std::string>;
    switch (kind) {
        case VenueEventKind::Canceled:
            return order.cancel != 0 ? order.cancel : order.version;
        case VenueEventKind::CancelRejected:
        case VenueEventKind::PendingCancel:
            return order.cancel != 0 ? Answer(order.cancel)
                                     : Answer::failure("no cancel of the order is unanswered");
        case VenueEventKind::Replaced:
        case VenueEventKind::ReplaceRejected:
        case VenueEventKind::PendingReplace:
            return !order.replaces.empty()
                       ? Answer(order.replaces.front())
                       : Answer::failure("no replace of the order is unanswered");
        default:
            return order.version;
    }
}

Result<Said, std::string> SimDesk::name(VenueEvent& event, bool names_request) const {
    using Answer = Result<Said, std::string>;
    if (event.has(venue_event_flag::kUnknownOrder)) {
        return Said{};
    }
    const auto found = orders_.find(event.order.value);
    if (found == orders_.end()) {
        return Answer::failure("the order was not sent to this venue");
    }
    const Order& order = found->second;
    if (!names_request) {
        const auto version = answered(order, event.kind);
        if (!version.ok()) {
            return Answer::failure(version.error());
        }
        event.version = version.value();
    }
    event.symbol = order.symbol;
    event.side = order.side;
    return Said{event.order, event.version};
}

void SimDesk::heard(const VenueEvent& event) {
    const auto found = orders_.find(event.order.value);
    if (found == orders_.end()) {
        return;
    }
    Order& order = found->second;
    switch (event.kind) {
        case VenueEventKind::Replaced:
            order.version = event.version;
            std::erase(order.replaces, event.version);
            break;
        case VenueEventKind::ReplaceRejected:
            std::erase(order.replaces, event.version);
            break;
        case VenueEventKind::Canceled:
        case VenueEventKind::CancelRejected:
            order.cancel = order.cancel == event.version ? 0 : order.cancel;
            break;
        default:
            break;
    }
}

}  // namespace sluice
