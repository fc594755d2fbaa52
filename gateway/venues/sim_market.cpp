// What moves in a simulated market beside the request in hand: the house's liquidity comes back,
// stop orders are triggered, good-till-date orders expire.
#include <algorithm>
#include <limits>

#include "gateway/domain/command.hpp"
#include "gateway/venues/sim_venue.hpp"

namespace sluice {

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
        answer(orders_[slot], event_of(orders_[slot], VenueEventKind::Triggered));
        execute(slot);
    }
}

// --- expiry ------------------------------------------------------------------------------------

UtcNanos SimVenue::next_expiry() const {
    return {expiries_.empty() ? std::numeric_limits<std::int64_t>::max()
                              : expiries_.begin()->first.first};
}

void SimVenue::advance(UtcNanos now) {
    while (next_expiry() <= now) {
        at_ = next_expiry();
        expire(expiries_.begin()->second);
    }
}

void SimVenue::expire(std::uint32_t slot) {
    SimOrder& order = orders_[slot];
    take_off(slot);
    if (!order.silent) {
        answer(order, event_of(order, VenueEventKind::Expired));
    }
    end(slot, OrdStatus::Expired);
}

void SimVenue::stop_watching(const SimOrder& order) {
    if (order.expire.value != 0) {
        expiries_.erase({order.expire.value, order.number});
    }
}

// Why the venue does not take these terms; empty when it does.
std::string_view SimVenue::terms_defect(const VenueRequest& request) const {
    constexpr std::int64_t kPartsMax = 1'000;
    if (request.has(command_flag::kHasMaxFloor)) {
        const std::int64_t shown = request.max_floor.units();
        if (shown <= 0) {
            return "MaxFloor(111) must be above 0: orders that show nothing are not simulated";
        }
        if ((request.order_qty.units() - 1) / shown >= kPartsMax) {
            return "MaxFloor(111) is too small: an order has at most 1000 parts";
        }
    }
    if (request.has(command_flag::kHasExpire) && request.expire <= at_) {
        return "the time of expiry has passed";
    }
    return {};
}

void SimVenue::put_terms(std::uint32_t slot, const VenueRequest& request) {
    SimOrder& order = orders_[slot];
    stop_watching(order);
    order.display = request.has(command_flag::kHasMaxFloor) ? request.max_floor : Quantity{};
    order.expire = request.has(command_flag::kHasExpire) ? request.expire : UtcNanos{};
    if (order.expire.value != 0) {
        expiries_.emplace(std::pair(order.expire.value, order.number), slot);
    }
}

}  // namespace sluice
