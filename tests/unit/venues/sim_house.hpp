// A simulated venue with short words for requests and one line for each answer.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "gateway/domain/command.hpp"
#include "gateway/venues/sim_venue.hpp"

namespace sluice::test {

inline Quantity qty(std::int64_t whole) {
    return Quantity::from_int(whole);
}
inline Price px(std::string_view text) {
    return {Decimal::parse(text).value()};
}

struct Ask {
    std::uint64_t id = 0;
    Side side = Side::Buy;
    std::int64_t quantity = 0;
    std::string_view price;  // empty: a market order
    TimeInForce tif = TimeInForce::Day;
    std::string_view symbol = "ABC";
    std::string_view stop = {};
    std::int64_t shown = 0;   // 0: all of it
    std::int64_t expire = 0;  // 0: never
};

inline VenueRequest new_order(const Ask& ask, std::int64_t at = 0) {
    VenueRequest request;
    request.kind = VenueRequestKind::New;
    request.order = OrderId{ask.id};
    request.time = UtcNanos{at};
    request.order_qty = qty(ask.quantity);
    request.symbol = SymbolName(ask.symbol);
    request.account = AccountName("ACC");
    request.side = ask.side;
    request.time_in_force = ask.tif;
    request.ord_type = ask.price.empty() ? OrdType::Market : OrdType::Limit;
    if (!ask.price.empty()) {
        request.price = px(ask.price);
        request.flags |= command_flag::kHasPrice;
    }
    if (!ask.stop.empty()) {
        request.ord_type = ask.price.empty() ? OrdType::Stop : OrdType::StopLimit;
        request.stop_px = px(ask.stop);
        request.flags |= command_flag::kHasStopPx;
    }
    if (ask.shown != 0) {
        request.max_floor = qty(ask.shown);
        request.flags |= command_flag::kHasMaxFloor;
    }
    if (ask.expire != 0) {
        request.time_in_force = TimeInForce::GoodTillDate;
        request.expire = UtcNanos{ask.expire};
        request.flags |= command_flag::kHasExpire;
    }
    return request;
}

inline VenueRequest follow_up(VenueRequestKind kind,
                              std::uint64_t id,
                              std::uint32_t version,
                              std::int64_t at = 0,
                              std::string_view symbol = "ABC") {
    VenueRequest request;
    request.kind = kind;
    request.order = OrderId{id};
    request.version = version;
    request.time = UtcNanos{at};
    request.symbol = SymbolName(symbol);
    request.account = AccountName("ACC");
    return request;
}

inline std::string word(VenueEventKind kind) {
    switch (kind) {
        case VenueEventKind::SessionUp:
            return "up";
        case VenueEventKind::New:
            return "new";
        case VenueEventKind::Rejected:
            return "rejected";
        case VenueEventKind::Fill:
            return "fill";
        case VenueEventKind::Canceled:
            return "canceled";
        case VenueEventKind::Replaced:
            return "replaced";
        case VenueEventKind::CancelRejected:
            return "cancel-rejected";
        case VenueEventKind::ReplaceRejected:
            return "replace-rejected";
        case VenueEventKind::OrderStatus:
            return "status";
        case VenueEventKind::Expired:
            return "expired";
        case VenueEventKind::Triggered:
            return "triggered";
        default:
            return "other";
    }
}

// "1.0 fill 60@187.48 cum 60 leaves 40": order, version, what happened.
inline std::string line(const VenueEvent& event) {
    std::string out = fmt::format("{}.{} {}", event.order.value, event.version, word(event.kind));
    if (event.kind == VenueEventKind::Fill) {
        out += fmt::format(" {}@{}", event.last_qty.to_string(), event.last_px.to_string());
    }
    if (event.has(venue_event_flag::kHasCumQty)) {
        out += fmt::format(" cum {} leaves {}", event.cum_qty.to_string(),
                           event.leaves_qty.to_string());
    }
    return out;
}

class SimHouse {
public:
    explicit SimHouse(const SimConfig& config = {}) : venue(VenueId{0}, "SIM", config) {
        venue.recovered({});
    }
    using Lines = std::vector<std::string>;

    Lines send(const VenueRequest& request) {
        venue.submit(request);
        return given(request.time.value);
    }
    Lines add(const Ask& ask, std::int64_t at = 0) { return send(new_order(ask, at)); }
    Lines cancel(std::uint64_t id, std::uint32_t version = 1, std::int64_t at = 0) {
        return send(follow_up(VenueRequestKind::Cancel, id, version, at));
    }
    Lines replace(std::uint64_t id,
                  std::int64_t quantity,
                  std::string_view price,
                  std::uint32_t version = 1) {
        VenueRequest request = follow_up(VenueRequestKind::Replace, id, version);
        request.order_qty = qty(quantity);
        request.price = px(price);
        request.flags = command_flag::kHasPrice;
        return send(request);
    }
    // Time passes without a request.
    Lines pass(std::int64_t now) {
        venue.advance(UtcNanos{now});
        return given(now);
    }
    // What is due at `now`.
    Lines given(std::int64_t now) {
        Lines out;
        while (const VenueEvent* event = venue.outbox().due(UtcNanos{now})) {
            events.push_back(*event);
            out.push_back(line(*event));
            venue.outbox().pop();
        }
        return out;
    }

    SimVenue venue;
    std::vector<VenueEvent> events;
};

using Lines = SimHouse::Lines;

}  // namespace sluice::test
