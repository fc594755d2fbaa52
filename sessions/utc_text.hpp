// A point in time as FIX writes it: "20261124-09:30:00.000", UTC with milliseconds. For messages
// off the order path.
#pragma once

#include <string>

#include "gateway/domain/time.hpp"

namespace sluice {

std::string utc_text(UtcNanos time);

}  // namespace sluice
