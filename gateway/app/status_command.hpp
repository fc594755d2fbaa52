// `sluice status`, `sluice check`, `sluice venue`: how the gateway is.
#pragma once

#include "gateway/app/gateway_calls.hpp"
#include "gateway/app/table.hpp"

namespace sluice::app {

int show_status(const GatewayCalls& gateway, OutputFormat format);
// For monitors: one line per trouble, exit code 10 when there is one.
int check_health(const GatewayCalls& gateway, OutputFormat format);
int list_venues(const GatewayCalls& gateway, OutputFormat format);
// What a manual simulated venue was asked, after the request with that number.
int list_asked(const GatewayCalls& gateway,
               const std::string& venue,
               std::uint64_t after,
               OutputFormat format);
// A manual simulated venue says `text`, "35=8|150=F|11=C1|32=100|31=10.5".
int say_at_venue(const GatewayCalls& gateway, const std::string& venue, const std::string& text);

}  // namespace sluice::app
