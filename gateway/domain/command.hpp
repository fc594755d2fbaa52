// A command: what a trading client asks, decoded from one FIX application message. Small,
// immutable, copied into the commands channel and, as it stands, into the journal (COMMAND record).
// It holds the request's own words (account, symbol, ids); what they mean is looked up by the core,
// which owns the tables.
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

enum class CommandKind : std::uint8_t {
    NewOrder = 1,     // NewOrderSingle(D), or one order of a NewOrderList(E)
    Cancel = 2,       // OrderCancelRequest(F)
    Replace = 3,      // OrderCancelReplaceRequest(G)
    Status = 4,       // OrderStatusRequest(H)
    Unsupported = 5,  // any other application message: answered with BusinessMessageReject(j)
    MassCancel = 6,   // OrderMassCancelRequest(q)
    MassStatus = 7,   // OrderMassStatusRequest(AF)
    DontKnow = 8,     // DontKnowTrade(Q)
};

namespace command_flag {
inline constexpr std::uint16_t kHasOrderQty = 1;     // OrderQty(38) was present and is a Decimal
inline constexpr std::uint16_t kHasPrice = 2;        // Price(44)
inline constexpr std::uint16_t kHasStopPx = 4;       // StopPx(99)
inline constexpr std::uint16_t kPossResend = 8;      // PossResend(97)=Y
inline constexpr std::uint16_t kPossDup = 16;        // PossDupFlag(43)=Y
inline constexpr std::uint16_t kHasMaxFloor = 32;    // MaxFloor(111), DisplayQty(1138) in FIX 5.0
inline constexpr std::uint16_t kHasExpire = 64;      // ExpireTime(126) or ExpireDate(432)
inline constexpr std::uint16_t kExpireIsDate = 128;  // it was ExpireDate(432)
// One more command of the same message follows (NewOrderList(E)): only the last one consumes the
// message's MsgSeqNum(34).
inline constexpr std::uint16_t kMoreFollow = 256;
// Of a VenueRequest only: the order's route may hold it while the venue is away.
inline constexpr std::uint16_t kMayHold = 512;
}  // namespace command_flag

// LocateReqd(114): N says that the client has located what it sells short, or need not.
enum class LocateReqd : char { Absent = 0, Yes = 'Y', No = 'N' };
using LocateId = Text<24>;

struct Command {
    std::uint64_t fix_in_seq =
        0;               // journal sequence number of the FIX_IN record that holds the raw message
    Quantity order_qty;  // OrderQty(38); for Replace the new total
    Price price;         // Price(44)
    Price stop_px;       // StopPx(99)
    Quantity max_floor;  // MaxFloor(111)
    UtcNanos expire;     // ExpireTime(126); the end of the day in UTC for ExpireDate(432)
    SessionId session;
    std::uint32_t msg_seq_num =
        0;  // MsgSeqNum(34): consuming it and taking the command are one journal record
    std::uint16_t list_size = 0;   // TotNoOrders(68) of a NewOrderList(E); 0: not of a list
    std::uint16_t list_index = 0;  // 1-based place in it
    std::uint16_t flags = 0;
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;  // OrderID(37) with DontKnow
    // ListID(66) with a list, OrdStatusReqID(790) with Status, MassStatusReqID(584) with
    // MassStatus, ExecID(17) with DontKnow.
    ClOrdId request_id;
    AccountName account;
    SymbolName symbol;
    DestinationName ex_destination;
    Text<4> msg_type;  // MsgType(35), for RefMsgType(372)
    CommandKind kind = CommandKind::Unsupported;
    Side side = Side::None;
    OrdType ord_type = OrdType::None;
    TimeInForce time_in_force = TimeInForce::Day;
    // MassCancelRequestType(530), MassStatusReqType(585), or DKReason(127).
    char mass_type = 0;
    // Not empty: the first field that could not be used and why, "Price(44)='1e5' is not a decimal
    // ...". The core refuses with InvalidField and these words.
    Prose defect;
    Name trader;                                  // SenderSubID(50), empty without one
    LocateId locate_id;                           // LocateID(5700)
    LocateReqd locate_reqd = LocateReqd::Absent;  // LocateReqd(114)
    std::array<char, 2> reserved{};
    Extras extras;

    bool has(std::uint16_t flag) const { return (flags & flag) != 0; }
};
static_assert(std::has_unique_object_representations_v<Command>, "journaled: no hidden padding");

}  // namespace sluice
