// What an operator lets a manual venue say, in the words of an ExecutionReport(8) or
// OrderCancelReject(9): "35=8|150=F|11=G3-17|32=100|31=10.5", '|' or SOH between the fields. Read
// on the hot thread, when somebody asks.
//
// Understood: MsgType(35) 8 and 9, ClOrdID(11), CumQty(14), ExecID(17), ExecRefID(19), LastPx(31),
// LastQty(32), OrderID(37), OrderQty(38), OrdStatus(39), Price(44), Side(54), Symbol(55), Text(58),
// CxlRejReason(102), ExecType(150), LeavesQty(151), ExecRestatementReason(378),
// CxlRejResponseTo(434). Any other field is handed on to the client beside (LastMkt(30), ...). A
// ClOrdID(11) that begins with '?' is of an order that is none of ours; Side(54) and Symbol(55)
// matter only there.
#pragma once

#include <string>
#include <string_view>

#include "gateway/domain/result.hpp"
#include "gateway/domain/venue_event.hpp"

namespace sluice::codec {

struct Spoken {
    VenueEvent event;       // without its order: whom ClOrdID(11) means is known to the core
    std::string cl_ord_id;  // as it was written
};

// An error says which field and what was expected.
Result<Spoken, std::string> read_spoken(std::string_view text);

}  // namespace sluice::codec
