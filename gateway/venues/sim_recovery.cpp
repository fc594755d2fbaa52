// How the simulated venue comes back: the same requests, compared with the answers that were given.
#include "gateway/venues/sim_venue.hpp"

namespace sluice {
namespace {

bool is_end(const VenueEvent& event) {
    switch (event.kind) {
        case VenueEventKind::Rejected:
        case VenueEventKind::Canceled:
        case VenueEventKind::Expired:
            return true;
        case VenueEventKind::Fill:
        case VenueEventKind::Replaced:
            return event.leaves_qty.is_zero();
        default:
            return false;
    }
}

}  // namespace

// A new order is known as Rejected until an answer to it is recalled: what it becomes when the past
// cannot be rebuilt and nobody was told of it.
void SimVenue::remember(const VenueRequest& request) {
    if (request.kind != VenueRequestKind::New) {
        return;
    }
    VenueEvent& event = open_[request.order.value];
    event.kind = VenueEventKind::Rejected;
    event.order = request.order;
    event.venue = id_;
    event.version = request.version;
    event.symbol = request.symbol;
    event.side = static_cast<char>(request.side);
}

// An expiry that no later request has brought about is found in the journal.
void SimVenue::recall(const VenueEvent& event) {
    if (config_.manual) {
        desk_.heard(event);
        (void)outbox_.recall(event);  // only the numbers go on
        return;
    }
    if (event.kind == VenueEventKind::Expired) {
        const std::uint32_t slot = orders_.find(event.order);
        if (slot != SimOrders::kNone && orders_[slot].expire.value != 0) {
            advance(orders_[slot].expire);
        }
    }
    if (!outbox_.recall(event)) {
        diverged_ = true;
    }
    const auto known = open_.find(event.order.value);
    if (known == open_.end()) {
        return;
    }
    if (is_end(event)) {
        open_.erase(known);
    } else if (event.has(venue_event_flag::kHasCumQty)) {
        const std::uint32_t version = event.kind == VenueEventKind::CancelRejected ||
                                              event.kind == VenueEventKind::ReplaceRejected
                                          ? known->second.version
                                          : event.version;
        known->second = event;
        known->second.version = version;
        known->second.kind = VenueEventKind::Canceled;
    }
}

void SimVenue::cancel_all_open(UtcNanos now) {
    markets_.clear();
    symbols_.clear();
    orders_.clear();
    pool_.clear();
    expiries_.clear();
    done_.clear();
    done_from_ = 0;
    open_books();
    for (auto& [order, event] : open_) {
        event.last_qty = {};
        event.last_px = {};
        event.leaves_qty = {};
        event.text.assign_prefix("the simulated venue was changed and starts anew");
        outbox_.put(event, now);
    }
}

bool SimVenue::recovered(UtcNanos now) {
    outbox_.recovered(diverged_);
    recovering_ = false;
    if (diverged_) {
        cancel_all_open(now);
    }
    open_.clear();
    return !diverged_;
}

}  // namespace sluice
