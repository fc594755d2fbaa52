// Orders in doubt: a request that was not answered in time, or whose venue went away in between.
// What became of it is asked, sent again marked PossResend(97)=Y, or told by an operator; nothing
// is released before somebody who knows has spoken.
#include <charconv>

#include "gateway/core/core_state.hpp"

namespace sluice {

namespace {

AdminReply reply_to(std::uint64_t ticket, const Outputs& out) {
    AdminReply reply;
    reply.ticket = ticket;
    reply.seq = out.meta().seq;
    return reply;
}

}  // namespace

void Core::State::put_in_doubt(Order& order, std::string_view why, Outputs& out) {
    if (!order.has(order_flag::kInDoubt)) {
        order.set(order_flag::kInDoubt);
        out.alert(order.id, why);
    }
}

void Core::State::ask_status(Order& order, Outputs& out) {
    VenueRequest request = request_of(order, VenueRequestKind::Status);
    send(order, request, out);
}

// Every unanswered request of the order under its own name, marked as perhaps sent before.
void Core::State::send_again(Order& order, Outputs& out) {
    if (!order.has(order_flag::kAcknowledged)) {
        VenueRequest request = request_of(order, VenueRequestKind::New);
        request.version = order.live.request;
        request.flags |= command_flag::kPossResend;
        return send(order, request, out);
    }
    if (order.pending_count > 0) {
        // The oldest; the next one follows when this one is answered.
        const PendingReplace& pending = order.pending[0];
        VenueRequest request = request_of(order, VenueRequestKind::Replace);
        request.version = pending.version.request;
        request.orig_version = order.live.request;
        request.order_qty = pending.version.order_qty;
        request.price = pending.version.price;
        put_terms(pending.terms, request);
        request.flags |= command_flag::kPossResend;
        return send(order, request, out);
    }
    if (order.pending_cancel.active) {
        VenueRequest request = request_of(order, VenueRequestKind::Cancel);
        request.version = order.pending_cancel.request;
        request.flags |= command_flag::kPossResend;
        send(order, request, out);
    }
}

// The venue is back: what it owes is cleared up as its configuration says.
void Core::State::reconcile(Order& order, Outputs& out) {
    using Way = VenueConfig::Reconcile;
    put_in_doubt(order, "in doubt: the venue went away before it answered", out);
    switch (rules_of(order.venue).reconcile) {
        case Way::Status:
            return ask_status(order, out);
        case Way::PossResend:
            return send_again(order, out);
        case Way::MassStatus:  // asked for once, when the venue came back
        case Way::Flag:
        case Way::None:
            return;
    }
}

void Core::State::watch_answers(const Order& order, UtcNanos now) {
    const std::int64_t limit = rules_of(order.venue).in_doubt_after_ns;
    if (limit > 0 && doubt_due == kNever && doubt_next == kNoScan) {
        doubt_due = now + limit;
        wake_at(doubt_due);
    }
}

// A look over the table in slices; comes again while any venue owes an answer.
void Core::State::look_for_silence(SweepBudget& budget, Outputs& out) {
    if (doubt_next == kNoScan) {
        return;
    }
    const auto all = orders.orders();
    for (; doubt_next < all.size(); ++doubt_next, --budget.looks) {
        if (budget.looks == 0 || budget.outputs == 0) {
            return;
        }
        Order& order = all[doubt_next];
        const std::int64_t limit = rules_of(order.venue).in_doubt_after_ns;
        // A venue that is away is no silent one: what may wait for it is no doubt yet.
        const bool may_wait = order.has(order_flag::kMayHold) && !board.is_up(order.venue);
        if (limit == 0 || !is_unanswered(order) || order.has(order_flag::kInDoubt) || may_wait ||
            out.meta().time - order.asked < limit) {
            continue;
        }
        put_in_doubt(order, "in doubt: the venue does not answer", out);
        --budget.outputs;
        const auto way = rules_of(order.venue).reconcile;
        if (board.is_up(order.venue) && way != VenueConfig::Reconcile::Flag &&
            way != VenueConfig::Reconcile::None) {
            ask_status(order, out);
        }
    }
    doubt_next = kNoScan;
    std::int64_t next = 0;
    for (std::uint32_t v = 0; v < board.size(); ++v) {
        const std::int64_t limit = rules_of({v}).in_doubt_after_ns;
        const bool owes =
            board.in_flight({v}, Lane::Orders) > 0 || board.in_flight({v}, Lane::Cancels) > 0;
        if (limit > 0 && owes) {
            next = next == 0 ? limit : std::min(next, limit);
        }
    }
    if (next > 0) {
        doubt_due = out.meta().time + (next + 1) / 2;
        wake_at(doubt_due);
    }
}

// What the venue says when it is asked. It speaks of the request that its ClOrdID(11) names.
void Core::State::on_status_answer(Order& order, const VenueEvent& event, Outputs& out) {
    const bool was_in_doubt = order.has(order_flag::kInDoubt);
    if (event.has(venue_event_flag::kUnknownOrder) || event.ord_status == '8') {
        if (!order.has(order_flag::kAcknowledged) && order.closed == Closed::No) {
            return on_closed(order, event, Closed::Rejected, out);  // it never got there
        }
        return out.alert(order.id, "the venue does not know an order that it had accepted");
    }
    if (event.has(venue_event_flag::kHasCumQty) && event.cum_qty != order.cum_qty) {
        order.set(order_flag::kMissesFills);
        return out.alert(order.id, "the venue states another CumQty(14) than was booked");
    }
    order.clear(order_flag::kMissesFills);
    switch (event.ord_status) {
        case '4':
            return is_alive(order) ? on_closed(order, event, Closed::Canceled, out) : void();
        case 'C':
            return is_alive(order) ? on_closed(order, event, Closed::Expired, out) : void();
        case '3':
            return is_alive(order) && !order.has(order_flag::kDoneForDay)
                       ? on_closed(order, event, Closed::DoneForDay, out)
                       : void();
        case '0':
        case '1':
        case '2':
        case '5':
            break;
        default:  // pending at the venue: its answer is still to come
            return;
    }
    if (!order.has(order_flag::kAcknowledged)) {
        on_accepted(order, event, out);
    }
    if (find_pending(order, event.version) != nullptr) {
        on_replaced(order, event, out);
    } else if (was_in_doubt && order.pending_count > 0) {
        // It works in its old wording although the replace was sent before the question.
        VenueEvent refused = event;
        refused.version = order.pending[0].version.request;
        refused.text = Prose("the replace did not reach the venue");
        on_replace_rejected(order, refused, out);
    }
    if (was_in_doubt && order.pending_cancel.active && is_open(order)) {
        send_again(order, out);
    }
    order.clear(order_flag::kInDoubt);
}

// --- an operator --------------------------------------------------------------------------------

void Core::State::on(const OrderAction& action, Outputs& out) {
    AdminReply reply = reply_to(action.ticket, out);
    Order* order = orders.find(action.order);
    Prose text;
    if (order == nullptr) {
        reply.text = Prose("no such order");
    } else if (!is_alive(*order)) {
        reply.text = Prose("the order is over");
    } else if (action.kind != OrderAction::Kind::Cancel) {
        const Credits before = credits_of(*order);
        reply.ok = resolve(*order, action, out);
        settle_credits(*order, before);
        reply.text = reply.ok ? Prose("resolved")
                              : Prose(
                                    "the order is not in doubt, and its venue is connected or "
                                    "awaited: cancel it");
    } else if (order->pending_cancel.active) {
        reply.text = Prose("a cancel of the order is unanswered");
    } else if (const auto why = venue_refusal(*order, Lane::Cancels, text);
               why != RejectReason::None) {
        reply.text = text;
    } else {
        constexpr std::uint8_t kBrokerOption = 4;
        send_cancel(*order, ClOrdId{}, out, kBrokerOption);
        reply.ok = true;
        reply.text = Prose("the venue was asked to cancel it");
    }
    reply.affected = reply.ok ? 1 : 0;
    out.reply(reply);
}

// The operator speaks for the venue; the word goes the same way as the venue's.
bool Core::State::resolve(Order& order, const OrderAction& action, Outputs& out) {
    // A new order that waits for its venue is canceled, not resolved: it would leave later.
    const bool waits = order.has(order_flag::kMayHold) && !order.has(order_flag::kAcknowledged);
    if (!order.has(order_flag::kInDoubt | order_flag::kMissesFills) &&
        (board.is_up(order.venue) || waits)) {
        return false;
    }
    VenueEvent event;
    event.venue = order.venue;
    event.order = order.id;
    event.version = order.live.request;
    event.text = join({"resolved by ", action.who.view(), ": ", action.reason.view()});
    order.updated = out.meta().time;
    switch (action.kind) {
        case OrderAction::Kind::ResolveFilled: {
            std::array<char, 24> id{'O', 'P', '-'};
            const auto end =
                std::to_chars(id.data() + 3, id.data() + id.size(), out.meta().seq).ptr;
            event.venue_exec_id =
                ForeignId(std::string_view(id.data(), static_cast<std::size_t>(end - id.data())));
            event.last_qty = action.qty;
            event.last_px = action.price;
            on_fill(order, event, out);
            break;
        }
        case OrderAction::Kind::ResolveCanceled:
            on_closed(order, event, Closed::Canceled, out);
            break;
        case OrderAction::Kind::ResolveRejected:
            on_closed(order, event, Closed::Rejected, out);
            break;
        case OrderAction::Kind::ResolveWorking:
            event.ord_status = order.cum_qty.is_zero() ? '0' : '1';
            on_status_answer(order, event, out);
            break;
        case OrderAction::Kind::Cancel:
            return false;
    }
    order.clear(order_flag::kInDoubt | order_flag::kMissesFills);
    return true;
}

}  // namespace sluice
