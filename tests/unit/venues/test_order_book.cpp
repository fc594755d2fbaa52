#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/venues/sim_house.hpp"

namespace sluice {
namespace {

using test::px;
using test::qty;

struct Fixture {
    OrderPool pool{16};
    OrderBook book{pool};
    std::vector<BookTrade> trades;

    std::string match(bool buy, std::string_view limit, std::int64_t quantity) {
        trades.clear();
        const Quantity left = book.match(
            buy, limit.empty() ? std::nullopt : std::optional(px(limit)), qty(quantity), trades);
        std::string out;
        for (const BookTrade& trade : trades) {
            out += fmt::format("{}:{}@{}{} ", trade.tag, trade.qty.to_string(),
                               trade.price.to_string(), trade.done ? "" : "+");
        }
        return out + fmt::format("left {}", left.to_string());
    }
};

TEST_CASE("the best price trades first, and of one price the oldest order") {
    Fixture f;
    f.book.rest(false, px("10.2"), qty(5), 1);
    f.book.rest(false, px("10.1"), qty(5), 2);
    f.book.rest(false, px("10.1"), qty(5), 3);
    CHECK(f.match(true, "10.2", 12) == "2:5@10.1 3:5@10.1 1:2@10.2+ left 0");
    CHECK(f.match(true, "", 9) == "1:3@10.2 left 6");
    CHECK_FALSE(f.book.best(false));
}

TEST_CASE("an order does not trade beyond its limit") {
    Fixture f;
    f.book.rest(true, px("9.9"), qty(5), 1);
    f.book.rest(true, px("9.8"), qty(5), 2);
    CHECK(f.match(false, "9.9", 8) == "1:5@9.9 left 3");
    CHECK(f.match(false, "9.85", 3) == "left 3");
    CHECK(f.book.best(true) == px("9.8"));
}

TEST_CASE("an order that shows a part comes again behind the others of its price") {
    Fixture f;
    f.book.rest(true, px("10"), qty(10), 1, qty(4));
    f.book.rest(true, px("10"), qty(5), 2);
    CHECK(f.match(false, "10", 6) == "1:4@10+ 2:2@10+ left 0");
    CHECK(f.match(false, "10", 5) == "2:3@10 1:2@10+ left 0");
    CHECK(f.match(false, "10", 9) == "1:2@10+ 1:2@10 left 5");
    CHECK_FALSE(f.book.best(true));
}

TEST_CASE("of an order that shows a part only that is seen, and all of it is available") {
    Fixture f;
    const BookHandle handle = f.book.rest(true, px("10"), qty(10), 1, qty(4));
    CHECK(f.book.order(handle).leaves == qty(4));
    CHECK(f.book.available(false, px("10"), qty(100)) == qty(10));
    f.book.reduce(handle, qty(7));
    CHECK(f.book.order(handle).leaves == qty(4));
    CHECK(f.book.available(false, px("10"), qty(100)) == qty(7));
    f.book.reduce(handle, qty(3));
    CHECK(f.book.order(handle).leaves == qty(3));
    CHECK(f.match(false, "10", 9) == "1:3@10 left 6");
}

TEST_CASE("a part that is larger than the order is the order") {
    Fixture f;
    const BookHandle handle = f.book.rest(true, px("10"), qty(3), 1, qty(4));
    CHECK(f.book.order(handle).leaves == qty(3));
    f.book.remove(handle);
    CHECK_FALSE(f.book.best(true));
}

TEST_CASE("what is available is counted up to the limit and no further than wanted") {
    Fixture f;
    f.book.rest(false, px("10"), qty(5), 1);
    f.book.rest(false, px("11"), qty(7), 2);
    CHECK(f.book.available(true, px("10"), qty(100)) == qty(5));
    CHECK(f.book.available(true, std::nullopt, qty(100)) == qty(12));
    CHECK(f.book.available(true, px("9"), qty(100)) == qty(0));
    CHECK(f.book.available(true, std::nullopt, qty(6)) == qty(6));
}

TEST_CASE("an order in the middle of its level can be removed") {
    Fixture f;
    f.book.rest(true, px("10"), qty(1), 1);
    const BookHandle middle = f.book.rest(true, px("10"), qty(1), 2);
    f.book.rest(true, px("10"), qty(1), 3);
    f.book.remove(middle);
    CHECK(f.match(false, "", 5) == "1:1@10 3:1@10 left 3");
}

TEST_CASE("a reduced order keeps its place") {
    Fixture f;
    const BookHandle first = f.book.rest(true, px("10"), qty(4), 1);
    f.book.rest(true, px("10"), qty(4), 2);
    f.book.reduce(first, qty(1));
    CHECK(f.book.available(false, std::nullopt, qty(100)) == qty(5));
    CHECK(f.match(false, "", 2) == "1:1@10 2:1@10+ left 0");
}

// The same rules, written as slowly and plainly as they are said.
struct SlowBook {
    struct Order {
        bool buy;
        std::int64_t price, leaves;
        std::uint64_t tag, arrival;
    };
    std::vector<Order> orders;
    std::uint64_t arrivals = 0;

