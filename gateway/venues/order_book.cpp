#include "gateway/venues/order_book.hpp"

#include <algorithm>

#include "gateway/domain/check.hpp"

namespace sluice {

BookHandle OrderPool::take(const BookOrder& order) {
    if (free_ == kNoHandle) {
        orders_.push_back(order);
        return static_cast<BookHandle>(orders_.size() - 1);
    }
    const BookHandle handle = free_;
    free_ = orders_[handle].younger;
    orders_[handle] = order;
    return handle;
}

void OrderPool::give_back(BookHandle handle) {
    orders_[handle].younger = free_;
    free_ = handle;
}

OrderBook::OrderBook(OrderPool& pool) : pool_(pool) {
    constexpr std::size_t kLevels = 64;
    bids_.reserve(kLevels);
    asks_.reserve(kLevels);
}

bool OrderBook::acceptable(bool buy, const std::optional<Price>& limit, Price price) {
    return !limit || !better(buy, price, *limit);
}

// The level of this price, or where it would be.
OrderBook::Side::iterator OrderBook::find(bool buy, Price price) {
    Side& levels = side(buy);
    return std::lower_bound(
        levels.begin(), levels.end(), price,
        [buy](const Level& level, Price wanted) { return better(buy, wanted, level.price); });
}

std::optional<Price> OrderBook::best(bool buy) const {
    const Side& levels = side(buy);
    return levels.empty() ? std::nullopt : std::optional(levels.back().price);
}

Quantity OrderBook::match_level(Level& level, Quantity qty, std::vector<BookTrade>& trades) {
    while (!qty.is_zero() && level.oldest != kNoHandle) {
        const BookHandle handle = level.oldest;
        BookOrder& resting = pool_[handle];
        const Quantity executed = std::min(qty, resting.leaves);
        const bool shown_is_done = executed == resting.leaves;
        const bool done = shown_is_done && resting.hidden.is_zero();
        trades.push_back({level.price, executed, resting.tag, done});
        qty -= executed;
        if (done) {
            unlink(level, handle);
            pool_.give_back(handle);
            continue;
        }
        resting.leaves -= executed;
        level.total -= executed;
        if (shown_is_done) {
            show_next(level, handle);
        }
    }
    return qty;
}

void OrderBook::show_next(Level& level, BookHandle handle) {
    unlink(level, handle);
    BookOrder& order = pool_[handle];
    order.leaves = std::min(order.display, order.hidden);
    order.hidden -= order.leaves;
    link(level, handle);
}

Quantity OrderBook::match(bool buy,
                          std::optional<Price> limit,
                          Quantity qty,
                          std::vector<BookTrade>& trades) {
    Side& levels = side(!buy);
    while (!qty.is_zero() && !levels.empty() && acceptable(buy, limit, levels.back().price)) {
        qty = match_level(levels.back(), qty, trades);
        if (levels.back().oldest == kNoHandle) {
            levels.pop_back();
        }
    }
    return qty;
}

Quantity OrderBook::available(bool buy, std::optional<Price> limit, Quantity wanted) const {
    Quantity missing = wanted;
    const Side& levels = side(!buy);
    for (auto level = levels.rbegin(); level != levels.rend() && !missing.is_zero(); ++level) {
        if (!acceptable(buy, limit, level->price)) {
            break;
        }
        missing -= std::min(missing, level->total);
    }
    return wanted - missing;
}

BookHandle OrderBook::rest(
    bool buy, Price price, Quantity qty, std::uint64_t tag, Quantity display) {
    GW_CHECK(qty.units() > 0 && display.units() >= 0);
    auto level = find(buy, price);
    if (level == side(buy).end() || level->price != price) {
        level = side(buy).insert(level, Level{price, {}, kNoHandle, kNoHandle});
    }
    const Quantity shown = display.is_zero() ? qty : std::min(display, qty);
    const BookHandle handle =
        pool_.take({price, shown, qty - shown, display, tag, kNoHandle, kNoHandle, buy});
    link(*level, handle);
    return handle;
}

// Behind all others.
void OrderBook::link(Level& level, BookHandle handle) {
    BookOrder& order = pool_[handle];
    order.older = level.youngest;
    order.younger = kNoHandle;
    if (level.youngest == kNoHandle) {
        level.oldest = handle;
    } else {
        pool_[level.youngest].younger = handle;
    }
    level.youngest = handle;
    level.total += order.leaves + order.hidden;
}

void OrderBook::unlink(Level& level, BookHandle handle) {
    const BookOrder& order = pool_[handle];
    (order.older == kNoHandle ? level.oldest : pool_[order.older].younger) = order.younger;
    (order.younger == kNoHandle ? level.youngest : pool_[order.younger].older) = order.older;
    level.total -= order.leaves + order.hidden;
}

void OrderBook::remove(BookHandle handle) {
    const bool buy = pool_[handle].buy;
    const auto level = find(buy, pool_[handle].price);
    GW_CHECK(level != side(buy).end() && level->price == pool_[handle].price);
    unlink(*level, handle);
    if (level->oldest == kNoHandle) {
        side(buy).erase(level);
    }
    pool_.give_back(handle);
}

void OrderBook::reduce(BookHandle handle, Quantity leaves) {
    BookOrder& order = pool_[handle];
    const Quantity present = order.leaves + order.hidden;
    GW_CHECK(leaves.units() > 0 && leaves <= present);
    find(order.buy, order.price)->total -= present - leaves;
    order.leaves = std::min(order.leaves, leaves);
    order.hidden = leaves - order.leaves;
}

}  // namespace sluice
