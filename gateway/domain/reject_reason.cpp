#include "gateway/domain/reject_reason.hpp"

#include <array>

namespace sluice {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(RejectReason::Count_)> kCodes = {
    "NONE",
    "INVALID_FIELD",
    "THROTTLED",
    "DUP_CLORDID",
    "UNKNOWN_ORDER",
    "TOO_LATE",
    "KILLED",
    "PENDING_REPLACE",
    "NOT_ENTITLED",
    "UNKNOWN_SYMBOL",
    "HALTED",
    "SESSION_CLOSED",
    "RESTRICTED",
    "ORDTYPE_NOT_PERMITTED",
    "BAD_LOT",
    "BAD_TICK",
    "BAD_PRICE",
    "MAX_ORDER_QTY",
    "NO_REF_PRICE",
    "MAX_ORDER_NOTIONAL",
    "PRICE_COLLAR",
    "SHORT_SALE",
    "SELF_MATCH",
    "DUP_BURST",
    "MAX_OPEN_ORDERS",
    "ORDER_TO_TRADE",
    "REPEATED_EXECUTION",
    "REDUCE_ONLY",
    "DAILY_LOSS",
    "POSITION_LIMIT",
    "GROSS_NOTIONAL",
    "NET_NOTIONAL",
    "CREDIT",
    "VENUE_DOWN",
    "VENUE_BUSY",
    "NO_ROUTE",
    "UNSUPPORTED_MESSAGE",
    "GATEWAY_BUSY",
    "GATEWAY_HALTED",
    "VENUE_REJECTED"};

}  // namespace

std::string_view code(RejectReason reason) {
    return kCodes.at(static_cast<std::size_t>(reason));
}

}  // namespace sluice
