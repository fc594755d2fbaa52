#include "gateway/venues/sim_venue.hpp"

#include <algorithm>
#include <charconv>

#include "gateway/domain/command.hpp"
#include "gateway/venues/sim_rules.hpp"

namespace sluice {
namespace {

// The tag of a house order in its book: this bit and the index of its level.
constexpr std::uint64_t kHouse = std::uint64_t{1} << 63U;

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
    at_ = request.time;
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
            orders_.drop(slot);
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
        orders_.drop(slot);
    } else if (order.tif == TimeInForce::ImmediateOrCancel) {
        finish(slot, "immediate or cancel: the rest is canceled");
    } else if (!has_limit(order.type)) {
        finish(slot, "market order: nothing left to trade with");
    } else {
        order.handle = markets_[order.book].book.rest(is_buy(order.side), order.price, left, slot);
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
    orders_.drop(slot);
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
    orders_.drop(slot);
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
    change(slot, request);
}

// OrderQty(38) is the new total; at or below CumQty(14) it ends the order. Only less quantity at
// the same price keeps the place in the book.
void SimVenue::change(std::uint32_t slot, const VenueRequest& request) {
    SimOrder& order = orders_[slot];
    const bool same_price =
        (request.flags & command_flag::kHasPrice) == 0 || request.price == order.price;
    const bool stays = !order.waiting && same_price && request.order_qty <= order.qty &&
                       request.order_qty > order.cum;
    if (!stays) {
        take_off(slot);
    }
    order.qty = std::max(request.order_qty, order.cum);
    order.price = same_price ? order.price : request.price;
    if ((request.flags & command_flag::kHasStopPx) != 0) {
        order.stop_px = request.stop_px;
    }
    order.version = request.version;
    answer(order, event_of(order, VenueEventKind::Replaced));
    if (order.leaves().is_zero()) {
        orders_.drop(slot);
    } else if (stays) {
        markets_[order.book].book.reduce(order.handle, order.leaves());
    } else if (order.waiting) {
        markets_[order.book].stops.push_back(slot);
    } else {
        execute(slot);
    }
}

void SimVenue::status(const VenueRequest& request) {
    const std::uint32_t slot = orders_.find(request.order);
    if (slot == SimOrders::kNone) {
        return no_such_order(request, VenueEventKind::OrderStatus);
    }
    if (!orders_[slot].silent) {
        answer(orders_[slot], event_of(orders_[slot], VenueEventKind::OrderStatus));
    }
}

void SimVenue::no_such_order(const VenueRequest& request, VenueEventKind kind) {
    if (!rule_for(config_.rules, request).silent) {
        refuse(request, kind, "the order does not work here: unknown, or done already");
    }
}

// The levels that were taken from long enough ago come anew, as orders of the house: they trade
// with what they meet, and the rest of them rests behind the others of its price.
void SimVenue::refill(Market& market) {
    if (market.replenish_ns < 0) {
        return;
    }
    for (std::size_t i = 0; i < market.house.size(); ++i) {
        if (market.house[i].taken && market.house[i].refill <= at_) {
            refill_level(market, i);
        }
    }
}

void SimVenue::refill_level(Market& market, std::size_t index) {
    House& house = market.house[index];
    if (house.handle != kNoHandle) {
        market.book.remove(house.handle);
        house.handle = kNoHandle;
    }
    trades_.clear();
    const Quantity left = market.book.match(house.buy, house.price, house.qty, trades_);
    for (const BookTrade& trade : trades_) {
        settle(trade, market);
    }
    if (!left.is_zero()) {
        house.handle = market.book.rest(house.buy, house.price, left, kHouse | index);
    }
    house.taken = left < house.qty;
    house.refill = at_ + market.replenish_ns;
}

bool SimVenue::triggered(const Market& market, const SimOrder& order) const {
    return market.traded &&
           (is_buy(order.side) ? market.last >= order.stop_px : market.last <= order.stop_px);
}

// Stop orders whose price was traded enter the book, oldest first; their own executions may trigger
// more.
void SimVenue::run_stops(std::uint32_t index) {
    Market& market = markets_[index];
    while (true) {
        const auto next =
            std::find_if(market.stops.begin(), market.stops.end(),
                         [&](std::uint32_t slot) { return triggered(market, orders_[slot]); });
        if (next == market.stops.end()) {
            return;
        }
        const std::uint32_t slot = *next;
        market.stops.erase(next);
        orders_[slot].waiting = false;
        execute(slot);
    }
}

VenueEvent SimVenue::event_of(const SimOrder& order, VenueEventKind kind) const {
    VenueEvent event;
    event.kind = kind;
    event.order = order.id;
    event.venue = id_;
    event.version = order.version;
    event.order_qty = order.qty;
    event.cum_qty = order.cum;
    event.leaves_qty = kind == VenueEventKind::Canceled ? Quantity{} : order.leaves();
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
    }
    outbox_.put(event, at_ + config_.latency_ns + rule_for(config_.rules, request).delay_ns);
}

}  // namespace sluice
