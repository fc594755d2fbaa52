// `sluice risk list|set`, `sluice kill`, `sluice resume`: limits and kill switches of a running
// gateway. Every change stands in the journal with its reason and who asked.
#pragma once

#include <string>
#include <vector>

#include "gateway/app/gateway_calls.hpp"
#include "gateway/app/kill_scope.hpp"
#include "gateway/app/table.hpp"

namespace sluice::app {

int list_risk(const GatewayCalls& gateway, const std::string& name, OutputFormat format);
// The names of limits, for `risk list --keys`.
int list_limit_keys(OutputFormat format);

struct LimitRequest {
    NamedScope scope;
    std::vector<std::string> settings;  // "max_order_qty=2500", "max_long=unlimited"
    std::string reason;
    bool dry_run = false;
    unsigned for_seconds = 0;  // then back to what it was; 0: for good
};
// In the order given; the first that is refused ends it.
int set_limits(const GatewayCalls& gateway, const LimitRequest& request);

struct KillRequest {
    NamedScope scope;
    std::string reason;
    bool cancel_open = false;
    bool yes = false;
    bool reduce_only = false;
};
int kill_trading(const GatewayCalls& gateway, const KillRequest& request);
// A change that somebody else asked for and that needs a second person.
int approve_change(const GatewayCalls& gateway, const std::string& number);
int rearm(const GatewayCalls& gateway, const NamedScope& scope, const std::string& reason);
int accept_config(const GatewayCalls& gateway, const std::string& reason);
int resume_trading(const GatewayCalls& gateway, const NamedScope& scope, const std::string& reason);

}  // namespace sluice::app
