// `sluice status`, `sluice check`, `sluice venue list`: how the gateway is.
#pragma once

#include "gateway/app/gateway_calls.hpp"
#include "gateway/app/table.hpp"

namespace sluice::app {

int show_status(const GatewayCalls& gateway, OutputFormat format);
// For monitors: one line per trouble, exit code 10 when there is one.
int check_health(const GatewayCalls& gateway, OutputFormat format);
int list_venues(const GatewayCalls& gateway, OutputFormat format);

}  // namespace sluice::app
