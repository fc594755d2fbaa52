#include "tests/unit/codec/reports.hpp"

namespace sluice::test {
namespace {

constexpr UtcNanos kTime{1'767'323'045'678'901'234};

Report with(Report report, ExecType type, OrdStatus status) {
    report.exec_type = type;
    report.ord_status = status;
    return report;
}

Report closed(ExecType type, OrdStatus status) {
    Report report = with(working_order(), type, status);
    report.leaves_qty = {};
    return report;
}

Report answer(Report report) {
    report.cl_ord_id = ClOrdId("A2");
    report.orig_cl_ord_id = ClOrdId("A1");
    return report;
}

Report correction(ExecType type) {
    Report report = with(fill(), type, OrdStatus::PartiallyFilled);
    report.ref_exec = ExecId{(std::uint64_t{3} << kEpochShift) | 42};
    return report;
}

}  // namespace

codec::Header header(std::uint32_t number) {
    return {"GATE", "CLIENT", number, kTime};
}

Report working_order() {
    Report report;
    report.cause = 99;
    report.order = OrderId{(std::uint64_t{3} << kEpochShift) | 17};
    report.exec = ExecId{(std::uint64_t{3} << kEpochShift) | 43};
    report.time = kTime;
    report.order_qty = report.leaves_qty = Quantity::from_int(100);
    report.price = Price::from_units(10'125'000'000);
    report.cl_ord_id = ClOrdId("A1");
    report.account = AccountName("ACC");
    report.symbol = SymbolName("ACME");
    report.side = Side::Buy;
    report.ord_type = OrdType::Limit;
    report.flags = report_flag::kHasPrice;
    return report;
}

Report fill() {
    Report report = with(working_order(), ExecType::Trade, OrdStatus::PartiallyFilled);
    report.last_qty = report.cum_qty = Quantity::from_int(40);
    report.leaves_qty = Quantity::from_int(60);
    report.last_px = report.avg_px = Price::from_units(10'120'000'000);
    report.flags |= report_flag::kHasLast;
    return report;
}

Report refused_new(RejectReason reason) {
    Report report = closed(ExecType::Rejected, OrdStatus::Rejected);
    report.order = {};
    report.flags |= report_flag::kUnknownOrder;
    report.reason = reason;
    report.text = Prose("MAX_ORDER_QTY account:max_order_qty limit=10 observed=100");
    return report;
}

Report refused_cancel(RejectReason reason) {
    Report report = answer(working_order());
    report.kind = ReportKind::CancelReject;
    report.response_to = CxlRejResponseTo::Cancel;
    report.reason = reason;
    report.text = Prose("TOO_LATE: the order is over");
    return report;
}

Report refused_message(RejectReason reason) {
    Report report;
    report.kind = ReportKind::BusinessReject;
    report.time = kTime;
    report.cl_ord_id = ClOrdId("A1");
    report.ref_seq_num = 12;
    report.ref_msg_type = Text<4>("D");
    report.reason = reason;
    report.text = Prose("THROTTLED: at most 50 a second");
    return report;
}

std::vector<NamedReport> every_shape() {
    std::vector<NamedReport> all = {
        {"pending new", with(working_order(), ExecType::PendingNew, OrdStatus::PendingNew)},
        {"new", working_order()},
        {"partial fill", fill()},
        {"pending cancel",
         answer(with(working_order(), ExecType::PendingCancel, OrdStatus::PendingCancel))},
        {"pending replace",
         answer(with(working_order(), ExecType::PendingReplace, OrdStatus::PendingReplace))},
        {"canceled", answer(closed(ExecType::Canceled, OrdStatus::Canceled))},
        {"replaced", answer(with(working_order(), ExecType::Replaced, OrdStatus::New))},
        {"replaced, partly filled",
         answer(with(fill(), ExecType::Replaced, OrdStatus::PartiallyFilled))},
        {"expired", closed(ExecType::Expired, OrdStatus::Expired)},
        {"done for day", closed(ExecType::DoneForDay, OrdStatus::DoneForDay)},
        {"stopped", with(working_order(), ExecType::Stopped, OrdStatus::Stopped)},
        {"suspended", with(working_order(), ExecType::Suspended, OrdStatus::Suspended)},
        {"restated", with(working_order(), ExecType::Restated, OrdStatus::New)},
        {"status", with(fill(), ExecType::OrderStatus, OrdStatus::PartiallyFilled)},
        {"bust", correction(ExecType::TradeCancel)},
        {"correction", correction(ExecType::TradeCorrect)},
    };
    Report filled = with(fill(), ExecType::Trade, OrdStatus::Filled);
    filled.last_qty = filled.cum_qty = filled.order_qty;
    filled.leaves_qty = {};
    all.push_back({"fill", filled});
    Report late = with(fill(), ExecType::Trade, OrdStatus::PendingCancel);
    all.push_back({"fill while a cancel is pending", late});
    Report unsolicited = closed(ExecType::Canceled, OrdStatus::Canceled);
    unsolicited.flags |= report_flag::kUnsolicited;
    unsolicited.restatement_reason = 4;
    all.push_back({"unsolicited cancel", unsolicited});
    Report stop = working_order();
    stop.ord_type = OrdType::StopLimit;
    stop.time_in_force = TimeInForce::GoodTillCancel;
    stop.stop_px = Price::from_int(100);
    stop.flags |= report_flag::kHasStopPx;
    stop.ex_destination = DestinationName("XNYS");
    all.push_back({"stop limit at a venue", stop});

    Report bare = refused_new(RejectReason::InvalidField);  // nothing of the request was readable
    bare.cl_ord_id = {};
    bare.account = {};
    bare.symbol = {};
    bare.side = Side::None;
    bare.ord_type = OrdType::None;
    bare.order_qty = {};
    bare.price = {};
    bare.flags = report_flag::kUnknownOrder;
    all.push_back({"refused without a readable field", bare});
    bare.exec_type = ExecType::OrderStatus;
    bare.reason = RejectReason::UnknownOrder;
    bare.cl_ord_id = ClOrdId("A9");
    all.push_back({"status of an unknown order", bare});
    Report duplicate = fill();
    duplicate.exec_type = ExecType::Rejected;
    duplicate.reason = RejectReason::DuplicateClOrdId;
    duplicate.flags = report_flag::kHasPrice;
    all.push_back({"duplicate of a working order", duplicate});
    Report unknown = refused_cancel(RejectReason::UnknownOrder);
    unknown.order = {};
    unknown.ord_status = OrdStatus::Rejected;
    unknown.response_to = CxlRejResponseTo::Replace;
    unknown.cl_ord_id = {};
    unknown.orig_cl_ord_id = {};
    unknown.account = {};
    all.push_back({"refused replace without readable ids", unknown});
    Report bare_message = refused_message(RejectReason::UnsupportedMessage);
    bare_message.cl_ord_id = {};
    bare_message.ref_seq_num = 0;
    bare_message.text = {};
    all.push_back({"refused message without ids", bare_message});
    for (auto i = 1; i < static_cast<int>(RejectReason::Count_); ++i) {
        const auto reason = static_cast<RejectReason>(i);
        const std::string name(code(reason));
        all.push_back({"order refused: " + name, refused_new(reason)});
        all.push_back({"cancel refused: " + name, refused_cancel(reason)});
        all.push_back({"message refused: " + name, refused_message(reason)});
    }
    return all;
}

}  // namespace sluice::test
