// A venue event: what a venue says about an order, in one vocabulary for every adapter. An input of
// the core, journaled as it stands (VENUE_EVENT record).
#pragma once

#include <cstdint>
#include <type_traits>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/extras.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/text.hpp"
#include "gateway/domain/time.hpp"

namespace sluice {

enum class VenueEventKind : std::uint8_t {
    SessionUp = 1,    // the venue takes orders
    SessionDown = 2,  // it does not; what is in flight is in doubt, not lost
    PendingNew = 3,
    New = 4,  // accepted
    Rejected =
        5,  // new order refused; also by the adapter when the venue cannot be reached (kNotSent)
    Fill = 6,
    Canceled = 7,  // on request (request_version set) or unsolicited
    Replaced = 8,
    CancelRejected = 9,    // OrderCancelReject(9) to a cancel
    ReplaceRejected = 10,  // OrderCancelReject(9) to a replace
    Expired = 11,
    DoneForDay = 12,
    Restated = 13,
    TradeCancel = 14,  // bust: ref_exec_id names the execution
    TradeCorrect = 15,
    PendingCancel = 16,
    PendingReplace = 17,
    Stopped = 18,
    Suspended = 19,
    OrderStatus = 20,  // answer to a status request: ord_status says where the order stands
    Triggered = 21,    // a stop order is now in the market
    Unreadable = 22,   // about an order, but it cannot be read: text says which field is wrong
};

namespace venue_event_flag {
inline constexpr std::uint8_t kHasOrderQty = 1;  // the venue stated OrderQty(38)
inline constexpr std::uint8_t kHasCumQty = 2;
inline constexpr std::uint8_t kHasLeavesQty = 4;
inline constexpr std::uint8_t kHasPrice = 8;
// By the adapter itself: the request did not go out and will not. A refusal, or, of a request that
// waited in the adapter, Canceled or Replaced.
inline constexpr std::uint8_t kNotSent = 16;
inline constexpr std::uint8_t kUnknownOrder =
    32;                                       // the venue's ClOrdID(11) is none of ours; order is 0
inline constexpr std::uint8_t kTooLate = 64;  // CxlRejReason(102)=0 too late
// SessionUp: another line than before carries the requests from here on; what is unanswered is in
// doubt, and what was sent before over any line is not sent again by a resend.
inline constexpr std::uint8_t kTakeover = 128;
}  // namespace venue_event_flag

struct VenueEvent {
    std::uint64_t venue_seq =
        0;  // SIM: its own event counter; FIX: MsgSeqNum(34). Makes redelivery recognisable.
    OrderId order;
    UtcNanos transact_time;  // the venue's TransactTime(60); 0 when absent
    Quantity last_qty;
    Price last_px;
    Quantity order_qty;
    Quantity cum_qty;
    Quantity leaves_qty;
    Price price;
    VenueId venue;
    std::uint32_t version =
        0;  // which of our requests on the order this answers (VenueRequest::version)
    ForeignId venue_order_id;  // OrderID(37)
    ForeignId venue_exec_id;   // ExecID(17)
    ForeignId ref_exec_id;     // ExecRefID(19)
    SymbolName symbol;         // for a fill of an unknown order
    VenueEventKind kind = VenueEventKind::SessionDown;
    char side = 0;        // Side(54), for a fill of an unknown order
    char ord_status = 0;  // OrdStatus(39) with OrderStatus, as FIX 4.4 codes it; 0 when absent
    std::uint8_t flags = 0;
    std::uint8_t line = 0;  // which of the venue's FIX sessions said it
    // ExecRestatementReason(378) of an unsolicited Canceled or Restated; kNoReason when absent.
    std::uint8_t restatement_reason = kNoReason;
    Prose text;  // Text(58)
    std::array<char, 5> reserved{};
    Extras extras;  // what the client is told beside it: LastMkt(30), LastLiquidityInd(851), ...

    static constexpr std::uint8_t kNoReason = 255;

    bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};
static_assert(std::has_unique_object_representations_v<VenueEvent>, "journaled: no hidden padding");

}  // namespace sluice
