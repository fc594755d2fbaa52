// OrderBook: the resting orders of one instrument by price, then time. Orders live in an OrderPool
// that several books share; a handle names an order until it is done. An order may show only a part
// of itself: when that part is executed the next one comes behind all others of its price, until
// the whole is done. No allocation in steady state: the pool and the level lists grow to their
// largest size once and stay there. Knows nothing of clients, rules or time. Owner: the thread of
// its venue.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/domain/decimal.hpp"

namespace sluice {

using BookHandle = std::uint32_t;
inline constexpr BookHandle kNoHandle = 0xffff'ffffU;

struct BookOrder {
    Price price;
    Quantity leaves;        // that is shown
    Quantity hidden;        // behind it
    Quantity display;       // the size of a part; 0: all of it
    std::uint64_t tag = 0;  // the caller's name for it
    BookHandle older = kNoHandle;
    BookHandle younger = kNoHandle;
    bool buy = false;
};

class OrderPool {
public:
    explicit OrderPool(std::size_t reserved) { orders_.reserve(reserved); }
    BookHandle take(const BookOrder& order);
    void give_back(BookHandle handle);
    void clear() {
        orders_.clear();
        free_ = kNoHandle;
    }
    BookOrder& operator[](BookHandle handle) { return orders_[handle]; }
    const BookOrder& operator[](BookHandle handle) const { return orders_[handle]; }

private:
    std::vector<BookOrder> orders_;
    BookHandle free_ = kNoHandle;  // chained by `younger`
};

// An execution against a resting order, at its price.
struct BookTrade {
    Price price;
    Quantity qty;
    std::uint64_t tag = 0;  // of the resting order
    bool done = false;      // the resting order is executed in full, its handle is gone
};

class OrderBook {
public:
    explicit OrderBook(OrderPool& pool);

    // Executes up to `qty` against the other side, best price first, oldest order first, not beyond
    // `limit` (empty: at any price). Appends to `trades`; returns what is left.
    Quantity match(bool buy,
                   std::optional<Price> limit,
                   Quantity qty,
                   std::vector<BookTrade>& trades);
    // What match() could execute, at most `wanted`.
    Quantity available(bool buy, std::optional<Price> limit, Quantity wanted) const;

    // Puts an order behind all others of its price, showing `display` of it at a time (0: all). The
    // caller has matched it before.
    BookHandle rest(
        bool buy, Price price, Quantity qty, std::uint64_t tag, Quantity display = Quantity{});
    void remove(BookHandle handle);
    // Fewer leaves, what is hidden first, same place. 0 < leaves <= the present ones.
    void reduce(BookHandle handle, Quantity leaves);

    const BookOrder& order(BookHandle handle) const { return pool_[handle]; }
    std::optional<Price> best(bool buy) const;

private:
    struct Level {
        Price price;
        Quantity total;  // with what is hidden
        BookHandle oldest = kNoHandle;
        BookHandle youngest = kNoHandle;
    };
    using Side = std::vector<Level>;  // the best level is the last

    Side& side(bool buy) { return buy ? bids_ : asks_; }
    const Side& side(bool buy) const { return buy ? bids_ : asks_; }
    static bool better(bool buy, Price a, Price b) { return buy ? a > b : a < b; }
    static bool acceptable(bool buy, const std::optional<Price>& limit, Price price);
    Side::iterator find(bool buy, Price price);
    void link(Level& level, BookHandle handle);
    void unlink(Level& level, BookHandle handle);
    void show_next(Level& level, BookHandle handle);
    Quantity match_level(Level& level, Quantity qty, std::vector<BookTrade>& trades);

    OrderPool& pool_;
    Side bids_;
    Side asks_;
};

}  // namespace sluice
