// `sluice session list|show|logout|enable|disable|reset`: the FIX sessions of a running gateway.
#pragma once

#include <string>

#include "gateway/app/gateway_calls.hpp"
#include "gateway/app/table.hpp"

namespace sluice::app {

int list_sessions(const GatewayCalls& gateway, OutputFormat format);
int show_session(const GatewayCalls& gateway, const std::string& id, OutputFormat format);
// verb: "logout", "enable", "disable".
int change_session(const GatewayCalls& gateway,
                   const std::string& verb,
                   const std::string& id,
                   const std::string& reason);
int reset_session(const GatewayCalls& gateway,
                  const std::string& id,
                  unsigned next_in,
                  unsigned next_out,
                  const std::string& reason);

}  // namespace sluice::app
