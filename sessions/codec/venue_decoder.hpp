// What a FIX venue says becomes a VenueEvent in the one vocabulary of the core: ExecutionReport(8),
// OrderCancelReject(9), and BusinessMessageReject(j) that names our request. FIX 4.2's coding
// (ExecTransType(20), ExecType(150) 1 and 2) is normalised; FIX 4.4 and 5.0SP2 venues that still
// use it are understood. A venue's word that it does not know an order that it was asked about is
// an OrderStatus event with ord_status '8', in each of the forms that venues have for it. Fields
// that the client is told beside (extras.hpp) come along; what of them does not fit is left out,
// whole. Called on the venue's I/O thread; allocates nothing.
//
// An execution is never dropped: an ExecutionReport(8) whose ClOrdID(11) is not ours is an event
// with kUnknownOrder; a LastQty(32) or LastPx(31) finer than 8 decimals is rounded to the nearest,
// and the text says so. One that cannot be read at all is never taken for 0: Unusable.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/names.hpp"
#include "gateway/domain/venue_event.hpp"

namespace sluice::codec {

enum class VenueWord : std::uint8_t {
    Event,          // `out` is filled
    NotAboutOrder,  // another message, or one that changes nothing
    NeedsRequest,   // BusinessMessageReject(j) without BusinessRejectRefID(379): the caller knows
                    // the request by RefSeqNum(45); `out` holds venue, number and text
    Unusable,       // about an order, but a field is missing or unreadable: out.text says which
};

// Of an ExecType(150), whichever version's; nothing for one that is not known.
std::optional<VenueEventKind> event_kind(char exec_type);

VenueWord decode_venue(std::string_view frame,
                       FixVersion version,
                       VenueId venue,
                       const Instance& instance,
                       VenueEvent& out);

}  // namespace sluice::codec
