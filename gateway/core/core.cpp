#include "gateway/core/core.hpp"

#include "gateway/core/core_state.hpp"

namespace sluice {
namespace {

DropTarget drop_target(const SessionConfig& session, const NameTable& names) {
    DropTarget target;
    target.session = {names.sessions.find(session.id)};
    for (const auto& name : session.drop_copy.sessions) {
        target.sessions.push_back({names.sessions.find(name)});
    }
    for (const auto& name : session.drop_copy.accounts) {
        target.accounts.emplace_back(name);
    }
    for (const auto& name : session.drop_copy.venues) {
        target.venues.push_back({names.venues.find(name)});
    }
    return target;
}

}  // namespace

Core::Core() : state_(std::make_unique<State>()) {}
Core::~Core() = default;

void Core::configure(const InputMeta& meta, const CoreConfig& config) {
    State& s = *state_;
    if (!s.configured) {
        s.orders.size_for(config.max_orders);
        s.executions.size_for(std::size_t{config.max_orders} * 2);
        s.configured = true;
        s.last_day_roll = meta.time;
    }
    s.config = config;
    s.names.learn(config);
    s.orders.remember_ids_for(config.cl_ord_id_days);
    s.venue_rules.resize(s.names.venues.size());
    for (const auto& venue : config.venues) {
        s.venue_rules[s.names.venues.find(venue.id)] = venue;
    }
    s.risk.configure(config, meta.time);
    s.board.configure(config, s.names);
    s.routing.configure(config, s.names);
    s.sessions.resize(s.names.sessions.size());
    for (const auto& session : config.sessions) {
        SessionDesk& desk = s.sessions[s.names.sessions.find(session.id)];
        desk.default_account = {session.default_account.empty()
                                    ? kNoIndex
                                    : s.names.accounts.find(session.default_account)};
        desk.pending_reports = session.pending_reports;
        desk.reads_only = session.drop_copy.enabled;
        desk.cancel = session.cancel_on_disconnect;
        desk.accounts.clear();
        for (const auto& account : session.accounts) {
            desk.accounts.push_back({s.names.accounts.find(account)});
        }
    }
    s.drop_copies.clear();
    for (const auto& session : config.sessions) {
        if (session.drop_copy.enabled) {
            s.drop_copies.push_back(drop_target(session, s.names));
        }
    }
    GW_CHECK(s.drop_copies.size() <= kDropCopiesMax);
}

void Core::apply(const InputMeta& meta, const Event& event, CoreSink& sink) {
    Outputs out(meta, state_->drop_copies, sink);
    state_->risk.pass_time(meta.time);
    std::visit([&](const auto& input) { state_->on(input, out); }, event);
    state_->audit_now_and_then(out);
    state_->tell_notices(out);
}

UtcNanos Core::next_deadline() const {
    return std::min(state_->deadline, state_->risk.next_timer());
}
bool Core::wants_tick() const {
    return state_->wants_tick();
}

UtcNanos Core::last_day_roll() const {
    return state_->last_day_roll;
}

const OrderTable& Core::orders() const {
    return state_->orders;
}
const RiskEngine& Core::risk() const {
    return state_->risk;
}
const NameTable& Core::names() const {
    return state_->names;
}
const CoreConfig& Core::config() const {
    return state_->config;
}
const VenueBoard& Core::venues() const {
    return state_->board;
}
const RoutingTable& Core::routing() const {
    return state_->routing;
}
bool Core::halted() const {
    return state_->halted;
}
bool Core::connected(SessionId session) const {
    return session.value < state_->sessions.size() && state_->sessions[session.value].connected;
}

std::uint64_t Core::digest() const {
    const State& s = *state_;
    Digest digest;
    digest.add(std::uint64_t{s.halted});
    digest.add(s.inputs);
    digest.add_signed(s.last_day_roll.value);
    s.orders.digest(digest);
    s.risk.digest(digest);
    s.executions.digest(digest);
    digest.add(s.ids.epoch());
    digest.add(s.ids.orders());
    digest.add(s.ids.execs());
    for (std::uint32_t v = 0; v < s.board.size(); ++v) {
        digest.add(std::uint64_t{s.board.is_up({v})});
        digest.add(std::uint64_t{s.board.in_flight({v}, Lane::Orders)});
        digest.add(std::uint64_t{s.board.in_flight({v}, Lane::Cancels)});
    }
    for (const auto& desk : s.sessions) {
        digest.add(std::uint64_t{desk.default_account.value});
        digest.add(std::uint64_t{desk.pending_reports});
        digest.add(std::uint64_t{desk.connected});
        digest.add(std::uint64_t{desk.cancel_wished} << 8U | desk.cancel_why);
        digest.add_signed(desk.cancel_at.value);
    }
    for (const auto& sweep : s.sweeps) {
        digest.add(static_cast<std::uint64_t>(sweep.scope.kind));
        digest.add(std::uint64_t{sweep.scope.id});
        digest.add(std::uint64_t{sweep.scope.instrument});
        digest.add(std::uint64_t{sweep.next});
        digest.add(static_cast<std::uint64_t>(sweep.state));
        digest.add(static_cast<std::uint64_t>(sweep.why));
        digest.add(std::uint64_t{sweep.session.value});
        digest.add(std::uint64_t{sweep.affected});
        digest.add(sweep.cl_ord_id.view());
    }
    for (const auto& run : s.status_runs) {
        digest.add(std::uint64_t{run.session.value});
        digest.add(run.request_id.view());
        digest.add(std::uint64_t{run.next});
        digest.add(std::uint64_t{run.found.size()});
    }
    digest.add_signed(s.doubt_due.value);
    digest.add(std::uint64_t{s.doubt_next});
    digest.add_signed(s.deadline.value);
    return digest.value();
}

// The sums against the orders themselves. Takes as long as there are orders, so only every so many
// inputs. Sums that are wrong can let anything through: nothing new is taken.
void Core::State::audit_now_and_then(Outputs& out) {
    ++inputs;
    if (config.audit_every == 0 || inputs % config.audit_every != 0) {
        return;
    }
    if (const auto broken = risk.audit()) {
        risk.kill_firm();
        out.invariant_fail(*broken);
    }
}

// What the risk room noticed on the way.
void Core::State::tell_notices(Outputs& out) {
    if (risk.notices().empty()) {
        return;
    }
    for (const Notice& notice : risk.notices().items()) {
        out.alert(notice.order, notice.text.view());
    }
    if (risk.notices().lost() > 0) {
        out.alert(OrderId{}, "more happened at once than can be told");
    }
    risk.clear_notices();
}

Credits credits_of(const Order& order) {
    const bool unanswered = order.closed == Closed::No && !order.has(order_flag::kAcknowledged);
    return {.orders = order.pending_count + (unanswered ? 1U : 0U),
            .cancels = order.pending_cancel.active ? 1U : 0U};
}

void Core::State::settle_credits(const Order& order, const Credits& before) {
    const Credits now = credits_of(order);
    for (auto n = before.orders; n < now.orders; ++n) {
        board.take_credit(order.venue, Lane::Orders);
    }
    for (auto n = now.orders; n < before.orders; ++n) {
        board.return_credit(order.venue, Lane::Orders);
    }
    for (auto n = before.cancels; n < now.cancels; ++n) {
        board.take_credit(order.venue, Lane::Cancels);
    }
    if (now.cancels < before.cancels) {
        board.return_credit(order.venue, Lane::Cancels);
        for (auto& sweep : sweeps) {
            if (sweep.state == Sweep::State::WaitsForCredit) {
                sweep.state = Sweep::State::Running;
            }
        }
    }
}

VenueRequest Core::State::request_of(const Order& order, VenueRequestKind kind) const {
    VenueRequest request;
    request.order = order.id;
    request.venue = order.venue;
    request.kind = kind;
    request.order_qty = order.live.order_qty;
    request.price = order.live.price;
    // A FIX chain names the last request that was not refused, answered or not.
    request.orig_version = order.pending_count > 0
                               ? order.pending[order.pending_count - 1U].version.request
                               : order.live.request;
    request.account = AccountName(names.accounts.name(order.account.value));
    request.symbol = SymbolName(names.instruments.name(order.instrument.value));
    request.ex_destination = order.ex_destination;
    request.venue_order_id = order.venue_order_id;
    request.side = order.side;
    request.ord_type = order.ord_type;
    request.time_in_force = order.time_in_force;
    if (order.ord_type == OrdType::Limit || order.ord_type == OrdType::StopLimit) {
        request.flags |= command_flag::kHasPrice;
    }
    if (order.has(order_flag::kMayHold)) {
        request.flags |= command_flag::kMayHold;
    }
    put_terms(order.terms, request);
    return request;
}

void Core::State::put_terms(const OrderTerms& terms, VenueRequest& request) const {
    request.stop_px = terms.stop_px;
    request.max_floor = terms.max_floor;
    request.expire = terms.expire;
    constexpr std::uint16_t kTerms = command_flag::kHasStopPx | command_flag::kHasMaxFloor |
                                     command_flag::kHasExpire | command_flag::kExpireIsDate;
    request.flags = static_cast<std::uint16_t>((request.flags & ~kTerms) | terms.flags);
    request.extras = orders.extras(terms.extras);
}

void Core::State::send(Order& order, VenueRequest& request, Outputs& out) {
    order.asked = out.meta().time;
    watch_answers(order, out.meta().time);
    out.request(request);
}

void Core::State::drop_pending_extras(const Order& order) {
    for (std::size_t i = 0; i < order.pending_count; ++i) {
        orders.forget_extras(order.pending[i].terms.extras);
    }
}

void Core::State::send_cancel(Order& order,
                              const ClOrdId& cl_ord_id,
                              Outputs& out,
                              std::uint8_t why) {
    const Credits before = credits_of(order);
    VenueRequest request = request_of(order, VenueRequestKind::Cancel);
    request.version = begin_cancel(order, cl_ord_id, why);
    order.updated = out.meta().time;
    settle_credits(order, before);
    send(order, request, out);
}

}  // namespace sluice
