// What a venue says about our orders: the transition of the order, the exposure that follows, and
// what the client is told. The venue's answers are relayed, never invented.
#include "gateway/core/core_state.hpp"

namespace sluice {

namespace {

// Our words for a venue's refusal.
RejectReason reason_of(const VenueEvent& event, RejectReason otherwise) {
    if (event.has(venue_event_flag::kTooLate)) {
        return RejectReason::TooLate;
    }
    return event.has(venue_event_flag::kNotSent) ? RejectReason::VenueDown : otherwise;
}

Prose text_of(const VenueEvent& event) {
    if (event.text.empty() && event.has(venue_event_flag::kNotSent)) {
        return Prose("venue not connected");
    }
    return event.text;
}

constexpr std::uint8_t kCorporateAction = 0;  // ExecRestatementReason(378): a stock split

bool is_execution(VenueEventKind kind) {
    return kind == VenueEventKind::Fill || kind == VenueEventKind::TradeCancel ||
           kind == VenueEventKind::TradeCorrect;
}

}  // namespace

void Core::State::on(const VenueEvent& event, Outputs& out) {
    GW_CHECK(configured);
    if (!board.known(event.venue)) {
        return out.alert(event.order, "an event of a venue that no configuration named");
    }
    if (event.kind == VenueEventKind::SessionUp || event.kind == VenueEventKind::SessionDown) {
        return on_venue_session(event, out);
    }
    if (is_execution(event.kind) && !event.venue_exec_id.empty() &&
        executions.find(event.venue, event.order, event.venue_exec_id) != nullptr) {
        return out.alert(event.order, "an execution that was delivered before is ignored");
    }
    if (event.kind == VenueEventKind::Unreadable) {
        out.alert(event.order, join({"unreadable venue message: ", event.text.view()}).view());
    }
    Order* order = orders.find(event.order);
    if (order == nullptr || order->venue != event.venue) {
        if (event.kind == VenueEventKind::Fill) {
            return on_unmatched(event, out);
        }
        return out.alert(event.order, "a venue event for an order that is not at this venue");
    }
    if (!event.venue_order_id.empty()) {
        order->venue_order_id = event.venue_order_id;
    }
    const Credits before = credits_of(*order);
    order->updated = out.meta().time;
    on_order_event(*order, event, out);
    if (!is_unanswered(*order)) {
        order->clear(order_flag::kInDoubt);
    }
    settle_credits(*order, before);
}

// What is in flight is in doubt, not lost: orders stay as they are in both directions. The venue is
// asked about them when it is back.
void Core::State::on_venue_session(const VenueEvent& event, Outputs& out) {
    const bool up = event.kind == VenueEventKind::SessionUp;
    board.set_up(event.venue, up);
    if (!up) {
        return;
    }
    restart_sweeps();
    const auto way = rules_of(event.venue).reconcile;
    const bool owes = board.in_flight(event.venue, Lane::Orders) > 0 ||
                      board.in_flight(event.venue, Lane::Cancels) > 0;
    if (!owes || way == VenueConfig::Reconcile::None) {
        return;
    }
    if (way == VenueConfig::Reconcile::MassStatus) {
        VenueRequest request;
        request.venue = event.venue;
        request.kind = VenueRequestKind::MassStatus;
        out.request(request);
    }
    Sweep sweep;
    sweep.why = Sweep::Why::Reconcile;
    sweep.scope = {ScopeKind::Venue, event.venue.value, kNoIndex};
    begin_sweep(sweep);
}

void Core::State::on_order_event(Order& order, const VenueEvent& event, Outputs& out) {
    switch (event.kind) {
        case VenueEventKind::New:
            return on_accepted(order, event, out);
        case VenueEventKind::Rejected:
            return on_closed(order, event, Closed::Rejected, out);
        case VenueEventKind::Canceled:
            return on_closed(order, event, Closed::Canceled, out);
        case VenueEventKind::Expired:
            return on_closed(order, event, Closed::Expired, out);
        case VenueEventKind::DoneForDay:
            return on_closed(order, event, Closed::DoneForDay, out);
        case VenueEventKind::Fill:
            return on_fill(order, event, out);
        case VenueEventKind::Replaced:
            return on_replaced(order, event, out);
        case VenueEventKind::CancelRejected:
            return on_cancel_rejected(order, event, out);
        case VenueEventKind::ReplaceRejected:
            return on_replace_rejected(order, event, out);
        case VenueEventKind::Restated:
            return on_restated(order, event, out);
        case VenueEventKind::TradeCancel:
            return on_trade_cancel(order, event, out);
        case VenueEventKind::TradeCorrect:
            return on_trade_correct(order, event, out);
        case VenueEventKind::Stopped:
        case VenueEventKind::Suspended:
        case VenueEventKind::Triggered:
            return on_halt(order, event, out);
        case VenueEventKind::OrderStatus:
            return on_status_answer(order, event, out);
        case VenueEventKind::Unreadable:
            if (event.has(venue_event_flag::kHasCumQty) && event.cum_qty != order.cum_qty) {
                out.alert(order.id, "the venue states another CumQty(14) than was booked");
            }
            return;
        case VenueEventKind::PendingNew:
        case VenueEventKind::PendingCancel:
        case VenueEventKind::PendingReplace:  // the client was told when the request left us
        case VenueEventKind::SessionUp:
        case VenueEventKind::SessionDown:
            return;
    }
    out.alert(order.id, "a venue event of a kind that does not exist");
}

void Core::State::on_halt(Order& order, const VenueEvent& event, Outputs& out) {
    if (!is_alive(order)) {
        return out.alert(order.id, "the venue stops or suspends an order that is over: ignored");
    }
    ExecType type = ExecType::Triggered;
    if (event.kind == VenueEventKind::Stopped) {
        order.set(order_flag::kStopped);
        type = ExecType::Stopped;
    } else if (event.kind == VenueEventKind::Suspended) {
        order.set(order_flag::kSuspended);
        type = ExecType::Suspended;
    }
    auto report = order_report(order, type);
    report.text = event.text;
    if (event.kind == VenueEventKind::Stopped && event.last_qty.units() > 0) {
        report.last_qty = event.last_qty;  // what is guaranteed; nothing is executed by it
        report.last_px = event.last_px;
        report.flags |= report_flag::kHasLast;
    }
    tell_extras(event, report, out);
    out.report(report);
}

// What the venue says beside the order's own fields goes on to the client.
void Core::State::tell_extras(const VenueEvent& event, Report& report, Outputs& out) const {
    if (!event.extras.empty() && !report.extras.append(event.extras.view())) {
        out.alert(report.order, "fields of the venue's report do not fit beside the client's own");
    }
}

void Core::State::on_accepted(Order& order, const VenueEvent& event, Outputs& out) {
    if (order.closed != Closed::No ||
        (order.has(order_flag::kAcknowledged) && !order.has(order_flag::kSuspended))) {
        return;  // said before, or overtaken by a fill that said as much
    }
    acknowledge(order);
    risk.settle(order);
    if (event.has(venue_event_flag::kHasOrderQty) && event.order_qty != order.live.order_qty) {
        out.alert(order.id, "the venue accepted another OrderQty(38) than was sent");
    }
    auto report = order_report(order, ExecType::New);
    tell_extras(event, report, out);
    out.report(report);
}

void Core::State::on_fill(Order& order, const VenueEvent& event, Outputs& out) {
    if (event.last_qty.units() <= 0) {
        return out.alert(order.id, "a fill without a positive LastQty(32) is ignored");
    }
    if (!order.has(order_flag::kAcknowledged) && order.closed == Closed::No) {
        acknowledge(order);
    }
    const BookedFill fill = risk.on_fill(order, event.last_qty, event.last_px);
    if (fill.over_fill) {
        out.alert(order.id, "over-fill: beyond OrderQty(38), or after the order's end");
    }
    if (fill.saturated) {
        out.alert(order.id, "a fill's money is out of range and was booked at the maximum");
    }
    if (event.has(venue_event_flag::kHasCumQty) && event.cum_qty != order.cum_qty) {
        out.alert(order.id, "the venue states another CumQty(14) than was booked");
    }
    auto report = order_report(order, ExecType::Trade);
    report.last_qty = event.last_qty;
    report.last_px = event.last_px;
    report.flags |= report_flag::kHasLast;
    if (Execution* entry = event.venue_exec_id.empty()
                               ? nullptr
                               : executions.add(event.venue, order.id, event.venue_exec_id);
        entry != nullptr) {
        entry->exec = report.exec;
        entry->fill = fill;
    } else {
        out.alert(order.id, "a fill whose ExecID(17) could not be remembered");
    }
    tell_extras(event, report, out);
    out.report(report);
}

// Booked, so that the exposure is right, and shown to a person; no client can be told.
void Core::State::on_unmatched(const VenueEvent& event, Outputs& out) {
    if (event.last_qty.units() <= 0) {
        return out.alert(event.order, "a fill without a positive LastQty(32) is ignored");
    }
    const auto booked =
        risk.on_unmatched_fill(AccountId{kNoIndex}, {names.instruments.find(event.symbol.view())},
                               static_cast<Side>(event.side), event.last_qty, event.last_px);
    if (Execution* entry = executions.add(event.venue, event.order, event.venue_exec_id);
        entry != nullptr) {
        entry->fill.qty = event.last_qty;
        entry->fill.price = event.last_px;
    }
    switch (booked) {
        case Booked::Yes:
            return out.alert(event.order, "a fill of an unknown order, booked to suspense");
        case Booked::Degraded:
            return out.alert(event.order, "a fill of an unknown order, booked with rate 1");
        case Booked::NoInstrument:
            return out.alert(event.order, "a fill of an unknown order and symbol: not booked");
        case Booked::NoRoom:
            return out.alert(event.order, "a fill of an unknown order: position table is full");
    }
}

void Core::State::on_closed(Order& order, const VenueEvent& event, Closed how, Outputs& out) {
    if (!is_alive(order)) {
        return out.alert(order.id, "the venue ends an order that is over: ignored");
    }
    const PendingCancel cancel = order.pending_cancel;
    const auto replaces = order.pending;
    const auto replaces_count = order.pending_count;
    if (how != Closed::DoneForDay || !is_good_till(order)) {
        drop_pending_extras(order);
    }
    close(order, how);
    risk.settle(order);
    // A good-till-cancel order that is done for the day stays, and so does what pends on it.
    const bool over = order.closed != Closed::No;

    static constexpr std::array<ExecType, 5> kTypes = {ExecType::New, ExecType::Rejected,
                                                       ExecType::Canceled, ExecType::Expired,
                                                       ExecType::DoneForDay};
    auto report = order_report(order, kTypes[static_cast<std::size_t>(how)]);
    report.text = text_of(event);
    const bool answers_cancel =
        how == Closed::Canceled && cancel.active && event.version == cancel.request;
    if (how == Closed::Rejected) {
        report.reason = reason_of(event, RejectReason::VenueRejected);
    } else if (answers_cancel && !cancel.cl_ord_id.empty()) {
        report.cl_ord_id = cancel.cl_ord_id;
        report.orig_cl_ord_id = order.cl_ord_id;
    } else if (answers_cancel) {
        report.flags |= report_flag::kUnsolicited;
        report.restatement_reason = cancel.why;  // it was our own cancel
    } else if (event.restatement_reason != VenueEvent::kNoReason) {
        report.flags |= report_flag::kUnsolicited;
        report.restatement_reason = event.restatement_reason;
    }
    tell_extras(event, report, out);
    out.report(report);
    if (!over) {
        return;
    }
    const Prose too_late("TOO_LATE: the order is over");
    for (std::size_t i = 0; i < replaces_count; ++i) {
        auto reject = cancel_reject(order, replaces[i].cl_ord_id, CxlRejResponseTo::Replace,
                                    RejectReason::TooLate, too_late);
        out.report(reject);
    }
    if (cancel.active && !answers_cancel && !cancel.cl_ord_id.empty()) {
        auto reject = cancel_reject(order, cancel.cl_ord_id, CxlRejResponseTo::Cancel,
                                    RejectReason::TooLate, too_late);
        out.report(reject);
    }
}

void Core::State::on_replaced(Order& order, const VenueEvent& event, Outputs& out) {
    const ClOrdId replaced = order.cl_ord_id;
    const bool was_known = order.has(order_flag::kAcknowledged);
    const bool stated = event.has(venue_event_flag::kHasOrderQty);
    if (find_pending(order, event.version) != nullptr) {
        orders.forget_extras(order.terms.extras);
    }
    if (!confirm_replace(order, event.version,
                         stated ? std::optional(event.order_qty) : std::nullopt)) {
        return out.alert(order.id, "the venue confirms a replace that is not pending: ignored");
    }
    if (event.has(venue_event_flag::kNotSent) && !was_known) {
        order.clear(order_flag::kAcknowledged);  // merged into a new order that has not left yet
    }
    risk.settle(order);
    if (event.has(venue_event_flag::kHasCumQty) && event.cum_qty != order.cum_qty) {
        out.alert(order.id, "the venue states another CumQty(14) than was booked");
    }
    auto report = order_report(order, ExecType::Replaced);
    report.orig_cl_ord_id = replaced;
    report.text = event.text;
    out.report(report);
}

void Core::State::on_cancel_rejected(Order& order, const VenueEvent& event, Outputs& out) {
    const PendingCancel cancel = order.pending_cancel;
    if (!refuse_cancel(order, event.version)) {
        return;  // answered already, when the order ended
    }
    risk.settle(order);
    if (cancel.cl_ord_id.empty()) {
        return out.alert(order.id, "the venue refused the cancel of a kill switch");
    }
    auto reject = cancel_reject(order, cancel.cl_ord_id, CxlRejResponseTo::Cancel,
                                reason_of(event, RejectReason::VenueRejected), text_of(event));
    out.report(reject);
}

void Core::State::on_replace_rejected(Order& order, const VenueEvent& event, Outputs& out) {
    const PendingReplace* found = find_pending(order, event.version);
    if (found == nullptr) {
        return;  // answered already, when the order ended
    }
    const ClOrdId cl_ord_id = found->cl_ord_id;
    orders.forget_extras(found->terms.extras);
    (void)refuse_replace(order, event.version);
    risk.settle(order);
    auto reject = cancel_reject(order, cl_ord_id, CxlRejResponseTo::Replace,
                                reason_of(event, RejectReason::VenueRejected), text_of(event));
    out.report(reject);
}

void Core::State::on_restated(Order& order, const VenueEvent& event, Outputs& out) {
    const auto leaves =
        event.has(venue_event_flag::kHasLeavesQty) ? event.leaves_qty : leaves_qty(order);
    const auto price =
        event.has(venue_event_flag::kHasPrice) ? std::optional(event.price) : std::nullopt;
    acknowledge(order);  // what it restates it must hold
    if (event.restatement_reason == kCorporateAction && event.has(venue_event_flag::kHasCumQty) &&
        event.cum_qty != order.cum_qty) {
        rescale_cum_qty(order, event.cum_qty);
        out.alert(order.id, "a corporate action changed CumQty(14); positions are as they were");
    }
    if (restate(order, leaves, price)) {
        out.alert(order.id, "the venue restated more LeavesQty(151) than was reserved");
    }
    risk.settle(order);
    auto report = order_report(order, ExecType::Restated);
    report.flags |= report_flag::kUnsolicited;
    constexpr std::uint8_t kBrokerOption = 4;  // a code that every version has
    report.restatement_reason = event.restatement_reason == VenueEvent::kNoReason
                                    ? kBrokerOption
                                    : event.restatement_reason;
    report.text = event.text;
    out.report(report);
}

// The execution that a bust or a correction names, in its newest form; null, with an alert, when
// there is none that still stands.
Execution* Core::State::standing_execution(Order& order, const VenueEvent& event, Outputs& out) {
    Execution* found = executions.find_any_day(event.venue, order.id, event.ref_exec_id);
    if (found != nullptr) {
        found = &executions.latest(*found);
    }
    if (found == nullptr || !found->standing) {
        out.alert(order.id, "a bust or correction of an execution that does not stand: ignored");
        return nullptr;
    }
    return found;
}

// What is taken back does not work again, unless the venue says how much does.
void Core::State::take_stated_leaves(Order& order, const VenueEvent& event) {
    if (event.has(venue_event_flag::kHasLeavesQty)) {
        restate_leaves(order, event.leaves_qty);
        risk.settle(order);
    }
}

void Core::State::on_trade_cancel(Order& order, const VenueEvent& event, Outputs& out) {
    Execution* busted = standing_execution(order, event, out);
    if (busted == nullptr) {
        return;
    }
    if (!risk.on_trade_cancel(order, busted->fill)) {
        return out.alert(order.id, "a bust of more than was filled: ignored");
    }
    busted->standing = false;
    if (busted->carried) {
        correct_prior_day(order, busted->fill.qty, busted->fill.price, Quantity{}, Price{});
    }
    take_stated_leaves(order, event);
    auto report = order_report(order, ExecType::TradeCancel);
    report.ref_exec = busted->exec;
    report.last_qty = busted->fill.qty;
    report.last_px = busted->fill.price;
    report.flags |= report_flag::kHasLast;
    report.text = event.text;
    if (Execution* entry = executions.add(event.venue, order.id, event.venue_exec_id);
        entry != nullptr) {  // so that a second delivery is recognised
        entry->exec = report.exec;
        entry->standing = false;
    }
    out.report(report);
}

void Core::State::on_trade_correct(Order& order, const VenueEvent& event, Outputs& out) {
    Execution* old = standing_execution(order, event, out);
    if (old == nullptr) {
        return;
    }
    const auto fill = risk.on_trade_correct(order, old->fill, event.last_qty, event.last_px);
    if (!fill) {
        return out.alert(order.id, "a correction of more than was filled: ignored");
    }
    if (old->carried) {
        correct_prior_day(order, old->fill.qty, old->fill.price, event.last_qty, event.last_px);
    }
    take_stated_leaves(order, event);
    auto report = order_report(order, ExecType::TradeCorrect);
    report.ref_exec = old->exec;
    report.last_qty = event.last_qty;
    report.last_px = event.last_px;
    report.flags |= report_flag::kHasLast;
    report.text = event.text;
    if (Execution* entry = executions.add(event.venue, order.id, event.venue_exec_id);
        entry != nullptr) {  // within reserved memory: `old` is still good
        entry->exec = report.exec;
        entry->fill = *fill;
        entry->carried = old->carried;
        executions.replace(*old, *entry);
    } else {
        old->exec = report.exec;
        old->fill = *fill;
    }
    out.report(report);
}

}  // namespace sluice