    std::string match(bool buy, std::optional<std::int64_t> limit, std::int64_t quantity) {
        std::string out;
        while (quantity > 0) {
            Order* best = nullptr;
            for (Order& order : orders) {
                const bool in_reach =
                    order.buy != buy &&
                    (!limit || (buy ? order.price <= *limit : order.price >= *limit));
                if (!in_reach) {
                    continue;
                }
                const bool wins = best == nullptr ||
                                  (order.price != best->price ? (buy ? order.price < best->price
                                                                     : order.price > best->price)
                                                              : order.arrival < best->arrival);
                best = wins ? &order : best;
            }
            if (best == nullptr) {
                break;
            }
            const std::int64_t executed = std::min(quantity, best->leaves);
            quantity -= executed;
            best->leaves -= executed;
            out += fmt::format("{}:{}@{}{} ", best->tag, executed, best->price,
                               best->leaves == 0 ? "" : "+");
            std::erase_if(orders, [](const Order& order) { return order.leaves == 0; });
        }
        return out + fmt::format("left {}", quantity);
    }
};

TEST_CASE("the book trades as a slow and plain book does") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        std::mt19937 random(seed);
        const auto number = [&random](int low, int high) {
            return std::uniform_int_distribution<int>(low, high)(random);
        };
        Fixture fast;
        SlowBook slow;
        std::map<std::uint64_t, BookHandle> handles;
        for (std::uint64_t tag = 1; tag <= 600; ++tag) {
            const bool buy = number(0, 1) == 0;
            const int price = number(90, 110);
            const int quantity = number(1, 9);
            const int what = number(0, 9);
            if (what < 6) {
                const std::string made = fast.match(buy, std::to_string(price), quantity);
                REQUIRE(made == slow.match(buy, price, quantity));
                for (const BookTrade& trade : fast.trades) {
                    if (trade.done) {
                        handles.erase(trade.tag);
                    }
                }
                const int left = std::stoi(made.substr(made.rfind(' ') + 1));
                if (left > 0) {
                    handles[tag] = fast.book.rest(buy, Price::from_int(price), qty(left), tag);
                    slow.orders.push_back({buy, price, left, tag, ++slow.arrivals});
                }
            } else if (!handles.empty()) {
                const auto chosen =
                    std::next(handles.begin(), number(0, static_cast<int>(handles.size()) - 1));
                const auto found = std::find_if(
                    slow.orders.begin(), slow.orders.end(),
                    [&](const SlowBook::Order& order) { return order.tag == chosen->first; });
                REQUIRE(found != slow.orders.end());
                REQUIRE(fast.book.order(chosen->second).leaves == qty(found->leaves));
                if (what < 8 && found->leaves > 1) {
                    found->leaves -= 1;
                    fast.book.reduce(chosen->second, qty(found->leaves));
                } else {
                    slow.orders.erase(found);
                    fast.book.remove(chosen->second);
                    handles.erase(chosen);
                }
            }
        }
        CHECK(fast.match(true, "", 100000) == slow.match(true, std::nullopt, 100000));
        CHECK(fast.match(false, "", 100000) == slow.match(false, std::nullopt, 100000));
    }
}

}  // namespace
}  // namespace sluice
