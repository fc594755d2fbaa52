// What the simulated venue is told: its house liquidity and its manners. Built by config/, read
// once by SimVenue's constructor. Durations in nanoseconds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/domain/decimal.hpp"

namespace sluice {

struct SimLevel {
    Price price{};
    Quantity qty;
};

// House orders on one instrument. A level that was taken from is whole again for the first request
// on the instrument that comes `replenish_ns` or more after the taking; then it comes as a new
// order of the house and may trade with what rests. Negative: never.
struct SimBook {
    std::string symbol{};
    std::vector<SimLevel> bids;
    std::vector<SimLevel> asks;
    std::int64_t replenish_ns = 1'000'000'000;
};

// Manners for the requests that match. Empty patterns match everything; a pattern that ends in '*'
// matches by its beginning. The first rule that matches a new order holds for all later requests on
// the order.
struct SimRule {
    std::string symbol{};
    std::string account{};
    bool has_price = false;
    Price price{};  // exactly this Price(44)
    Quantity min_qty{};
    bool has_max_qty = false;
    Quantity max_qty{};

    std::int64_t delay_ns = 0;      // on top of the venue's latency, for each answer
    std::uint32_t fill_slices = 1;  // an execution is reported in this many parts
    std::int64_t slice_gap_ns = 0;  // between the parts
    bool silent = false;            // takes the order and never says a word about it
    std::string reject{};           // Text(58) of the refusal of a new order
    std::string reject_cancel{};    // Text(58) of the refusal of each cancel
    std::string reject_replace{};   // Text(58) of the refusal of each replace
    bool duplicate_fills = false;   // says each execution twice, with the same ExecID(17)
    bool cancel_after_ack = false;  // unsolicited Canceled right after the acceptance
};

struct SimConfig {
    // Takes requests and says nothing by itself: an operator says what the venue says
    // (sim_desk.hpp). All below does not matter then.
    bool manual = false;
    std::int64_t latency_ns = 0;
    bool any_symbol = true;               // false: only instruments with a book here
    std::uint32_t max_orders = 1U << 16;  // working at once; beyond it new orders are refused
    std::vector<SimBook> books;
    std::vector<SimRule> rules;
};

}  // namespace sluice
