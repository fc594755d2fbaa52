// Everything the checks read, in one place: static data, limits, exposure, kill switches, throttle
// buckets and reference prices. Plain data by dense id; RiskEngine is the only writer.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/risk/burst_log.hpp"
#include "gateway/risk/exposure.hpp"
#include "gateway/risk/limit_book.hpp"
#include "gateway/risk/reference_prices.hpp"
#include "gateway/risk/static_data.hpp"
#include "gateway/risk/throttle.hpp"

namespace sluice {

// Kill switches that are set; those of an account's instrument are in its PositionRow.
struct KillSwitches {
    bool firm = false;
    std::vector<std::uint8_t> groups;
    std::vector<std::uint8_t> venues;
    std::vector<std::uint8_t> sessions;
    std::vector<std::uint8_t> accounts;
    std::vector<std::uint8_t> instruments;
};

// Messages that went on to a venue and executions, since the day roll.
struct Activity {
    std::uint64_t messages = 0;  // new orders, replaces, cancels of the client
    std::uint64_t trades = 0;
};

struct RiskState {
    StaticData data;
    LimitBook limits;
    Exposure exposure;
    KillSwitches kills;
    std::vector<Throttle> session_throttles;
    std::vector<Throttle> account_throttles;
    std::vector<Activity> session_activity;
    std::vector<Activity> account_activity;
    BurstLog bursts;
    bool counts_bursts = false;         // some level limits identical orders
    std::vector<TradingStatus> status;  // by instrument
    std::vector<ReferencePrices> references;
    std::uint64_t config_version = 0;  // the document's version, +1 for each limit change
    std::uint32_t max_pending_replaces = 1;
    std::uint32_t day = 1;  // counts day rolls
};

}  // namespace sluice
