// Operators, prices, days and restarts.
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

void Core::State::on(const LimitChange& change, Outputs& out) {
    const ChangeOutcome outcome = risk.set_limit(out.meta(), change);
    AdminReply reply = reply_to(change.ticket, out);
    reply.ok = outcome.ok;
    reply.needs_approval = outcome.needs_approval;
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
    reply.needs_approval = outcome.needs_approval;
    reply.text = outcome.text;
    if (outcome.ok) {
        std::erase_if(sweeps, [&](const Sweep& sweep) {
            return sweep.why == Sweep::Why::Kill && sweep.scope.kind == outcome.scope.kind &&
                   sweep.scope.id == outcome.scope.id &&
                   sweep.scope.instrument == outcome.scope.instrument;
        });
        if (change.action == KillChange::Action::KillAndCancel) {
            reply.affected = outcome.affected;
            Sweep sweep;
            sweep.scope = outcome.scope;
            begin_sweep(sweep);
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
    for (const auto& run : status_runs) {  // their positions are those of yesterday's table
        out.alert(OrderId{},
                  join({"the day roll ended the mass status ", run.request_id.view()}).view());
    }
    status_runs.clear();
    doubt_next = doubt_next == kNoScan ? kNoScan : 0;
    const auto dropped = orders.day_roll();
    risk.day_roll(out.meta().time);
    executions.day_roll([this](OrderId id) { return orders.find(id) != nullptr; });
    last_day_roll = out.meta().time;
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

namespace {
AdminReply reply_of(std::uint64_t ticket, const ChangeOutcome& outcome, const Outputs& out) {
    AdminReply reply = reply_to(ticket, out);
    reply.ok = outcome.ok;
    reply.needs_approval = outcome.needs_approval;
    reply.affected = outcome.affected;
    reply.text = outcome.text;
    return reply;
}
}  // namespace

void Core::State::on(const PhaseChange& change, Outputs& out) {
    out.reply(reply_of(change.ticket, risk.set_phase(change), out));
}

void Core::State::on(const StatusChange& change, Outputs& out) {
    out.reply(reply_of(change.ticket, risk.set_status(change), out));
}

void Core::State::on(const FxUpdate& update, Outputs& out) {
    out.reply(reply_of(update.ticket, risk.set_rate(out.meta(), update), out));
}

void Core::State::on(const PositionLoad& load, Outputs& out) {
    out.reply(reply_of(load.ticket, risk.load_position(load), out));
}

void Core::State::on(const OverrideTicket& ticket, Outputs& out) {
    out.reply(reply_of(ticket.ticket, risk.add_override(out.meta(), ticket), out));
}

}  // namespace sluice
