// SimVenue: a venue without a wire. Takes requests, keeps a price-time book for each instrument,
// trades with house liquidity and between orders, and answers in FIX's vocabulary. A pure state
// machine: the books move with the requests alone, in their order, and time is the requests' time;
// a poll only decides when an answer that waits is given, and when an order has expired that no
// later request can meet. So the journaled requests, fed again after a restart, rebuild the same
// books and the same answers. Owner: one thread.
//
// Orders are expired at their own time, before the first request that comes at that time or later.
// advance() does the same when no request comes: requests that were made before must have been
// submitted by then.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "gateway/venues/order_book.hpp"
#include "gateway/venues/sim_config.hpp"
#include "gateway/venues/sim_desk.hpp"
#include "gateway/venues/sim_orders.hpp"
#include "gateway/venues/sim_outbox.hpp"

namespace sluice {

class SimVenue {
public:
    // `name` begins each OrderID(37): "SIM-1".
    SimVenue(VenueId id, std::string name, SimConfig config);
    SimVenue(const SimVenue&) = delete;
    SimVenue& operator=(const SimVenue&) = delete;

    // The books move at once, answers come later through outbox(). Until recovered(), answers are
    // held back for recall().
    void submit(const VenueRequest& request);
    // Expires what has to be, when all requests before `now` were submitted.
    void advance(UtcNanos now);
    UtcNanos next_expiry() const;  // INT64_MAX: none

    // Manual venues: says this at `now`. What it cannot be, in words.
    Result<Said, std::string> say(const Saying& saying, UtcNanos now);
    bool is_manual() const { return config_.manual; }
    // Of a manual venue; see SimDesk.
    std::vector<Asked> asked(std::uint64_t after, std::size_t limit) const {
        return desk_.asked(after, limit);
    }

    // Recovery: this answer was given before the restart, after a request that was submitted.
    void recall(const VenueEvent& event);
    // Ends recovery. When the recalled answers are not those that the requests make now (the
    // liquidity or the manners were changed in between), the books are not what they were: they
    // start anew, and every order that was open is canceled at `now`, never filled by a past that
    // did not happen. True when the past was rebuilt.
    bool recovered(UtcNanos now);

    SimOutbox& outbox() { return outbox_; }
    const SimOutbox& outbox() const { return outbox_; }
    std::size_t working() const { return orders_.size(); }
    // Null for an instrument that was never named.
    const OrderBook* book(std::string_view symbol) const;

private:
    // One configured level of the house.
    struct House {
        bool buy = false;
        Price price;
        Quantity qty;
        BookHandle handle = kNoHandle;
        bool taken = false;  // it is to be whole again at `refill`
        UtcNanos refill;
    };
    struct Market {
        Market(OrderPool& pool, std::int64_t replenish) : book(pool), replenish_ns(replenish) {}
        OrderBook book;
        std::vector<House> house;
        std::vector<std::uint32_t> stops;  // in order of arrival
        std::int64_t replenish_ns;
        bool traded = false;
        Price last;
    };
    static constexpr std::uint32_t kNoMarket = 0xffff'ffffU;
    // The tag of a house order in its book: this bit and the index of its level.
    static constexpr std::uint64_t kHouse = std::uint64_t{1} << 63U;
    // An order that is over, while answers about it are still to be given.
    struct Ended {
        VenueEvent status;
        UtcNanos until;
    };

    void open_books();
    void open(const SimBook& book);
    void remember(const VenueRequest& request);
    void cancel_all_open(UtcNanos now);
    std::uint32_t market_of(std::string_view symbol);

    void new_order(const VenueRequest& request);
    void cancel(const VenueRequest& request);
    void replace(const VenueRequest& request);
    void change(std::uint32_t slot, const VenueRequest& request);
    void execute(std::uint32_t slot);
    void settle(const BookTrade& trade, Market& market);
    void after_match(std::uint32_t slot, Quantity left);
    void fill(std::uint32_t slot, Quantity qty, Price price);
    void finish(std::uint32_t slot, std::string_view why);
    void take_off(std::uint32_t slot);

    // sim_market.cpp
    void refill(Market& market);
    void refill_level(Market& market, std::size_t index);
    bool triggered(const Market& market, const SimOrder& order) const;
    void run_stops(std::uint32_t market);
    void expire(std::uint32_t slot);
    std::string_view terms_defect(const VenueRequest& request) const;
    void put_terms(std::uint32_t slot, const VenueRequest& request);
    void stop_watching(const SimOrder& order);

    // sim_answers.cpp
    void status(const VenueRequest& request);
    void no_such_order(const VenueRequest& request, VenueEventKind kind);
    VenueEvent event_of(const SimOrder& order, VenueEventKind kind) const;
    void answer(SimOrder& order, const VenueEvent& event);
    void refuse(const VenueRequest& request, VenueEventKind kind, std::string_view text);
    void end(std::uint32_t slot, OrdStatus status);
    void forget_done();

    VenueId id_;
    std::string name_;
    SimConfig config_;
    OrderPool pool_;
    SimOrders orders_;
    SimOutbox outbox_;
    std::deque<Market> markets_;  // a deque: a market stays where it is
    std::map<std::string, std::uint32_t, std::less<>> symbols_;
    std::vector<BookTrade> trades_;
    SimDesk desk_;
    // Of good-till-date orders: when, and their number; the first one is the next.
    std::map<std::pair<std::int64_t, std::uint64_t>, std::uint32_t> expiries_;
    std::vector<Ended> done_;  // oldest first, from done_from_ on
    std::size_t done_from_ = 0;
    UtcNanos at_;  // of what happens now: a request, an expiry
    std::uint64_t accepted_ = 0;
    bool recovering_ = true;
    bool diverged_ = false;
    std::map<std::uint64_t, VenueEvent> open_;  // during recovery: orders as last reported
};

}  // namespace sluice
