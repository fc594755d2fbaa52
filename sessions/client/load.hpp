// A load of NewOrderSingle(D) on one or many FIX sessions, measured honestly: in an open loop the
// sending times are fixed before the run and a latency counts from the intended time, so a stall of
// the gateway is in every order that should have been sent meanwhile. One thread. Used by
// `sluice bench`.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "gateway/domain/result.hpp"
#include "sessions/client/fix_client.hpp"
#include "sessions/client/histogram.hpp"

namespace sluice::client {

struct LoadPlan {
    std::uint64_t orders = 10'000;  // measured
    std::uint64_t warmup = 1'000;   // sent first, not measured
    double rate = 0;                // orders per second, open loop; 0: closed loop by `outstanding`
    bool poisson = false;           // open loop: exponential gaps instead of equal ones
    std::uint64_t outstanding = 1;  // closed loop: orders under way, on all sessions together
    bool blocking = false;          // sleeps for replies instead of spinning
    std::string order =
        "55=AAPL|54=1|38=1|40=2|44=1.00|59=0";  // the body behind ClOrdID(11) and TransactTime(60)
    std::uint64_t seed = 1;                     // of the exponential gaps
};

struct LoadResult {
    Histogram latency;   // ns, order out (intended time in an open loop) to its first
                         // ExecutionReport(8) in
    Histogram lateness;  // ns by which the generator itself was behind its plan
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t business_rejects = 0;
    std::string refusal;  // the first reply that refused an order
    double seconds = 0;   // of the measured part
    double rate() const { return seconds > 0 ? static_cast<double>(latency.total()) / seconds : 0; }
};

// Orders go to the sessions in turn. Fails when a connection ends or a reply is missing, doubled or
// of an unknown order.
Result<LoadResult, std::string> run_load(std::span<FixClient* const> clients, const LoadPlan& plan);

}  // namespace sluice::client
