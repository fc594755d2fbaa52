// Why a request was refused, in the order in which the checks ask (the first failing one names the
// reject). The FIX codes of a reason differ per version: sessions/codec/reject_codes.hpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace sluice {

enum class RejectReason : std::uint8_t {
    None = 0,
    InvalidField,
    Throttled,
    DuplicateClOrdId,
    UnknownOrder,
    TooLate,
    Killed,
    PendingReplace,
    NotEntitled,
    UnknownSymbol,
    Halted,
    SessionClosed,
    Restricted,
    OrdTypeNotPermitted,
    BadLot,
    BadTick,
    BadPrice,
    MaxOrderQty,
    NoRefPrice,
    MaxOrderNotional,
    PriceCollar,
    ShortSale,
    SelfMatch,
    DuplicateBurst,
    MaxOpenOrders,
    OrderToTrade,
    RepeatedExecution,
    ReduceOnly,
    DailyLoss,
    PositionLimit,
    GrossNotional,
    NetNotional,
    Credit,
    VenueDown,
    VenueBusy,
    NoRoute,
    // From here on not the risk pipeline's.
    UnsupportedMessage,  // BusinessRejectReason(380)=3
    GatewayBusy,         // commands channel full
    GatewayHalted,       // the journal cannot keep up or has failed
    VenueRejected,       // the venue said no; its words are in the text
    Count_
};

// The stable code that clients and tools see: "MAX_ORDER_QTY".
std::string_view code(RejectReason reason);

}  // namespace sluice
