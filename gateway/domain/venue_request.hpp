// What the core asks of a venue. Journaled (EGRESS record) before an adapter sees it. The venue's
// ClOrdID(11) is a function of (order, version) alone, so the same request can never be sent under
// two names.
#pragma once

#include <cstdint>
#include <type_traits>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/extras.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/text.hpp"
#include "gateway/domain/time.hpp"

namespace sluice {

enum class VenueRequestKind : std::uint8_t {
    New = 1,
    Cancel = 2,
    Replace = 3,
    Status = 4,
    MassStatus = 5,  // about all orders at the venue; `order` is 0
};

struct VenueRequest {
    std::uint64_t cause =
        0;  // sequence number of the input that caused it; strictly the approval's number
    OrderId order;
    UtcNanos time;       // of the cause; TransactTime(60) towards the venue
    Quantity order_qty;  // total
    Price price;
    Price stop_px;
    Quantity max_floor;  // MaxFloor(111)
    UtcNanos expire;     // ExpireTime(126), or the end of ExpireDate(432)
    VenueId venue;
    std::uint32_t version =
        0;  // this request; 0 for New, then +1 for each further request on the order
    std::uint32_t orig_version = 0;  // the last accepted request it acts on (Cancel, Replace)
    std::uint32_t ordinal = 0;       // position among the outputs of the cause
    AccountName account;
    SymbolName symbol;
    DestinationName ex_destination;
    ForeignId venue_order_id;  // empty until the venue said it
    VenueRequestKind kind = VenueRequestKind::New;
    Side side = Side::None;
    OrdType ord_type = OrdType::None;
    TimeInForce time_in_force = TimeInForce::Day;
    // command_flag: kHasPrice, kHasStopPx, kHasMaxFloor, kHasExpire, kExpireIsDate, kMayHold, and
    // kPossResend for a request that may have been sent before.
    std::uint16_t flags = 0;
    std::array<char, 2> reserved{};
    Extras extras;  // of the client's request

    bool has(std::uint16_t flag) const { return (flags & flag) != 0; }
};
static_assert(std::has_unique_object_representations_v<VenueRequest>,
              "journaled: no hidden padding");

}  // namespace sluice
