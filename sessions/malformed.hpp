// What happens to a message that the structural screen stops after logon. Garbled ones (the first
// three fields out of order) are passed over, as FIX asks, and their number stays free. The others
// are answered with Reject(3) and consumed, else the peer would send them again for ever.
#pragma once

#include <string_view>

#include "sessions/engine/session_host.hpp"
#include "sessions/transport/screen.hpp"

namespace sluice {

void answer_malformed(engine::SessionHost& host,
                      std::string_view frame,
                      const transport::ScreenResult& result);

}  // namespace sluice
