#include "sessions/codec/report_encoder.hpp"

#include "sessions/codec/extras.hpp"
#include "sessions/codec/reject_codes.hpp"
#include "sessions/codec/tags.hpp"
#include "sessions/codec/terms.hpp"

namespace sluice::codec {
namespace {

constexpr std::string_view kNone = "NONE";
constexpr int kMarketOption = 8;  // ExecRestatementReason(378)

bool has_order(const Report& report) {
    return report.order.value != 0 && !report.has(report_flag::kUnknownOrder);
}

bool is_correction(const Report& report) {
    return report.exec_type == ExecType::TradeCorrect || report.exec_type == ExecType::TradeCancel;
}

// A required field whose value the request did not have in a usable form.
std::string_view or_none(std::string_view value) {
    return value.empty() ? kNone : value;
}

// Side(54) is required everywhere. A request without a readable one is answered with 7 undisclosed,
// which every version knows.
char side_of(const Report& report) {
    return report.side == Side::None ? '7' : static_cast<char>(report.side);
}

ExecCoding coding_42(const Report& report) {
    ExecCoding coding{static_cast<char>(report.exec_type), static_cast<char>(report.ord_status),
                      '0'};
    const char fill = report.cum_qty < report.order_qty ? '1' : '2';
    switch (report.exec_type) {
        case ExecType::Trade:
            coding.exec_type = fill;
            break;
        case ExecType::TradeCancel:
            coding = {fill, coding.ord_status, '1'};
            break;
        case ExecType::TradeCorrect:
            coding = {fill, coding.ord_status, '2'};
            break;
        case ExecType::OrderStatus:
            coding = {coding.ord_status, coding.ord_status, '3'};
            break;
        case ExecType::Replaced:
            if (report.ord_status == OrdStatus::New) {
                coding.ord_status = static_cast<char>(OrdStatus::Replaced);
            }
            break;
        case ExecType::Triggered:
            coding.exec_type = static_cast<char>(ExecType::Restated);
            break;
        default:
            break;
    }
    return coding;
}

}  // namespace

ExecCoding exec_coding(const Report& report, FixVersion version) {
    if (version == FixVersion::Fix42) {
        return coding_42(report);
    }
    const OrdStatus status =
        report.ord_status == OrdStatus::Replaced ? OrdStatus::New : report.ord_status;
    const bool restated = report.exec_type == ExecType::Triggered && version == FixVersion::Fix44;
    return {static_cast<char>(restated ? ExecType::Restated : report.exec_type),
            static_cast<char>(status), 0};
}

ReportEncoder::ReportEncoder(FixVersion version, const Instance& instance, TimeDigits digits)
    : version_(version), instance_(instance), digits_(digits), writer_(version, digits.sending) {}

std::string_view ReportEncoder::encode(const Report& report,
                                       const Header& header,
                                       CustomTags custom_tags) {
    switch (report.kind) {
        case ReportKind::Execution:
            writer_.begin("8", header);
            execution(report, custom_tags);
            break;
        case ReportKind::CancelReject:
            writer_.begin("9", header);
            cancel_reject(report);
            break;
        case ReportKind::BusinessReject:
            writer_.begin("j", header);
            business_reject(report);
            break;
        case ReportKind::MassCancel:
            if (version_ == FixVersion::Fix42) {
                writer_.begin("j", header);
                mass_cancel_42(report);
            } else {
                writer_.begin("r", header);
                mass_cancel(report);
            }
            break;
        case ReportKind::ListStatus:
            writer_.begin("N", header);
            list_status(report);
            break;
    }
    return writer_.finish();
}

std::string_view ReportEncoder::encode_body(const Report& report, CustomTags custom_tags) {
    return body_of(encode(report, Header{"S", "T", 1, UtcNanos{}}, custom_tags));
}

void ReportEncoder::execution(const Report& report, CustomTags custom_tags) {
    const bool known = has_order(report);
    writer_.text<tag::OrderID>(known ? order_id_text(instance_, report.order).view() : kNone);
    writer_.text_if<tag::ClOrdID>(report.cl_ord_id.view());
    writer_.text_if<tag::OrigClOrdID>(report.orig_cl_ord_id.view());
    writer_.text<tag::ExecID>(exec_id_text(instance_, report.exec).view());
    execution_answer(report);
    execution_state(report);
    execution_order(report);
    execution_sums(report);
    writer_.time<tag::TransactTime>(report.time, digits_.transact);
    writer_.prose<tag::Text>(report.text.view());
    write_extras(report.extras, version_, ExtrasInto::Report, custom_tags, writer_);
}

// Which question is answered, and whether it is a copy.
void ReportEncoder::execution_answer(const Report& report) {
    if (version_ == FixVersion::Fix42) {
        return;
    }
    if (report.has(report_flag::kMassStatus)) {
        writer_.text_if<tag::MassStatusReqID>(report.request_id.view());
        writer_.number<tag::TotNumReports>(report.total);
        writer_.character<tag::LastRptRequested>(report.has(report_flag::kLast) ? 'Y' : 'N');
    } else if (report.exec_type == ExecType::OrderStatus) {
        writer_.text_if<tag::OrdStatusReqID>(report.request_id.view());
    }
    if (report.has(report_flag::kDropCopy)) {
        writer_.character<tag::CopyMsgIndicator>('Y');
    }
}

void ReportEncoder::execution_sums(const Report& report) {
    writer_.decimal<tag::LeavesQty>(report.leaves_qty.decimal);
    writer_.decimal<tag::CumQty>(report.cum_qty.decimal);
    writer_.decimal<tag::AvgPx>(report.avg_px.decimal);
    if (report.has(report_flag::kHasDay)) {
        writer_.decimal<tag::DayOrderQty>(report.day_order_qty.decimal);
        writer_.decimal<tag::DayCumQty>(report.day_cum_qty.decimal);
        writer_.decimal<tag::DayAvgPx>(report.day_avg_px.decimal);
    }
}

void ReportEncoder::execution_state(const Report& report) {
    const ExecCoding coding = exec_coding(report, version_);
    if (coding.exec_trans_type != 0) {
        writer_.character<tag::ExecTransType>(coding.exec_trans_type);
    }
    if (is_correction(report) && report.ref_exec.value != 0) {
        writer_.text<tag::ExecRefID>(exec_id_text(instance_, report.ref_exec).view());
    }
    writer_.character<tag::ExecType>(coding.exec_type);
    writer_.character<tag::OrdStatus>(coding.ord_status);
    if (report.exec_type == ExecType::Rejected || report.reason != RejectReason::None) {
        const int code = ord_rej_reason(report.reason, version_);
        writer_.number<tag::OrdRejReason>(static_cast<std::uint64_t>(code));
    }
    // A triggered stop order is told as a restatement where there is no ExecType(150) for it, and a
    // restatement has a reason.
    const bool triggered = coding.exec_type != static_cast<char>(report.exec_type) &&
                           report.exec_type == ExecType::Triggered;
    if (report.has(report_flag::kUnsolicited) || triggered) {
        const int code =
            restatement_reason(triggered ? kMarketOption : report.restatement_reason, version_);
        writer_.number<tag::ExecRestatementReason>(static_cast<std::uint64_t>(code));
    }
}

void ReportEncoder::execution_order(const Report& report) {
    writer_.text_if<tag::Account>(report.account.view());
    // FIX's convention for a required Symbol(55) that is not known.
    writer_.text<tag::Symbol>(report.symbol.empty() ? "[N/A]" : report.symbol.view());
    writer_.character<tag::Side>(side_of(report));
    // A request that had no readable quantity is not told that it asked for 0.
    if (has_order(report) || !report.order_qty.is_zero()) {
        writer_.decimal<tag::OrderQty>(report.order_qty.decimal);
    }
    if (report.ord_type != OrdType::None) {
        writer_.character<tag::OrdType>(static_cast<char>(report.ord_type));
    }
    if (report.has(report_flag::kHasPrice)) {
        writer_.decimal<tag::Price>(report.price.decimal);
    }
    if (report.has(report_flag::kHasStopPx)) {
        writer_.decimal<tag::StopPx>(report.stop_px.decimal);
    }
    if (report.ord_type != OrdType::None) {
        writer_.character<tag::TimeInForce>(static_cast<char>(report.time_in_force));
    }
    execution_terms(report);
    if (report.has(report_flag::kHasLast)) {
        writer_.decimal<tag::LastQty>(report.last_qty.decimal);
        writer_.decimal<tag::LastPx>(report.last_px.decimal);
    }
    // Only this version has it in an ExecutionReport(8).
    if (version_ == FixVersion::Fix50Sp2) {
        writer_.text_if<tag::ExDestination>(report.ex_destination.view());
    }
}

void ReportEncoder::execution_terms(const Report& report) {
    if (report.has(report_flag::kHasMaxFloor)) {
        write_max_floor(report.max_floor, version_, writer_);
    }
    if (report.has(report_flag::kHasExpire)) {
        write_expire(report.expire, report.has(report_flag::kExpireIsDate), writer_);
    }
}

void ReportEncoder::cancel_reject(const Report& report) {
    const bool known = has_order(report);
    const OrdStatus status =
        report.ord_status == OrdStatus::Replaced && version_ != FixVersion::Fix42
            ? OrdStatus::New
            : report.ord_status;
    writer_.text<tag::OrderID>(known ? order_id_text(instance_, report.order).view() : kNone);
    writer_.text<tag::ClOrdID>(or_none(report.cl_ord_id.view()));
    writer_.text<tag::OrigClOrdID>(or_none(report.orig_cl_ord_id.view()));
    writer_.character<tag::OrdStatus>(static_cast<char>(status));
    writer_.text_if<tag::Account>(report.account.view());
    writer_.time<tag::TransactTime>(report.time, digits_.transact);
    const auto to = report.response_to == CxlRejResponseTo::None ? CxlRejResponseTo::Cancel
                                                                 : report.response_to;
    writer_.character<tag::CxlRejResponseTo>(static_cast<char>(to));
    const int code = cxl_rej_reason(report.reason, version_);
    writer_.number<tag::CxlRejReason>(static_cast<std::uint64_t>(code));
    writer_.prose<tag::Text>(report.text.view());
}

void ReportEncoder::mass_cancel(const Report& report) {
    const bool refused = report.reason != RejectReason::None;
    const char type = report.mass_type >= '1' && report.mass_type <= '7' ? report.mass_type : '7';
    const IdText id = exec_id_text(instance_, report.exec);
    writer_.text<tag::ClOrdID>(or_none(report.cl_ord_id.view()));
    writer_.text<tag::OrderID>(id.view());
    if (version_ == FixVersion::Fix50Sp2) {
        writer_.text<tag::MassActionReportID>(id.view());
    }
    writer_.character<tag::MassCancelRequestType>(type);
    writer_.character<tag::MassCancelResponse>(refused ? '0' : type);
    if (refused) {
        writer_.number<tag::MassCancelRejectReason>(mass_cancel_reject_reason(report.reason));
    } else {
        writer_.number<tag::TotalAffectedOrders>(report.total);
    }
    writer_.text_if<tag::Symbol>(report.symbol.view());
    if (report.side != Side::None) {
        writer_.character<tag::Side>(side_of(report));
    }
    writer_.time<tag::TransactTime>(report.time, digits_.transact);
    writer_.prose<tag::Text>(report.text.view());
}

// FIX 4.2 has no such message. A session whose version was changed in the middle of a mass cancel
// is told in a message that it knows.
void ReportEncoder::mass_cancel_42(const Report& report) {
    writer_.text<tag::RefMsgType>("q");
    writer_.text_if<tag::BusinessRejectRefID>(report.cl_ord_id.view());
    writer_.number<tag::BusinessRejectReason>(0);
    writer_.prose<tag::Text>(report.text.empty() ? "the mass cancel is done" : report.text.view());
}

// One order of the list in each: NoRpts(82) of them, this one the RptSeq(83)th.
void ReportEncoder::list_status(const Report& report) {
    writer_.text<tag::ListID>(or_none(report.request_id.view()));
    writer_.character<tag::ListStatusType>('1');  // acknowledgement
    writer_.number<tag::NoRpts>(report.total);
    writer_.character<tag::ListOrderStatus>('3');  // executing
    writer_.number<tag::RptSeq>(report.index);
    writer_.time<tag::TransactTime>(report.time, digits_.transact);
    writer_.number<tag::TotNoOrders>(report.total);
    writer_.character<tag::NoOrders>('1');
    writer_.text<tag::ClOrdID>(or_none(report.cl_ord_id.view()));
    writer_.decimal<tag::CumQty>(report.cum_qty.decimal);
    writer_.character<tag::OrdStatus>(exec_coding(report, version_).ord_status);
    writer_.decimal<tag::LeavesQty>(report.leaves_qty.decimal);
    writer_.decimal<tag::CxlQty>(Decimal{});
    writer_.decimal<tag::AvgPx>(report.avg_px.decimal);
    if (report.reason != RejectReason::None) {
        const int code = ord_rej_reason(report.reason, version_);
        writer_.number<tag::OrdRejReason>(static_cast<std::uint64_t>(code));
    }
    writer_.prose<tag::Text>(report.text.view());
}

void ReportEncoder::business_reject(const Report& report) {
    if (report.ref_seq_num != 0) {
        writer_.number<tag::RefSeqNum>(report.ref_seq_num);
    }
    writer_.text<tag::RefMsgType>(or_none(report.ref_msg_type.view()));
    writer_.text_if<tag::BusinessRejectRefID>(report.cl_ord_id.view());
    const int code = business_reject_reason(report.reason, version_);
    writer_.number<tag::BusinessRejectReason>(static_cast<std::uint64_t>(code));
    writer_.prose<tag::Text>(report.text.view());
}

}  // namespace sluice::codec
