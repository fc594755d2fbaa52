#include "gateway/venues/sim_venue.hpp"

#include <algorithm>

#include "gateway/domain/command.hpp"
#include "gateway/venues/sim_rules.hpp"

namespace sluice {
namespace {

bool is_stop(OrdType type) {
    return type == OrdType::Stop || type == OrdType::StopLimit;
}
bool has_limit(OrdType type) {
    return type == OrdType::Limit || type == OrdType::StopLimit;
}
std::optional<Price> limit_of(const SimOrder& order) {
    return has_limit(order.type) ? std::optional(order.price) : std::nullopt;
}

}  // namespace

SimVenue::SimVenue(VenueId id, std::string name, SimConfig config)
    : id_(id),
      name_(std::move(name)),
      config_(std::move(config)),
      pool_(std::min<std::size_t>(config_.max_orders, 4096)),
      orders_(config_.max_orders),
      outbox_(4096) {
    trades_.reserve(1024);
    open_books();
}

void SimVenue::open_books() {
    for (const SimBook& book : config_.books) {
        open(book);
    }
}

void SimVenue::open(const SimBook& book) {
    symbols_.emplace(book.symbol, static_cast<std::uint32_t>(markets_.size()));
    Market& market = markets_.emplace_back(pool_, book.replenish_ns);
    for (const auto* levels : {&book.bids, &book.asks}) {
        for (const SimLevel& level : *levels) {
            House& house = market.house.emplace_back();
            house.buy = levels == &book.bids;
            house.price = level.price;
            house.qty = level.qty;
            house.handle = market.book.rest(house.buy, house.price, house.qty,
                                            kHouse | (market.house.size() - 1));
        }
    }
}

const OrderBook* SimVenue::book(std::string_view symbol) const {
    const auto found = symbols_.find(symbol);
    return found == symbols_.end() ? nullptr : &markets_[found->second].book;
}

std::uint32_t SimVenue::market_of(std::string_view symbol) {
    const auto found = symbols_.find(symbol);
    if (found != symbols_.end()) {
        return found->second;
    }
    if (!config_.any_symbol) {
        return kNoMarket;
    }
    open({std::string(symbol), {}, {}, -1});
    return static_cast<std::uint32_t>(markets_.size() - 1);
}

void SimVenue::submit(const VenueRequest& request) {
    if (config_.manual) {
        return desk_.take(request);
    }
    advance(request.time);
    at_ = request.time;
    forget_done();
    if (recovering_) {
        remember(request);
    }
    const std::uint32_t market = market_of(request.symbol.view());
    if (market != kNoMarket) {
        refill(markets_[market]);
    }
    switch (request.kind) {
        case VenueRequestKind::New:
            new_order(request);
            break;
        case VenueRequestKind::Cancel:
            cancel(request);
            break;
        case VenueRequestKind::Replace:
            replace(request);
            break;
        case VenueRequestKind::Status:
            status(request);
            break;
        case VenueRequestKind::MassStatus:
            break;  // nothing is ever in doubt here
    }
    if (market != kNoMarket) {
        run_stops(market);
    }
}

void SimVenue::new_order(const VenueRequest& request) {
    const SimRule& rule = rule_for(config_.rules, request);
    const std::uint32_t market = market_of(request.symbol.view());
    if (!rule.reject.empty()) {
        return refuse(request, VenueEventKind::Rejected, rule.reject);
    }
    if (market == kNoMarket) {
        return refuse(request, VenueEventKind::Rejected, "unknown symbol");
    }
    if (const auto defect = terms_defect(request); !defect.empty()) {
        return refuse(request, VenueEventKind::Rejected, defect);
    }
    if (orders_.full() || orders_.find(request.order) != SimOrders::kNone) {
        return refuse(request, VenueEventKind::Rejected, "the venue holds too many orders");
    }
    SimOrder order;
    order.id = request.order;
    order.rule = &rule;
    order.qty = request.order_qty;
    order.price = request.price;
    order.stop_px = request.stop_px;
    order.last_due = at_;
    order.number = ++accepted_;
    order.version = request.version;
    order.book = market;
    order.symbol = request.symbol;
    order.side = request.side;
    order.type = request.ord_type;
    order.tif = request.time_in_force;
    order.silent = rule.silent;
    order.waiting = is_stop(request.ord_type);
    const std::uint32_t slot = orders_.add(order);
    put_terms(slot, request);
    if (rule.silent) {
        return;
    }
    answer(orders_[slot], event_of(order, VenueEventKind::New));
    if (rule.cancel_after_ack) {
        finish(slot, "canceled by the venue");
    } else if (order.waiting) {
        markets_[market].stops.push_back(slot);
    } else {
        execute(slot);
    }
}

void SimVenue::execute(std::uint32_t slot) {
    const SimOrder& order = orders_[slot];
    Market& market = markets_[order.book];
    const bool buy = is_buy(order.side);
    const std::optional<Price> limit = limit_of(order);
    if (order.tif == TimeInForce::FillOrKill &&
        market.book.available(buy, limit, order.leaves()) < order.leaves()) {
        return finish(slot, "fill or kill: not enough to fill it");
    }
    trades_.clear();
    const Quantity left = market.book.match(buy, limit, order.leaves(), trades_);
    for (const BookTrade& trade : trades_) {
        fill(slot, trade.qty, trade.price);
        settle(trade, market);
    }
    after_match(slot, left);
}

// The resting side of an execution.
void SimVenue::settle(const BookTrade& trade, Market& market) {
    market.traded = true;
    market.last = trade.price;
    if ((trade.tag & kHouse) == 0) {
        const auto slot = static_cast<std::uint32_t>(trade.tag);
        fill(slot, trade.qty, trade.price);
        if (trade.done) {
            end(slot, OrdStatus::Filled);
        }
        return;
    }
    House& house = market.house[trade.tag & ~kHouse];
    if (trade.done) {
        house.handle = kNoHandle;
    }
    if (!house.taken) {
        house.taken = true;
        house.refill = at_ + std::max<std::int64_t>(market.replenish_ns, 0);
    }
}

void SimVenue::after_match(std::uint32_t slot, Quantity left) {
    SimOrder& order = orders_[slot];
    if (left.is_zero()) {
        end(slot, OrdStatus::Filled);
    } else if (order.tif == TimeInForce::ImmediateOrCancel) {
        finish(slot, "immediate or cancel: the rest is canceled");
    } else if (!has_limit(order.type)) {
        finish(slot, "market order: nothing left to trade with");
    } else {
        order.handle = markets_[order.book].book.rest(is_buy(order.side), order.price, left, slot,
                                                      order.display);
    }
}

// Reports an execution, in as many parts as the manners say, but never in parts of a unit.
void SimVenue::fill(std::uint32_t slot, Quantity qty, Price price) {
    SimOrder& order = orders_[slot];
    const std::int64_t slices = std::max<std::int64_t>(order.rule->fill_slices, 1);
    const std::int64_t whole = qty.units() / slices / Decimal::kScale;
    const Quantity part = Quantity::from_int(std::max<std::int64_t>(whole, 1));
    Quantity rest = qty;
    for (std::int64_t i = 1; !rest.is_zero(); ++i) {
        const Quantity now = i == slices ? rest : std::min(part, rest);
        rest -= now;
        order.cum += now;
        VenueEvent event = event_of(order, VenueEventKind::Fill);
        event.last_qty = now;
        event.last_px = price;
        answer(order, event);
        if (!rest.is_zero()) {
            order.last_due = order.last_due + order.rule->slice_gap_ns;
        }
    }
}

// Canceled without a request.
void SimVenue::finish(std::uint32_t slot, std::string_view why) {
    VenueEvent event = event_of(orders_[slot], VenueEventKind::Canceled);
    event.text.assign_prefix(why);
    answer(orders_[slot], event);
    end(slot, OrdStatus::Canceled);
}

// Out of the book or the list of stops; the record stays.
void SimVenue::take_off(std::uint32_t slot) {
    SimOrder& order = orders_[slot];
    Market& market = markets_[order.book];
    if (order.waiting) {
        std::erase(market.stops, slot);
    } else if (order.handle != kNoHandle) {
        market.book.remove(order.handle);
        order.handle = kNoHandle;
    }
}

void SimVenue::cancel(const VenueRequest& request) {
    const std::uint32_t slot = orders_.find(request.order);
    if (slot == SimOrders::kNone) {
        return no_such_order(request, VenueEventKind::CancelRejected);
    }
    SimOrder& order = orders_[slot];
    if (order.silent) {
        return;
    }
    if (!order.rule->reject_cancel.empty()) {
        VenueEvent event = event_of(order, VenueEventKind::CancelRejected);
        event.version = request.version;
        event.text.assign_prefix(order.rule->reject_cancel);
        return answer(order, event);
    }
    take_off(slot);
    VenueEvent event = event_of(order, VenueEventKind::Canceled);
    event.version = request.version;
    answer(order, event);
    end(slot, OrdStatus::Canceled);
}

void SimVenue::replace(const VenueRequest& request) {
    const std::uint32_t slot = orders_.find(request.order);
    if (slot == SimOrders::kNone) {
        return no_such_order(request, VenueEventKind::ReplaceRejected);
    }
    SimOrder& order = orders_[slot];
    if (order.silent) {
        return;
    }
    if (!order.rule->reject_replace.empty()) {
        VenueEvent event = event_of(order, VenueEventKind::ReplaceRejected);
        event.version = request.version;
        event.text.assign_prefix(order.rule->reject_replace);
        return answer(order, event);
    }
    if (const auto defect = terms_defect(request); !defect.empty()) {
        VenueEvent event = event_of(order, VenueEventKind::ReplaceRejected);
        event.version = request.version;
        event.text.assign_prefix(defect);
        return answer(order, event);
    }
    change(slot, request);
}

// OrderQty(38) is the new total; at or below CumQty(14) it ends the order. Only less quantity at
// the same price keeps the place in the book.
void SimVenue::change(std::uint32_t slot, const VenueRequest& request) {
    SimOrder& order = orders_[slot];
    const bool same_price =
        (request.flags & command_flag::kHasPrice) == 0 || request.price == order.price;
    const Quantity display =
        request.has(command_flag::kHasMaxFloor) ? request.max_floor : Quantity{};
    const bool stays = !order.waiting && same_price && display == order.display &&
                       request.order_qty <= order.qty && request.order_qty > order.cum;
    if (!stays) {
        take_off(slot);
    }
    put_terms(slot, request);
    order.qty = std::max(request.order_qty, order.cum);
    order.price = same_price ? order.price : request.price;
    if ((request.flags & command_flag::kHasStopPx) != 0) {
        order.stop_px = request.stop_px;
    }
    order.version = request.version;
    answer(order, event_of(order, VenueEventKind::Replaced));
    if (order.leaves().is_zero()) {
        end(slot, OrdStatus::Filled);
    } else if (stays) {
        markets_[order.book].book.reduce(order.handle, order.leaves());
    } else if (order.waiting) {
        markets_[order.book].stops.push_back(slot);
    } else {
        execute(slot);
    }
}

}  // namespace sluice
