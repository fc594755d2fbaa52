// Bytes to a Command: one pass over a framed, screened application message, exact decimals from the
// field's text, nothing allocated. What cannot be used becomes Command::defect, the first one wins,
// and the core refuses with those words; what is merely absent is left to the core's checks.
// fix_specs/rules/ says for each message what is taken and what is refused.
#pragma once

#include <string_view>

#include "gateway/domain/command.hpp"

namespace sluice::codec {

// Session, MsgSeqNum(34) and FIX_IN number are the caller's to fill in.
Command decode_command(std::string_view message);

}  // namespace sluice::codec
