// What the simulated venue says: about an order that works here, about one that does not, and what
// an operator wants it to say.
#include <algorithm>
#include <charconv>

#include "gateway/venues/sim_rules.hpp"
#include "gateway/venues/sim_venue.hpp"

namespace sluice {
namespace {

bool has_limit(OrdType type) {
    return type == OrdType::Limit || type == OrdType::StopLimit;
}

}  // namespace

VenueEvent SimVenue::event_of(const SimOrder& order, VenueEventKind kind) const {
    VenueEvent event;
    event.kind = kind;
    event.order = order.id;
    event.venue = id_;
    event.version = order.version;
    event.order_qty = order.qty;
    event.cum_qty = order.cum;
    const bool over = kind == VenueEventKind::Canceled || kind == VenueEventKind::Expired;
    event.leaves_qty = over ? Quantity{} : order.leaves();
    event.price = order.price;
    event.symbol = order.symbol;
    event.side = static_cast<char>(order.side);
    event.flags = venue_event_flag::kHasOrderQty | venue_event_flag::kHasCumQty |
                  venue_event_flag::kHasLeavesQty;
    if (has_limit(order.type)) {
        event.flags |= venue_event_flag::kHasPrice;
    }
    std::array<char, ForeignId::kMax> text{};
    char* at = std::copy(name_.begin(), name_.end(), text.data());
    *at++ = '-';
    at = std::to_chars(at, text.data() + text.size(), order.number).ptr;
    event.venue_order_id =
        ForeignId(std::string_view(text.data(), static_cast<std::size_t>(at - text.data())));
    return event;
}

void SimVenue::answer(SimOrder& order, const VenueEvent& event) {
    const SimRule& rule = *order.rule;
    order.last_due = std::max(order.last_due, at_ + config_.latency_ns + rule.delay_ns);
    const std::uint64_t number = outbox_.put(event, order.last_due);
    if (event.kind == VenueEventKind::Fill && rule.duplicate_fills) {
        outbox_.put(event, order.last_due, number);
    }
}

// An answer about an order that has no record here.
void SimVenue::refuse(const VenueRequest& request, VenueEventKind kind, std::string_view text) {
    VenueEvent event;
    event.kind = kind;
    event.order = request.order;
    event.venue = id_;
    event.version = request.version;
    event.symbol = request.symbol;
    event.side = static_cast<char>(request.side);
    event.text.assign_prefix(text);
    if (kind == VenueEventKind::CancelRejected || kind == VenueEventKind::ReplaceRejected) {
        event.flags = venue_event_flag::kTooLate;
    } else if (kind == VenueEventKind::OrderStatus) {
        event.ord_status = static_cast<char>(OrdStatus::Rejected);
    }
    outbox_.put(event, at_ + config_.latency_ns + rule_for(config_.rules, request).delay_ns);
}

void SimVenue::status(const VenueRequest& request) {
    const std::uint32_t slot = orders_.find(request.order);
    if (slot == SimOrders::kNone) {
        const auto over =
            std::find_if(done_.begin() + static_cast<std::ptrdiff_t>(done_from_), done_.end(),
                         [&](const Ended& ended) { return ended.status.order == request.order; });
        if (over == done_.end()) {
            return no_such_order(request, VenueEventKind::OrderStatus);
        }
        outbox_.put(over->status, std::max(over->until, at_ + config_.latency_ns));
        return;
    }
    SimOrder& order = orders_[slot];
    if (!order.silent) {
        VenueEvent event = event_of(order, VenueEventKind::OrderStatus);
        event.ord_status =
            static_cast<char>(order.cum.is_zero() ? OrdStatus::New : OrdStatus::PartiallyFilled);
        answer(order, event);
    }
}

void SimVenue::no_such_order(const VenueRequest& request, VenueEventKind kind) {
    if (!rule_for(config_.rules, request).silent) {
        refuse(request, kind, "the order does not work here: unknown, or done already");
    }
}

// The order is over; what was answered may still wait to be given.
void SimVenue::end(std::uint32_t slot, OrdStatus status) {
    const SimOrder& order = orders_[slot];
    stop_watching(order);
    if (order.last_due > at_) {
        VenueEvent event = event_of(order, VenueEventKind::OrderStatus);
        event.ord_status = static_cast<char>(status);
        event.leaves_qty = {};
        done_.push_back({event, order.last_due});
    }
    orders_.drop(slot);
}

void SimVenue::forget_done() {
    while (done_from_ < done_.size() && done_[done_from_].until <= at_) {
        ++done_from_;
    }
    if (done_from_ > 0 && 2 * done_from_ >= done_.size()) {
        done_.erase(done_.begin(), done_.begin() + static_cast<std::ptrdiff_t>(done_from_));
        done_from_ = 0;
    }
}

Result<Said, std::string> SimVenue::say(const Saying& saying, UtcNanos now) {
    if (!config_.manual) {
        return Result<Said, std::string>::failure("the venue answers by itself: it is not manual");
    }
    VenueEvent event = saying.event;
    auto said = desk_.name(event, saying.names_request);
    if (said.ok()) {
        event.venue = id_;
        desk_.heard(event);
        outbox_.put(event, now);
    }
    return said;
}

}  // namespace sluice
