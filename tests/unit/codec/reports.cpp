#include "tests/unit/codec/reports.hpp"

#include "tests/unit/codec/wire.hpp"

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

Report whole_order() {
    Report report = working_order();
    report.ord_type = OrdType::StopLimit;
    report.time_in_force = TimeInForce::GoodTillDate;
    report.stop_px = Price::from_int(100);
    report.max_floor = Quantity::from_int(10);
    report.expire = UtcNanos{1'798'761'599'999'999'999};
    report.flags |= report_flag::kHasStopPx | report_flag::kHasMaxFloor | report_flag::kHasExpire;
    return report;
}

void add_answers(std::vector<NamedReport>& all) {
    Report status = with(fill(), ExecType::OrderStatus, OrdStatus::PartiallyFilled);
    status.flags = report_flag::kHasPrice;
    status.request_id = ClOrdId("STATUS-7");
    all.push_back({"status with an OrdStatusReqID(790)", status});
    status.flags |= report_flag::kMassStatus;
    status.total = 17;
    all.push_back({"mass status", status});
    status.flags |= report_flag::kLast;
    all.push_back({"the last of a mass status", status});
    Report none = refused_new(RejectReason::UnknownOrder);
    none.exec_type = ExecType::OrderStatus;
    none.request_id = ClOrdId("MASS-1");
    none.flags = report_flag::kUnknownOrder | report_flag::kMassStatus | report_flag::kLast;
    all.push_back({"mass status of no order", none});
    Report copy = fill();
    copy.flags |= report_flag::kDropCopy;
    all.push_back({"drop copy", copy});
}

void add_mass_cancels(std::vector<NamedReport>& all) {
    Report done;
    done.kind = ReportKind::MassCancel;
    done.time = kTime;
    done.exec = ExecId{(std::uint64_t{3} << kEpochShift) | 44};
    done.cl_ord_id = ClOrdId("Q1");
    done.mass_type = '7';
    done.total = 12;
    all.push_back({"mass cancel", done});
    done.mass_type = '1';
    done.symbol = SymbolName("ACME");
    done.side = Side::Sell;
    all.push_back({"mass cancel of an instrument", done});
    done.reason = RejectReason::InvalidField;
    done.text = Prose("INVALID_FIELD: MassCancelRequestType(530) must be 1 or 7");
    for (const char type : {'\0', '3', '?'}) {
        done.mass_type = type;
        all.push_back({"mass cancel refused", done});
    }
}

void add_lists(std::vector<NamedReport>& all) {
    Report status = working_order();
    status.kind = ReportKind::ListStatus;
    status.request_id = ClOrdId("LIST-1");
    status.total = 3;
    status.index = 1;
    all.push_back({"list status of a new order", status});
    status.index = 3;
    status.order = {};
    status.ord_status = OrdStatus::Rejected;
    status.leaves_qty = {};
    status.reason = RejectReason::InvalidField;
    status.text = Prose("INVALID_FIELD: Price(44) is required by this OrdType(40)");
    all.push_back({"list status of a refused order", status});
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

std::vector<std::string> every_extras() {
    return {
        "18=1 G|47=A|109=CLI|76=BRK|21=1|77=O|48=US0378331005|22=4|63=0|64=20260105|58=hello",
        "439=FIRM|440=ACC9|203=1|204=1|205=19|200=202612|201=1|202=15.5|206=1|207=XNYS|65=X",
        "453=3|448=CLI|447=D|452=3|448=BRK|447=C|452=1|802=1|523=desk|803=4|448=X|447=D|452=11|"
        "528=P|529=1 3|582=4|77=R|18=o f 1|114=N",
        "454=2|455=US0378331005|456=4|455=037833100|456=1|22=A|48=BBG000B9XRY4|847=1001|848=a;b|"
        "849=0.1|63=6|75=20260102|526=S1|583=L1|544=1|581=9|660=6",
        "453=1|448=TRADER|447=P|452=12|2376=24|2593=2|2594=0|2595=Y|2594=6|2595=N|1724=5|1815=1|"
        "2362=SMP7|2964=2|528=M|529=B 1|2404=ok|1091=Y|1028=N|63=M3|77=N|22=Y",
        "66=LIST-1|18=G|30=XNYS|851=2|75=20260102|64=20260105|29=5|880=T-1|1057=Y|574=4|198=V-7",
        "64=20260107|76=BRK|382=1|375=CONTRA|337=TOM|437=40|438=20260102-03:04:05|655=7|851=10|"
        "64=20260105|29=1|636=Y|527=S-2",
    };
}

Extras extras_of(const std::string& fields) {
    Extras extras;
    GW_CHECK(extras.append(soh(fields)));
    return extras;
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
    Report whole = whole_order();
    all.push_back({"stop limit with MaxFloor(111), until a time", whole});
    whole.flags |= report_flag::kExpireIsDate;
    all.push_back({"until a date", whole});
    whole.exec_type = ExecType::Triggered;
    all.push_back({"triggered", whole});
    Report next_day = fill();
    next_day.time_in_force = TimeInForce::GoodTillCancel;
    next_day.day_order_qty = Quantity::from_int(60);
    next_day.day_cum_qty = Quantity::from_int(5);
    next_day.day_avg_px = Price::from_int(101);
    next_day.flags |= report_flag::kHasDay;
    all.push_back({"of a later day", next_day});
    add_answers(all);
    add_mass_cancels(all);
    add_lists(all);
    for (const std::string& extras : every_extras()) {
        Report report = fill();
        report.extras = extras_of(extras);
        all.push_back({"with " + extras, report});
    }
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
