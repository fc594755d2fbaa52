// What a client is told, made from an order or from the request that was refused.
#include "gateway/core/core_state.hpp"

namespace sluice {

namespace {

bool priced(OrdType type) {
    return type == OrdType::Limit || type == OrdType::StopLimit;
}

std::uint16_t report_flags(std::uint16_t terms) {
    std::uint16_t flags = 0;
    const auto when = [&](std::uint16_t asked, std::uint16_t said) {
        flags = static_cast<std::uint16_t>(flags | ((terms & asked) != 0 ? said : 0));
    };
    when(command_flag::kHasStopPx, report_flag::kHasStopPx);
    when(command_flag::kHasMaxFloor, report_flag::kHasMaxFloor);
    when(command_flag::kHasExpire, report_flag::kHasExpire);
    when(command_flag::kExpireIsDate, report_flag::kExpireIsDate);
    return flags;
}

void state_terms(const OrderTerms& terms, Report& report) {
    report.stop_px = terms.stop_px;
    report.max_floor = terms.max_floor;
    report.expire = terms.expire;
    report.flags |= report_flags(terms.flags);
}

}  // namespace

OrderTerms terms_of(const Command& command) {
    constexpr std::uint16_t kTerms = command_flag::kHasStopPx | command_flag::kHasMaxFloor |
                                     command_flag::kHasExpire | command_flag::kExpireIsDate;
    OrderTerms terms;
    terms.stop_px = command.stop_px;
    terms.max_floor = command.max_floor;
    terms.expire = command.expire;
    terms.flags = command.flags & kTerms;
    return terms;
}

Prose join(std::initializer_list<std::string_view> parts) {
    std::array<char, Prose::kMax> buffer{};
    std::size_t used = 0;
    for (const auto part : parts) {
        const auto taken = std::min(part.size(), buffer.size() - used);
        std::memcpy(buffer.data() + used, part.data(), taken);
        used += taken;
    }
    return Prose({buffer.data(), used});
}

Report Core::State::order_report(const Order& order, ExecType type) {
    Report report;
    report.kind = ReportKind::Execution;
    report.exec_type = type;
    report.order = order.id;
    report.exec = ids.next_exec();
    report.order_qty = order.live.order_qty;
    report.cum_qty = order.cum_qty;
    report.leaves_qty = leaves_qty(order);
    report.avg_px = avg_px(order);
    report.ord_status = ord_status(order);
    report.session = order.session;
    report.cl_ord_id = order.cl_ord_id;
    report.account = AccountName(names.accounts.name(order.account.value));
    report.symbol = SymbolName(names.instruments.name(order.instrument.value));
    report.ex_destination = order.ex_destination;
    report.venue = order.venue;
    report.side = order.side;
    report.ord_type = order.ord_type;
    report.time_in_force = order.time_in_force;
    if (priced(order.ord_type)) {
        report.price = order.live.price;
        report.flags |= report_flag::kHasPrice;
    }
    if (order.terms.flags != 0) {
        state_terms(order.terms, report);
    }
    if (order.has(order_flag::kCarried)) {
        const DayPart day = day_part(order);
        report.day_order_qty = day.order_qty;
        report.day_cum_qty = day.cum_qty;
        report.day_avg_px = day.avg_px;
        report.flags |= report_flag::kHasDay;
    }
    orders.extras(order.terms.extras).copy_to_blank(report.extras);
    return report;
}

Report Core::State::cancel_reject(const Order& order,
                                  const ClOrdId& cl_ord_id,
                                  CxlRejResponseTo to,
                                  RejectReason reason,
                                  const Prose& text) const {
    Report report;
    report.kind = ReportKind::CancelReject;
    report.order = order.id;
    report.session = order.session;
    report.cl_ord_id = cl_ord_id;
    report.orig_cl_ord_id = order.cl_ord_id;  // the last accepted one
    report.account = AccountName(names.accounts.name(order.account.value));
    report.symbol = SymbolName(names.instruments.name(order.instrument.value));
    report.ord_status = ord_status(order);
    report.side = order.side;
    report.response_to = to;
    report.reason = reason;
    report.text = text;
    return report;
}

// The request made no order: OrderID(37) NONE, OrdStatus(39) Rejected.
Report Core::State::refusal_of(const Command& command, RejectReason reason, const Prose& text) {
    Report report;
    report.session = command.session;
    report.cl_ord_id = command.cl_ord_id;
    report.account = command.account;
    report.symbol = command.symbol;
    report.ex_destination = command.ex_destination;
    report.ref_seq_num = command.msg_seq_num;
    report.ref_msg_type = command.msg_type;
    report.side = command.side;
    report.ord_status = OrdStatus::Rejected;
    report.reason = reason;
    report.text = text;
    report.flags = report_flag::kUnknownOrder;
    if (command.kind == CommandKind::Cancel || command.kind == CommandKind::Replace) {
        report.kind = ReportKind::CancelReject;
        report.orig_cl_ord_id = command.orig_cl_ord_id;
        report.response_to = command.kind == CommandKind::Cancel ? CxlRejResponseTo::Cancel
                                                                 : CxlRejResponseTo::Replace;
        return report;
    }
    report.kind = ReportKind::Execution;
    report.exec = ids.next_exec();
    report.exec_type =
        command.kind == CommandKind::Status ? ExecType::OrderStatus : ExecType::Rejected;
    report.order_qty = command.order_qty;
    report.ord_type = command.ord_type;
    report.time_in_force = command.time_in_force;
    if (command.has(command_flag::kHasPrice)) {
        report.price = command.price;
        report.flags |= report_flag::kHasPrice;
    }
    state_terms(terms_of(command), report);
    command.extras.copy_to_blank(report.extras);
    if (command.kind == CommandKind::Status) {
        report.request_id = command.request_id;
    }
    return report;
}

Report Core::State::business_reject(const Command& command,
                                    RejectReason reason,
                                    const Prose& text) const {
    Report report;
    report.kind = ReportKind::BusinessReject;
    report.session = command.session;
    report.cl_ord_id = command.cl_ord_id;  // BusinessRejectRefID(379)
    report.ref_seq_num = command.msg_seq_num;
    report.ref_msg_type = command.msg_type;
    report.reason = reason;
    report.text = text;
    return report;
}

}  // namespace sluice
