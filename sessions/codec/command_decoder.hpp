// An application message of a client becomes a Command. Called by the session on its I/O thread;
// allocates nothing, but for the room in the vector of a list. Every application message gives one:
// NewOrderSingle(D), OrderCancelRequest(F), OrderCancelReplaceRequest(G), OrderStatusRequest(H),
// DontKnowTrade(Q), from FIX 4.4 on OrderMassCancelRequest(q) and OrderMassStatusRequest(AF), and
// Unsupported for any other, which the core answers with BusinessMessageReject(j).
//
// A field that is there and cannot be used (not a decimal, too fine, too long, twice, a value or an
// instruction that we do not serve) is named in Command::defect, the first one in the message. A
// conditional field that is missing is left to the core, which sees it by the flags. A cancel and a
// status request are judged by their ids alone. Which tags may stand in which message is the
// dictionary's business; unknown ones are skipped here, and what is handed on unread is in
// Command::extras (extras.hpp). What is accepted is in fix_specs/rules/.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/domain/command.hpp"

namespace sluice::codec {

// MsgSeqNum(34) is read from the frame; `fix_in_seq` is the journal's number of the raw message.
void decode_command(std::string_view frame,
                    FixVersion version,
                    SessionId session,
                    std::uint64_t fix_in_seq,
                    Command& out);

inline constexpr std::size_t kListOrdersMax = 100;

// A NewOrderList(E): in place of what `out` held, one NewOrder command for each order of the list,
// all but the last with kMoreFollow; a defect is the order's own. A list that is not one
// (TotNoOrders(68) says another count, no order, too many, orders that depend on each other, a
// ListID(66) that cannot be used) is one Unsupported command whose defect says so and whose ClOrdID
// is the ListID(66).
void decode_list(std::string_view frame,
                 FixVersion version,
                 SessionId session,
                 std::uint64_t fix_in_seq,
                 std::vector<Command>& out);

}  // namespace sluice::codec
