// What happens to a client's request: the risk checks in their order, then the venue's state, then
// the order is made or changed, the decision is recorded, and the venue is asked.
#include "gateway/core/core_state.hpp"

namespace sluice {

namespace {

// Rows of the check table that the core asks itself, behind the risk room's: venue and route.
constexpr auto kVenueCheck = static_cast<std::uint8_t>(kChecks + 1);

Decision decision_of(const Command& command, const Outputs& out, const RiskEngine& risk) {
    Decision decision;
    decision.input_seq = out.meta().seq;
    decision.command = command.kind;
    decision.config_version = risk.config_version();
    return decision;
}

void accept(Decision& decision, const Order& order) {
    decision.accepted = true;
    decision.reason = RejectReason::None;
    decision.order = order.id;
    decision.venue = order.venue;
}

Assessment refusal(RejectReason reason, const Prose& text, Decision& decision) {
    Assessment result;
    result.reason = reason;
    result.failed_check = kVenueCheck;
    result.text = text;
    decision.checks_run |= std::uint64_t{1} << (kVenueCheck - 1U);
    return result;
}

}  // namespace

void Core::State::on(const Command& command, Outputs& out) {
    GW_CHECK(configured && command.session.value < sessions.size());
    if (sessions[command.session.value].reads_only) {
        Decision decision = decision_of(command, out, risk);
        decision.reason = RejectReason::NotEntitled;
        out.decision(decision);
        auto report = business_reject(command, RejectReason::NotEntitled,
                                      Prose("NOT_ENTITLED: a drop copy session only listens"));
        return out.report(report);
    }
    switch (command.kind) {
        case CommandKind::NewOrder:
            on_new_order(command, out);
            return command.list_size > 0 ? report_list_status(command, out) : void();
        case CommandKind::Cancel:
            return on_cancel(command, out);
        case CommandKind::Replace:
            return on_replace(command, out);
        case CommandKind::Status:
            return on_status(command, out);
        case CommandKind::Unsupported:
            return on_unsupported(command, out);
        case CommandKind::MassCancel:
            return on_mass_cancel(command, out);
        case CommandKind::MassStatus:
            return on_mass_status(command, out);
        case CommandKind::DontKnow:
            return on_dont_know(command, out);
    }
    GW_CHECK(!"a command of a kind that does not exist");
}

Parties Core::State::parties_of(const Command& command, const Order* target) const {
    Parties parties;
    parties.session = command.session;
    if (!command.account.empty()) {
        parties.account = {names.accounts.find(command.account.view())};
    } else {
        parties.account =
            target != nullptr ? target->account : sessions[command.session.value].default_account;
    }
    parties.instrument = {names.instruments.find(command.symbol.view())};
    parties.trader = names.traders.find(command.trader.view());
    if (target != nullptr) {
        parties.venue = target->venue;
    }
    return parties;
}

// Why the venue of a known order cannot take one more request now; None when it can.
RejectReason Core::State::venue_refusal(const Order& order, Lane lane, Prose& text) const {
    const auto venue = names.venues.name(order.venue.value);
    if (!board.is_up(order.venue) && !order.has(order_flag::kMayHold)) {
        text = join({"VENUE_DOWN: venue ", venue, " is not connected"});
        return RejectReason::VenueDown;
    }
    if (!board.has_credit(order.venue, lane)) {
        text = join({"VENUE_BUSY: venue ", venue, " has too many requests unanswered"});
        return RejectReason::VenueBusy;
    }
    return RejectReason::None;
}

// One place for every refusal: which message says it, and whether the ClOrdID(11) is used up.
void Core::State::refuse(const Command& command,
                         const Order* target,
                         const Assessment& assessment,
                         Decision& decision,
                         Outputs& out) {
    const RejectReason reason = assessment.reason;
    decision.accepted = false;
    decision.reason = reason;
    decision.failed_check = assessment.failed_check;
    if (target != nullptr) {
        decision.order = target->id;
    }
    out.decision(decision);
    if (reason == RejectReason::Throttled || reason == RejectReason::GatewayBusy ||
        reason == RejectReason::GatewayHalted) {
        auto report = business_reject(command, reason, assessment.text);
        return out.report(report);
    }
    // Only the request's own ClOrdID(11) is used up; an unknown OrigClOrdID(41) stays free.
    if (consumes_cl_ord_id(reason)) {
        (void)orders.use(command.session, command.cl_ord_id, OrderId{}, content_hash(command));
    }
    const bool change = command.kind == CommandKind::Cancel || command.kind == CommandKind::Replace;
    if (change && target != nullptr) {
        auto report = cancel_reject(*target, command.cl_ord_id,
                                    command.kind == CommandKind::Cancel ? CxlRejResponseTo::Cancel
                                                                        : CxlRejResponseTo::Replace,
                                    reason, assessment.text);
        return out.report(report);
    }
    const Order* first = reason == RejectReason::DuplicateClOrdId && !change
                             ? orders.find(assessment.existing)
                             : nullptr;
    if (first != nullptr) {  // rejects the second, states the first
        auto report = order_report(*first, ExecType::Rejected);
        report.cl_ord_id = command.cl_ord_id;
        report.reason = reason;
        report.text = assessment.text;
        return out.report(report);
    }
    auto report = refusal_of(command, reason, assessment.text);
    out.report(report);
}

void Core::State::on_new_order(const Command& command, Outputs& out) {
    Decision decision = decision_of(command, out, risk);
    // Every new order takes a number, also one that is refused: a what-if run, which refuses other
    // ones, then still gives each order the number that the journal's venue events name.
    const OrderId id = ids.next_order();
    if (halted) {
        return refuse(command, nullptr,
                      refusal(RejectReason::GatewayHalted,
                              Prose("GATEWAY_HALTED: the journal cannot keep up"), decision),
                      decision, out);
    }
    Parties parties = parties_of(command, nullptr);
    const Route route =
        routing.choose(command.ex_destination, parties.account, parties.instrument, board);
    parties.venue = route.venue;
    Assessment assessment = risk.assess(out.meta(), command, parties, nullptr, decision);
    if (assessment.kind == Assessment::Kind::AlreadyKnown) {
        if (const Order* known = orders.find(assessment.existing); known != nullptr) {
            decision.order = known->id;
            decision.reason = RejectReason::DuplicateClOrdId;
            decision.accepted = false;
            out.decision(decision);
            auto report = order_report(*known, ExecType::OrderStatus);
            report.cl_ord_id = command.cl_ord_id;
            return out.report(report);
        }
        assessment.kind = Assessment::Kind::Reject;  // a resend of what was refused
        assessment.reason = RejectReason::DuplicateClOrdId;
        assessment.text = Prose("DUP_CLORDID: this request was refused before");
    }
    decision.route_rule = route.rule;
    decision.route_reason = route.why;
    if (assessment.accepted() && !route.ok()) {
        const auto venue = route.venue.value == kNoIndex ? std::string_view("")
                                                         : names.venues.name(route.venue.value);
        assessment = refusal(
            route.refusal,
            route.refusal == RejectReason::NoRoute ? Prose("NO_ROUTE: no routing rule matches")
            : route.refusal == RejectReason::VenueDown
                ? Prose("VENUE_DOWN: no venue of the routing rule is connected")
                : join({"VENUE_BUSY: venue ", venue, " has too many requests unanswered"}),
            decision);
    } else if (assessment.accepted() &&
               (!orders.has_room() || !orders.has_room_for_id() || !orders.has_room_for_extras())) {
        assessment =
            refusal(RejectReason::GatewayBusy,
                    Prose("GATEWAY_BUSY: the order table is full until the day roll"), decision);
    }
    Resting resting = resting_in_the_way(command, parties, nullptr, assessment, decision);
    if (!assessment.accepted()) {
        return refuse(command, nullptr, assessment, decision, out);
    }
    Order& order = enter(id, command, parties, route);
    order.created = order.updated = out.meta().time;
    risk.accept_new(order, out.meta(), assessment, decision);
    settle_credits(order, Credits{});
    accept(decision, order);
    out.decision(decision);
    cancel_first(resting, out);
    VenueRequest request = request_of(order, VenueRequestKind::New);
    send(order, request, out);
    if (sessions[command.session.value].pending_reports) {
        auto report = order_report(order, ExecType::PendingNew);
        out.report(report);
    }
}

Order& Core::State::enter(OrderId id,
                          const Command& command,
                          const Parties& parties,
                          const Route& route) {
    Order& order = orders.create(id);
    order.session = command.session;
    order.account = parties.account;
    order.instrument = parties.instrument;
    order.venue = route.venue;
    order.side = command.side;
    order.ord_type = command.ord_type;
    order.time_in_force = command.time_in_force;
    order.cl_ord_id = command.cl_ord_id;
    order.root_cl_ord_id = command.cl_ord_id;
    order.ex_destination = command.ex_destination;
    order.terms = terms_of(command);
    order.terms.extras = orders.keep_extras(command.extras);
    if (route.hold) {
        order.set(order_flag::kMayHold);
    }
    order.trader = parties.trader;
    GW_CHECK(orders.use(command.session, command.cl_ord_id, order.id, content_hash(command)));
    return order;
}

void Core::State::on_cancel(const Command& command, Outputs& out) {
    Decision decision = decision_of(command, out, risk);
    Order* target = orders.find(command.session, command.orig_cl_ord_id);
    Assessment assessment =
        risk.assess(out.meta(), command, parties_of(command, target), target, decision);
    // A cancel may be repeated under its own name. While the first is unanswered, the repetition
    // must not be refused: the client would take the first for refused.
    const bool repeated = command.has(command_flag::kPossResend) && target != nullptr &&
                          target->pending_cancel.active &&
                          target->pending_cancel.cl_ord_id == command.cl_ord_id;
    if ((assessment.kind == Assessment::Kind::AlreadyKnown && target != nullptr) ||
        (assessment.accepted() && repeated)) {
        decision.order = target->id;
        out.decision(decision);
        auto report = order_report(*target, ExecType::OrderStatus);
        return out.report(report);
    }
    Prose text;
    if (assessment.accepted() && target != nullptr) {
        if (target->pending_cancel.active) {
            assessment =
                refusal(RejectReason::PendingReplace,
                        Prose("PENDING_CANCEL: a cancel of this order is unanswered"), decision);
        } else if (const auto why = venue_refusal(*target, Lane::Cancels, text);
                   why != RejectReason::None) {
            assessment = refusal(why, text, decision);
        }
    }
    if (!assessment.accepted() || target == nullptr) {
        return refuse(command, target, assessment, decision, out);
    }
    // Without room for the id the cancel still passes; a second one with this id is then refused
    // as pending, not as a duplicate.
    (void)orders.use(command.session, command.cl_ord_id, target->id, content_hash(command));
    risk.accept_cancel(*target);
    accept(decision, *target);
    out.decision(decision);
    send_cancel(*target, command.cl_ord_id, out);
    if (sessions[command.session.value].pending_reports) {
        auto report = order_report(*target, ExecType::PendingCancel);
        report.cl_ord_id = command.cl_ord_id;
        report.orig_cl_ord_id = target->cl_ord_id;
        out.report(report);
    }
}

void Core::State::on_replace(const Command& command, Outputs& out) {
    Decision decision = decision_of(command, out, risk);
    Order* target = orders.find(command.session, command.orig_cl_ord_id);
    if (halted) {
        return refuse(command, target,
                      refusal(RejectReason::GatewayHalted,
                              Prose("GATEWAY_HALTED: the journal cannot keep up"), decision),
                      decision, out);
    }
    Assessment assessment =
        risk.assess(out.meta(), command, parties_of(command, target), target, decision);
    if (assessment.kind == Assessment::Kind::AlreadyKnown && target != nullptr) {
        decision.order = target->id;
        out.decision(decision);
        auto report = order_report(*target, ExecType::OrderStatus);
        return out.report(report);
    }
    Prose text;
    if (assessment.accepted() && target != nullptr) {
        // A cancel may name any id of the chain, it must get through. A replace must show that it
        // knows the order's last wording.
        if (!names_current(*target, command.orig_cl_ord_id)) {
            assessment =
                refusal(RejectReason::UnknownOrder,
                        Prose("UNKNOWN_ORDER: OrigClOrdID(41) is not the order's last"), decision);
        } else if (target->pending_cancel.active || target->pending_count >= kPendingReplacesMax) {
            assessment =
                refusal(RejectReason::PendingReplace,
                        Prose("PENDING_REPLACE: a request on this order is unanswered"), decision);
        } else if (!orders.has_room_for_id() || !orders.has_room_for_extras()) {
            assessment = refusal(RejectReason::GatewayBusy,
                                 Prose("GATEWAY_BUSY: the order table is full until the day roll"),
                                 decision);
        } else if (const auto why = venue_refusal(*target, Lane::Orders, text);
                   why != RejectReason::None) {
            assessment = refusal(why, text, decision);
        }
    }
    Resting resting =
        resting_in_the_way(command, parties_of(command, target), target, assessment, decision);
    if (!assessment.accepted() || target == nullptr) {
        return refuse(command, target, assessment, decision, out);
    }
    const Credits before = credits_of(*target);
    OrderTerms terms = terms_of(command);
    if ((terms.flags & command_flag::kHasExpire) == 0) {  // the date stays when none is given
        constexpr std::uint16_t kDate = command_flag::kHasExpire | command_flag::kExpireIsDate;
        terms.expire = target->terms.expire;
        terms.flags |= target->terms.flags & kDate;
    }
    terms.extras = orders.keep_extras(command.extras);
    VenueRequest request = request_of(*target, VenueRequestKind::Replace);
    put_terms(terms, request);
    request.version = begin_replace(*target, assessment.version, terms, command.cl_ord_id);
    request.order_qty = assessment.version.order_qty;
    request.price = assessment.version.price;
    target->updated = out.meta().time;
    risk.accept_replace(*target, decision);
    settle_credits(*target, before);
    (void)orders.use(command.session, command.cl_ord_id, target->id, content_hash(command));
    accept(decision, *target);
    out.decision(decision);
    cancel_first(resting, out);
    send(*target, request, out);
    if (sessions[command.session.value].pending_reports) {
        auto report = order_report(*target, ExecType::PendingReplace);
        report.cl_ord_id = command.cl_ord_id;
        report.orig_cl_ord_id = target->cl_ord_id;
        out.report(report);
    }
}

// Answered from our own state, whatever the switches: the state is the venue's answers.
void Core::State::on_status(const Command& command, Outputs& out) {
    Decision decision = decision_of(command, out, risk);
    const Order* order = orders.find(command.session, command.cl_ord_id);
    if (order == nullptr) {
        decision.reason = RejectReason::UnknownOrder;
        out.decision(decision);
        auto report = refusal_of(command, RejectReason::UnknownOrder,
                                 Prose("UNKNOWN_ORDER: no order has this ClOrdID(11)"));
        return out.report(report);
    }
    accept(decision, *order);
    out.decision(decision);
    auto report = order_report(*order, ExecType::OrderStatus);
    report.request_id = command.request_id;
    out.report(report);
}

void Core::State::on_unsupported(const Command& command, Outputs& out) {
    Decision decision = decision_of(command, out, risk);
    // A defect: the message is served, but not in this form (a NewOrderList(E) that is no list).
    const bool served = !command.defect.empty();
    decision.reason = served ? RejectReason::InvalidField : RejectReason::UnsupportedMessage;
    out.decision(decision);
    auto report =
        business_reject(command, decision.reason,
                        served ? join({"INVALID_FIELD: ", command.defect.view()})
                               : join({"UNSUPPORTED_MESSAGE: MsgType(35)=", command.msg_type.view(),
                                       " is not supported"}));
    out.report(report);
}

}  // namespace sluice
