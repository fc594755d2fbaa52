// A report: what a trading client is told, before it is coded for the client's FIX version. An
// output of the core; the codec turns it into bytes, and the FIX_OUT record that holds those bytes
// names (cause, ordinal).
#pragma once

#include <cstdint>
#include <type_traits>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/extras.hpp"
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
    MassCancel = 4,      // OrderMassCancelReport(r)
    ListStatus = 5,      // ListStatus(N), one order of the list in each
};

namespace report_flag {
inline constexpr std::uint16_t kHasPrice = 1;
inline constexpr std::uint16_t kHasStopPx = 2;
inline constexpr std::uint16_t kHasLast = 4;       // LastQty(32), LastPx(31)
inline constexpr std::uint16_t kUnknownOrder = 8;  // OrderID(37)=NONE
inline constexpr std::uint16_t kUnsolicited = 16;  // ExecRestatementReason(378) applies
inline constexpr std::uint16_t kHasMaxFloor = 32;
inline constexpr std::uint16_t kHasExpire = 64;
inline constexpr std::uint16_t kExpireIsDate = 128;
inline constexpr std::uint16_t kHasDay = 256;    // DayOrderQty(424), DayCumQty(425), DayAvgPx(426)
inline constexpr std::uint16_t kDropCopy = 512;  // CopyMsgIndicator(797)=Y
inline constexpr std::uint16_t kMassStatus = 1024;  // an answer to an OrderMassStatusRequest(AF)
inline constexpr std::uint16_t kLast = 2048;        // the last of them
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
    Quantity max_floor;
    UtcNanos expire;
    Quantity day_order_qty;  // of a good-till order on a day after its first
    Quantity day_cum_qty;
    Price day_avg_px;
    SessionId session;  // who is told
    VenueId venue{kNoIndex};
    std::uint32_t ordinal = 0;      // position among the outputs of the cause
    std::uint32_t ref_seq_num = 0;  // RefSeqNum(45) of a BusinessMessageReject(j)
    // TotNumReports(911) with kMassStatus, TotalAffectedOrders(533) with MassCancel, NoRpts(82) and
    // RptSeq(83) with ListStatus.
    std::uint32_t total = 0;
    std::uint32_t index = 0;
    SessionId owner{kNoIndex};  // with kDropCopy: whose order it is
    std::uint16_t flags = 0;
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;  // empty: absent
    // OrdStatusReqID(790) or MassStatusReqID(584) of the request that is answered, ListID(66).
    ClOrdId request_id;
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
    char mass_type = 0;  // MassCancelRequestType(530); MassCancelResponse(531) is 0 with a reason
    Prose text;
    Extras extras;

    bool has(std::uint16_t flag) const { return (flags & flag) != 0; }
};
static_assert(std::has_unique_object_representations_v<Report>, "compared byte by byte in replay");

}  // namespace sluice
