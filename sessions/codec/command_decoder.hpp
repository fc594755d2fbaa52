// An application message of a client becomes a Command. Called by the session on its I/O thread;
// allocates nothing. Every application message gives one: NewOrderSingle(D), OrderCancelRequest(F),
// OrderCancelReplaceRequest(G), OrderStatusRequest(H), and Unsupported for any other, which the
// core answers with BusinessMessageReject(j).
//
// A field that is there and cannot be used (not a decimal, too fine, too long, twice, a value or an
// instruction that we do not serve) is named in Command::defect, the first one in the message. A
// conditional field that is missing is left to the core, which sees it by the flags. A cancel and a
// status request are judged by their ids alone. Which tags may stand in which message is the
// dictionary's business; unknown ones are skipped here. What is accepted is in fix_specs/rules/.
#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/domain/command.hpp"

namespace sluice::codec {

// MsgSeqNum(34) is read from the frame; `fix_in_seq` is the journal's number of the raw message.
void decode_command(std::string_view frame,
                    FixVersion version,
                    SessionId session,
                    std::uint64_t fix_in_seq,
                    Command& out);

}  // namespace sluice::codec
