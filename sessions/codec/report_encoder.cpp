#include "sessions/codec/report_encoder.hpp"

#include "sessions/codec/reject_codes.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

constexpr std::string_view kNone =
    "NONE";  // OrderID(37) and OrigClOrdID(41) of what we do not know
constexpr std::string_view kNoSymbol =
    "[N/A]";  // Symbol(55) where a message must have one and there is none

bool is_execution_of_trade(ExecType type) {
    return type == ExecType::Trade || type == ExecType::TradeCorrect ||
           type == ExecType::TradeCancel;
}

// FIX 4.2 says how a report relates to earlier ones in ExecTransType(20), and a trade by the state
// that it leads to.
char exec_trans_type(ExecType type) {
    switch (type) {
        case ExecType::TradeCancel:
            return '1';
        case ExecType::TradeCorrect:
            return '2';
        case ExecType::OrderStatus:
            return '3';
        default:
            return '0';
    }
}

char ord_status_42(const Report& report) {
    // A replace of an order without fills shows as Replaced, which later versions took out.
    const bool replaced =
        report.exec_type == ExecType::Replaced && report.ord_status == OrdStatus::New;
    return replaced ? static_cast<char>(OrdStatus::Replaced) : static_cast<char>(report.ord_status);
}

char exec_type_42(const Report& report) {
    if (is_execution_of_trade(report.exec_type)) {
        return report.leaves_qty.is_zero() ? '2' : '1';
    }
    return report.exec_type == ExecType::OrderStatus ? ord_status_42(report)
                                                     : static_cast<char>(report.exec_type);
}

}  // namespace

std::string_view ReportEncoder::encode(const Report& report, const MessageHeader& header) {
    switch (report.kind) {
        case ReportKind::Execution:
            out_.begin(header, "8");
            execution(report);
            break;
        case ReportKind::CancelReject:
            out_.begin(header, "9");
            cancel_reject(report);
            break;
        case ReportKind::BusinessReject:
            out_.begin(header, "j");
            business_reject(report);
            break;
    }
    return out_.finish();
}

void ReportEncoder::order_id(const Report& report) {
    if (report.order.value == 0 || report.has(report_flag::kUnknownOrder)) {
        out_.text(tag::kOrderId, kNone);
    } else {
        out_.text(tag::kOrderId, order_id_text(instance_, report.order).view());
    }
}

void ReportEncoder::execution(const Report& report) {
    const bool fix42 = version_ == FixVersion::Fix42;
    order_id(report);
    if (!report.cl_ord_id.empty()) {
        out_.text(tag::kClOrdId, report.cl_ord_id.view());
    }
    if (!report.orig_cl_ord_id.empty()) {
        out_.text(tag::kOrigClOrdId, report.orig_cl_ord_id.view());
    }
    out_.text(tag::kExecId, exec_id_text(instance_, report.exec).view());
    if (fix42) {
        out_.character(tag::kExecTransType, exec_trans_type(report.exec_type));
    }
    if (report.ref_exec.value != 0) {
        out_.text(tag::kExecRefId, exec_id_text(instance_, report.ref_exec).view());
    }
    out_.character(tag::kExecType,
                   fix42 ? exec_type_42(report) : static_cast<char>(report.exec_type));
    out_.character(tag::kOrdStatus,
                   fix42 ? ord_status_42(report) : static_cast<char>(report.ord_status));
    if (report.reason != RejectReason::None) {
        out_.number(tag::kOrdRejReason,
                    static_cast<std::uint64_t>(ord_rej_reason(report.reason, version_)));
    }
    if (report.has(report_flag::kUnsolicited)) {
        out_.number(tag::kExecRestatementReason, report.restatement_reason);
    }
    if (!report.account.empty()) {
        out_.text(tag::kAccount, report.account.view());
    }
    out_.text(tag::kSymbol, report.symbol.empty() ? kNoSymbol : report.symbol.view());
    out_.character(tag::kSide, report.side == Side::None
                                   ? '7'
                                   : static_cast<char>(report.side));  // 7: undisclosed
    if (!report.order_qty.is_zero()) {
        out_.decimal(tag::kOrderQty, report.order_qty.decimal);
    }
    if (report.ord_type != OrdType::None) {
        out_.character(tag::kOrdType, static_cast<char>(report.ord_type));
    }
    if (report.has(report_flag::kHasPrice)) {
        out_.decimal(tag::kPrice, report.price.decimal);
    }
    if (report.has(report_flag::kHasStopPx)) {
        out_.decimal(tag::kStopPx, report.stop_px.decimal);
    }
    out_.character(tag::kTimeInForce, static_cast<char>(report.time_in_force));
    if (version_ == FixVersion::Fix50Sp2 && !report.ex_destination.empty()) {
        out_.text(tag::kExDestination, report.ex_destination.view());
    }
    if (report.has(report_flag::kHasLast)) {
        out_.decimal(tag::kLastQty, report.last_qty.decimal);
        out_.decimal(tag::kLastPx, report.last_px.decimal);
    }
    out_.decimal(tag::kLeavesQty, report.leaves_qty.decimal);
    out_.decimal(tag::kCumQty, report.cum_qty.decimal);
    out_.decimal(tag::kAvgPx, report.avg_px.decimal);
    out_.time(tag::kTransactTime, report.time);
    if (!report.text.empty()) {
        out_.text(tag::kText, report.text.view());
    }
}

void ReportEncoder::cancel_reject(const Report& report) {
    order_id(report);
    out_.text(tag::kClOrdId, report.cl_ord_id.view());
    out_.text(tag::kOrigClOrdId,
              report.orig_cl_ord_id.empty() ? kNone : report.orig_cl_ord_id.view());
    out_.character(tag::kOrdStatus, static_cast<char>(report.ord_status));
    if (!report.account.empty()) {
        out_.text(tag::kAccount, report.account.view());
    }
    out_.time(tag::kTransactTime, report.time);
    out_.character(tag::kCxlRejResponseTo, static_cast<char>(report.response_to));
    out_.number(tag::kCxlRejReason,
                static_cast<std::uint64_t>(cxl_rej_reason(report.reason, version_)));
    if (!report.text.empty()) {
        out_.text(tag::kText, report.text.view());
    }
}

void ReportEncoder::business_reject(const Report& report) {
    if (report.ref_seq_num != 0) {
        out_.number(tag::kRefSeqNum, report.ref_seq_num);
    }
    out_.text(tag::kRefMsgType, report.ref_msg_type.view());
    if (!report.cl_ord_id.empty()) {
        out_.text(tag::kBusinessRejectRefId, report.cl_ord_id.view());
    }
    out_.number(tag::kBusinessRejectReason,
                static_cast<std::uint64_t>(business_reject_reason(report.reason, version_)));
    if (!report.text.empty()) {
        out_.text(tag::kText, report.text.view());
    }
}

}  // namespace sluice::codec
