// Operators, prices, days and restarts.
#include "gateway/core/core_state.hpp"

namespace sluice {

namespace {
constexpr std::size_t kCancelsPerInput = 32;
constexpr std::size_t kLooksPerInput = 4096;  // orders examined per input

AdminReply reply_to(std::uint64_t ticket, const Outputs& out) {
    AdminReply reply;
    reply.ticket = ticket;
    reply.seq = out.meta().seq;
    return reply;
}
}  // namespace

void Core::State::on(const SessionEvent& event, Outputs&) {
    if (event.session.value < sessions.size()) {
        sessions[event.session.value].connected = event.kind == SessionEvent::Kind::LoggedOn;
    }
}

void Core::State::on(const LimitChange& change, Outputs& out) {
    const ChangeOutcome outcome = risk.set_limit(out.meta(), change);
    AdminReply reply = reply_to(change.ticket, out);
    reply.ok = outcome.ok;
    reply.affected = outcome.affected;
    reply.text = outcome.text;
    out.reply(reply);
}

void Core::State::on(const KillChange& change, Outputs& out) {
    AdminReply reply = reply_to(change.ticket, out);
    if (change.who == kJournalWho && change.scope == ScopeKind::Firm) {
        const bool now = change.action != KillChange::Action::Resume;
        reply.ok = true;
        reply.text = join({"journal halt ", halted ? "on" : "off", " -> ", now ? "on" : "off"});
        halted = now;
        out.alert(OrderId{}, now ? "halted: the journal cannot keep up" : "no longer halted");
        return out.reply(reply);
    }
    const ChangeOutcome outcome = risk.set_kill(change);
    reply.ok = outcome.ok;
    reply.text = outcome.text;
    if (outcome.ok) {
        std::erase_if(sweeps, [&](const Sweep& sweep) {
            return sweep.scope.kind == outcome.scope.kind && sweep.scope.id == outcome.scope.id &&
                   sweep.scope.instrument == outcome.scope.instrument;
        });
        if (change.action == KillChange::Action::KillAndCancel) {
            reply.affected = outcome.affected;
            sweeps.push_back({.scope = outcome.scope});
            run_sweeps(out);
        }
    }
    out.reply(reply);
}

void Core::State::on(const RefPrice& price, Outputs& out) {
    if (!risk.set_reference(out.meta(), price)) {
        out.alert(OrderId{}, join({"a price of the unknown symbol ", price.symbol.view()}).view());
    }
}

void Core::State::on(const DayRoll& roll, Outputs& out) {
    const auto dropped = orders.day_roll();
    risk.day_roll();
    executions.clear();
    restart_sweeps();  // positions in the table have moved
    AdminReply reply = reply_to(roll.ticket, out);
    reply.affected = dropped;
    reply.ok = true;
    reply.text = Prose("a new risk day; orders that were over are forgotten");
    if (const auto broken = risk.audit()) {
        out.alert(OrderId{}, *broken);
    }
    out.reply(reply);
}

void Core::State::on(const Tick&, Outputs& out) {
    run_sweeps(out);
}

// Nothing is known of sessions and venues until they say that they are there again.
void Core::State::on(const ProcessStart& start, Outputs&) {
    ids.start_epoch(start.epoch);
    for (std::uint32_t v = 0; v < board.size(); ++v) {
        board.set_up({v}, false);
    }
    for (auto& desk : sessions) {
        desk.connected = false;
    }
}

bool Core::State::wants_tick() const {
    for (const auto& sweep : sweeps) {
        if (sweep.state == Sweep::State::Running) {
            return true;
        }
    }
    return false;
}

void Core::State::restart_sweeps() {
    for (auto& sweep : sweeps) {
        sweep.next = 0;
        sweep.state = Sweep::State::Running;
    }
}

void Core::State::run_sweeps(Outputs& out) {
    std::size_t cancels_left = kCancelsPerInput;
    std::size_t looks_left = kLooksPerInput;
    for (auto& sweep : sweeps) {
        if (sweep.state == Sweep::State::Running) {
            run_sweep(sweep, cancels_left, looks_left, out);
        }
    }
}

void Core::State::run_sweep(Sweep& sweep,
                            std::size_t& cancels_left,
                            std::size_t& looks_left,
                            Outputs& out) {
    const auto all = orders.orders();
    for (; sweep.next < all.size(); ++sweep.next) {
        if (cancels_left == 0 || looks_left == 0) {
            return;
        }
        --looks_left;
        Order& order = all[sweep.next];
        // At a venue that is down the order waits for SessionUp, which starts the sweep again.
        if (!is_open(order) || order.pending_cancel.active || !board.is_up(order.venue) ||
            !risk.covers(sweep.scope, order)) {
            continue;
        }
        if (!board.has_credit(order.venue, Lane::Cancels)) {
            sweep.state = Sweep::State::WaitsForCredit;
            return;
        }
        send_cancel(order, ClOrdId{}, out);
        --cancels_left;
    }
    sweep.state = Sweep::State::Done;
}

}  // namespace sluice
