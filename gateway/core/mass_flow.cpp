// Requests about many orders, and lists: mass cancel, mass status, ListStatus(N), and the client's
// word that it does not know a trade.
#include "gateway/core/core_state.hpp"
#include "gateway/domain/names.hpp"

namespace sluice {

namespace {

constexpr char kBySecurity = '1';  // MassCancelRequestType(530), MassStatusReqType(585)
constexpr char kAll = '7';

Decision plain_decision(const Command& command, const Outputs& out, const RiskEngine& risk) {
    Decision decision;
    decision.input_seq = out.meta().seq;
    decision.command = command.kind;
    decision.config_version = risk.config_version();
    return decision;
}

// Why a request of this type cannot be served; empty when it can.
Prose type_defect(const Command& command, std::string_view field) {
    if (command.mass_type == kAll) {
        return {};
    }
    if (command.mass_type != kBySecurity) {
        return join({"INVALID_FIELD: ", field, " must be 1 or 7"});
    }
    return command.symbol.empty()
               ? join({"INVALID_FIELD: Symbol(55) is required with ", field, "=1"})
               : Prose{};
}

Report mass_report(const Command& command, ExecId id) {
    Report report;
    report.kind = ReportKind::MassCancel;
    report.exec = id;  // names the report: MassActionReportID(1369) where there is one
    report.session = command.session;
    report.cl_ord_id = command.cl_ord_id;
    report.mass_type = command.mass_type;
    report.symbol = command.symbol;
    report.side = command.side;
    report.account = command.account;
    return report;
}

}  // namespace

void Core::State::on_mass_cancel(const Command& command, Outputs& out) {
    Decision decision = plain_decision(command, out, risk);
    Prose defect = command.defect;
    if (defect.empty() && command.cl_ord_id.empty()) {
        defect = Prose("INVALID_FIELD: ClOrdID(11) is required");
    }
    if (defect.empty()) {
        defect = type_defect(command, "MassCancelRequestType(530)");
    }
    const ClOrdIdUse* const use = orders.find_use(command.session, command.cl_ord_id);
    const bool duplicate = defect.empty() && use != nullptr;
    if (duplicate) {
        defect = Prose("DUP_CLORDID: ClOrdID(11) was used before in this session");
    }
    if (!defect.empty()) {
        decision.reason = duplicate ? RejectReason::DuplicateClOrdId : RejectReason::InvalidField;
        out.decision(decision);
        auto report = mass_report(command, ids.next_exec());
        report.reason = decision.reason;
        report.text = defect;
        return out.report(report);
    }
    // Without room for the id the cancel still passes.
    (void)orders.use(command.session, command.cl_ord_id, OrderId{}, content_hash(command));
    decision.accepted = true;
    out.decision(decision);
    Sweep sweep;
    sweep.why = Sweep::Why::MassCancel;
    sweep.session = command.session;
    sweep.cl_ord_id = command.cl_ord_id;
    sweep.mass_type = command.mass_type;
    if (command.mass_type == kBySecurity) {
        sweep.instrument = {names.instruments.find(command.symbol.view())};
    }
    if (!command.account.empty()) {
        sweep.account = {names.accounts.find(command.account.view())};
    }
    sweep.side = static_cast<char>(command.side);
    // A name that nobody knows covers no order; kNoIndex alone would cover all.
    const bool unknown = (command.mass_type == kBySecurity && sweep.instrument.value == kNoIndex) ||
                         (!command.account.empty() && sweep.account.value == kNoIndex);
    sweep.next = unknown ? orders.size() : 0;
    begin_sweep(sweep);
    run_sweeps(out);
}

// The last of the answers: how many cancels went out. Each order has its own reports.
void Core::State::finish_mass_cancel(const Sweep& sweep, Outputs& out) {
    Command asked;
    asked.session = sweep.session;
    asked.cl_ord_id = sweep.cl_ord_id;
    asked.mass_type = sweep.mass_type;
    asked.side = static_cast<Side>(sweep.side);
    if (sweep.instrument.value != kNoIndex) {
        asked.symbol = SymbolName(names.instruments.name(sweep.instrument.value));
    }
    if (sweep.account.value != kNoIndex) {
        asked.account = AccountName(names.accounts.name(sweep.account.value));
    }
    auto report = mass_report(asked, ids.next_exec());
    report.total = sweep.affected;
    out.report(report);
}

void Core::State::on_mass_status(const Command& command, Outputs& out) {
    Decision decision = plain_decision(command, out, risk);
    Prose defect =
        command.defect.empty() ? type_defect(command, "MassStatusReqType(585)") : command.defect;
    if (defect.empty() && command.request_id.empty()) {
        defect = Prose("INVALID_FIELD: MassStatusReqID(584) is required");
    }
    for (const auto& run : status_runs) {
        if (defect.empty() && run.session == command.session) {
            defect = Prose("GATEWAY_BUSY: a mass status of this session is being answered");
            decision.reason = RejectReason::GatewayBusy;
        }
    }
    if (!defect.empty()) {
        if (decision.reason == RejectReason::None) {
            decision.reason = RejectReason::InvalidField;
        }
        out.decision(decision);
        auto report = business_reject(command, decision.reason, defect);
        report.cl_ord_id = command.request_id;
        return out.report(report);
    }
    decision.accepted = true;
    out.decision(decision);
    MassStatusRun run;
    run.session = command.session;
    run.request_id = command.request_id;
    run.side = static_cast<char>(command.side);
    if (command.mass_type == kBySecurity) {
        run.instrument = {names.instruments.find(command.symbol.view())};
    }
    if (!command.account.empty()) {
        run.account = {names.accounts.find(command.account.view())};
    }
    const bool unknown = (command.mass_type == kBySecurity && run.instrument.value == kNoIndex) ||
                         (!command.account.empty() && run.account.value == kNoIndex);
    run.next = unknown ? orders.size() : 0;
    status_runs.push_back(std::move(run));
    run_sweeps(out);
}

void Core::State::run_status(MassStatusRun& run, SweepBudget& budget, Outputs& out) {
    const auto all = orders.orders();
    for (; run.finding && run.next < all.size() && budget.looks > 0; ++run.next, --budget.looks) {
        const Order& order = all[run.next];
        if (order.session == run.session && is_alive(order) &&
            (run.instrument.value == kNoIndex || order.instrument == run.instrument) &&
            (run.account.value == kNoIndex || order.account == run.account) &&
            (run.side == 0 || static_cast<char>(order.side) == run.side)) {
            run.found.push_back(order.id);
        }
    }
    if (run.finding && run.next >= all.size()) {
        run.finding = false;
        run.next = 0;
        if (run.found.empty()) {
            Report none;
            none.exec_type = ExecType::OrderStatus;
            none.ord_status = OrdStatus::Rejected;
            none.exec = ids.next_exec();
            none.session = run.session;
            none.request_id = run.request_id;
            none.reason = RejectReason::UnknownOrder;
            none.text = Prose("no order of this session is open");
            none.flags = report_flag::kUnknownOrder | report_flag::kMassStatus | report_flag::kLast;
            out.report(none);
        }
    }
    for (; !run.finding && run.next < run.found.size() && budget.outputs > 0; --budget.outputs) {
        const Order* order = orders.find(run.found[run.next++]);
        GW_CHECK(order != nullptr);
        auto report = order_report(*order, ExecType::OrderStatus);
        report.request_id = run.request_id;
        report.total = static_cast<std::uint32_t>(run.found.size());
        report.flags |= report_flag::kMassStatus;
        if (run.next == run.found.size()) {
            report.flags |= report_flag::kLast;
        }
        out.report(report);
    }
}

// Nothing changes by it: the venue's word is booked. People have to talk.
void Core::State::on_dont_know(const Command& command, Outputs& out) {
    Decision decision = plain_decision(command, out, risk);
    decision.accepted = true;
    const Order* order = orders.find(command.session, command.cl_ord_id);
    if (order == nullptr) {
        // The message names the order by our OrderID(37), which stands here.
        const auto id = parse_order_id(Instance(config.instance), command.orig_cl_ord_id.view());
        order = id ? orders.find(*id) : nullptr;
    }
    if (order != nullptr && order->session == command.session) {
        decision.order = order->id;
    }
    out.decision(decision);
    const std::array<char, 1> why{command.mass_type == 0 ? '?' : command.mass_type};
    out.alert(decision.order,
              join({"the client does not know a trade: ExecID(17)=", command.request_id.view(),
                    " DKReason(127)=", std::string_view(why.data(), 1), " ", command.defect.view()})
                  .view());
}

// Where one order of a NewOrderList(E) stands after it was accepted or refused.
void Core::State::report_list_status(const Command& command, Outputs& out) {
    Report report;
    report.kind = ReportKind::ListStatus;
    report.session = command.session;
    report.request_id = command.request_id;
    report.total = command.list_size;
    report.index = command.list_index;
    report.cl_ord_id = command.cl_ord_id;
    report.ord_status = OrdStatus::Rejected;
    report.reason = RejectReason::InvalidField;
    if (const Order* order = orders.find(command.session, command.cl_ord_id); order != nullptr) {
        report.order = order->id;
        report.ord_status = ord_status(*order);
        report.reason = RejectReason::None;
        report.cum_qty = order->cum_qty;
        report.leaves_qty = leaves_qty(*order);
        report.avg_px = avg_px(*order);
    }
    out.report(report);
}

}  // namespace sluice
