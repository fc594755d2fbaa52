// A gateway with one client session T1 and a FIX venue that a test plays by hand: what the gateway
// sends is waited for, what the venue says is said.
#pragma once

#include <memory>
#include <string>

#include "tests/system/gateway_process.hpp"
#include "tests/system/scripted_venue.hpp"

namespace sluice::system_test {

// "X1", "X2", ...: an ExecID(17) that was not used before.
std::string exec_id();

// An ExecutionReport(8) of the venue about the request `raw`; 151 follows from status and
// quantities. `more` replaces nothing: it is added.
std::string says(const std::string& raw,
                 char exec_type,
                 char ord_status,
                 int qty,
                 int cum,
                 const std::string& more = {});
std::string trade(const std::string& raw,
                  char ord_status,
                  int qty,
                  int cum,
                  int last,
                  const std::string& px,
                  const std::string& exec);
// An OrderCancelReject(9) to `raw`.
std::string refuses(const std::string& raw, char ord_status, char response_to, char why);

// Venue sessions log on by themselves; the admin API says when. Likewise an order's state.
void wait_for_venue(const GatewayProcess& gateway, const std::string& state);
void wait_for_order(const GatewayProcess& gateway,
                    const std::string& cl_ord_id,
                    const std::string& status);
std::string alerts(const GatewayProcess& gateway);  // as `sluice audit search` prints them

struct Desk {
    // more_venue: further keys of the venue's row, ", reconcile: flag".
    explicit Desk(const std::string& more_venue = {}, const std::string& more_route = {});

    void start();
    void log_on_again();
    // Sends a NewOrderSingle(D) for XYZ at 10.00; the venue's copy of it.
    std::string order_at_venue(const std::string& id, int qty, char side = '1');
    // The same, accepted by the venue and told to the client.
    std::string working(const std::string& id, int qty, char side = '1');
    void cancel(const std::string& id, const std::string& orig, int qty);
    void replace(const std::string& id, const std::string& orig, int qty);

    TempDir dir;
    ScriptedVenue venue;
    GatewayProcess gateway;
    std::unique_ptr<client::FixClient> trader;
};

}  // namespace sluice::system_test
