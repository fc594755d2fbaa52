// A report: what a trading client is told, before it is coded for the client's FIX version. An
// output of the core; the codec turns it into bytes, and the FIX_OUT record that holds those bytes
// names (cause, ordinal).
#pragma once

#include <cstdint>
#include <type_traits>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/reject_reason.hpp"
#include "gateway/domain/text.hpp"
#include "gateway/domain/time.hpp"

namespace sluice {

enum class ReportKind : std::uint8_t {
    Execution = 1,       // ExecutionReport(8)
    CancelReject = 2,    // OrderCancelReject(9)
    BusinessReject = 3,  // BusinessMessageReject(j)
};

namespace report_flag {
inline constexpr std::uint8_t kHasPrice = 1;
inline constexpr std::uint8_t kHasStopPx = 2;
inline constexpr std::uint8_t kHasLast = 4;       // LastQty(32), LastPx(31)
inline constexpr std::uint8_t kUnknownOrder = 8;  // OrderID(37)=NONE
inline constexpr std::uint8_t kUnsolicited = 16;  // ExecRestatementReason(378) applies
}  // namespace report_flag

struct Report {
    std::uint64_t cause = 0;  // sequence number of the input that caused it
    OrderId order;            // 0: NONE
    ExecId exec;              // ExecID(17); unique for ever
    ExecId ref_exec;          // ExecRefID(19), 0 when none
    UtcNanos time;            // of the cause: TransactTime(60)
    Quantity order_qty;
    Quantity cum_qty;
    Quantity leaves_qty;
    Quantity last_qty;
    Price price;
    Price stop_px;
    Price avg_px;
    Price last_px;
    SessionId session;
    std::uint32_t ordinal = 0;      // position among the outputs of the cause
    std::uint32_t ref_seq_num = 0;  // RefSeqNum(45) of a BusinessMessageReject(j)
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;  // empty: absent
    AccountName account;
    SymbolName symbol;
    Text<4> ref_msg_type;  // RefMsgType(372)
    DestinationName ex_destination;
    ReportKind kind = ReportKind::Execution;
    ExecType exec_type = ExecType::New;
    OrdStatus ord_status = OrdStatus::New;
    RejectReason reason = RejectReason::None;  // for 103, 102 or 380, mapped per version
    Side side = Side::None;
    OrdType ord_type = OrdType::None;
    TimeInForce time_in_force = TimeInForce::Day;
    CxlRejResponseTo response_to = CxlRejResponseTo::None;
    std::uint8_t restatement_reason = 0;  // ExecRestatementReason(378) when kUnsolicited
    std::uint8_t flags = 0;
    Prose text;
    std::array<char, 3> reserved{};

    bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};
static_assert(std::has_unique_object_representations_v<Report>, "compared byte by byte in replay");

}  // namespace sluice
