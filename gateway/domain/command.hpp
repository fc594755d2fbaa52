// A command: what a trading client asks, decoded from one FIX application message. Small,
// immutable, copied into the commands channel and, as it stands, into the journal (COMMAND record).
// It holds the request's own words (account, symbol, ids); what they mean is looked up by the core,
// which owns the tables.
#pragma once

#include <cstdint>
#include <type_traits>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/text.hpp"

namespace sluice {

enum class CommandKind : std::uint8_t {
    NewOrder = 1,     // NewOrderSingle(D)
    Cancel = 2,       // OrderCancelRequest(F)
    Replace = 3,      // OrderCancelReplaceRequest(G)
    Status = 4,       // OrderStatusRequest(H)
    Unsupported = 5,  // any other application message: answered with BusinessMessageReject(j)
};

namespace command_flag {
inline constexpr std::uint8_t kHasOrderQty = 1;  // OrderQty(38) was present and is a Decimal
inline constexpr std::uint8_t kHasPrice = 2;     // Price(44)
inline constexpr std::uint8_t kHasStopPx = 4;    // StopPx(99)
inline constexpr std::uint8_t kPossResend = 8;   // PossResend(97)=Y
inline constexpr std::uint8_t kPossDup = 16;     // PossDupFlag(43)=Y
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
    SessionId session;
    std::uint32_t msg_seq_num =
        0;  // MsgSeqNum(34): consuming it and taking the command are one journal record
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    AccountName account;
    SymbolName symbol;
    DestinationName ex_destination;
    Text<4> msg_type;  // MsgType(35), for RefMsgType(372)
    CommandKind kind = CommandKind::Unsupported;
    Side side = Side::None;
    OrdType ord_type = OrdType::None;
    TimeInForce time_in_force = TimeInForce::Day;
    std::uint8_t flags = 0;
    // Not empty: the first field that could not be used and why, "Price(44)='1e5' is not a decimal
    // ...". The core refuses with InvalidField and these words.
    Prose defect;
    std::array<char, 4> reserved{};
    Name trader;                                  // SenderSubID(50), empty without one
    LocateId locate_id;                           // LocateID(5700)
    LocateReqd locate_reqd = LocateReqd::Absent;  // LocateReqd(114)
    std::array<char, 5> reserved_locate{};

    bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};
static_assert(std::has_unique_object_representations_v<Command>, "journaled: no hidden padding");

}  // namespace sluice
