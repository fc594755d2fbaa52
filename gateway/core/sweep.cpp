// Cancels and questions for many orders: kill switches, lost connections, mass cancels, and what is
// to be cleared up with a venue that is back.
#include "gateway/core/core_state.hpp"

namespace sluice {

void Core::State::begin_sweep(const Sweep& sweep) {
    sweeps.push_back(sweep);
}

bool Core::State::covers(const Sweep& sweep, const Order& order) const {
    if (sweep.why == Sweep::Why::Reconcile) {
        return order.venue.value == sweep.scope.id;
    }
    if (sweep.why == Sweep::Why::MassCancel) {
        return order.session == sweep.session &&
               (sweep.instrument.value == kNoIndex || order.instrument == sweep.instrument) &&
               (sweep.account.value == kNoIndex || order.account == sweep.account) &&
               (sweep.side == 0 || static_cast<char>(order.side) == sweep.side);
    }
    return (sweep.good_till || !is_good_till(order)) && risk.covers(sweep.scope, order);
}

// False when the sweep has to wait for a credit.
bool Core::State::visit(Sweep& sweep, Order& order, SweepBudget& budget, Outputs& out) {
    if (!covers(sweep, order)) {
        return true;
    }
    if (sweep.why == Sweep::Why::Reconcile) {
        if (is_unanswered(order) || order.has(order_flag::kInDoubt)) {
            reconcile(order, out);
            --budget.outputs;
        }
        return true;
    }
    // At a venue that is down the order waits for SessionUp, which starts the sweep again.
    if (!is_open(order) || order.pending_cancel.active ||
        (!board.is_up(order.venue) && !order.has(order_flag::kMayHold))) {
        return true;
    }
    if (!board.has_credit(order.venue, Lane::Cancels)) {
        return false;
    }
    send_cancel(order, ClOrdId{}, out, sweep.restatement_reason);
    ++sweep.affected;
    --budget.outputs;
    return true;
}

void Core::State::run_sweep(Sweep& sweep, SweepBudget& budget, Outputs& out) {
    const auto all = orders.orders();
    for (; sweep.next < all.size(); ++sweep.next) {
        if (budget.outputs == 0 || budget.looks == 0) {
            return;
        }
        --budget.looks;
        if (!visit(sweep, all[sweep.next], budget, out)) {
            sweep.state = Sweep::State::WaitsForCredit;
            return;
        }
    }
    sweep.state = Sweep::State::Done;
    if (sweep.why == Sweep::Why::MassCancel) {
        finish_mass_cancel(sweep, out);
    }
}

void Core::State::run_sweeps(Outputs& out) {
    SweepBudget budget;
    for (auto& sweep : sweeps) {
        if (sweep.state == Sweep::State::Running) {
            run_sweep(sweep, budget, out);
        }
    }
    std::erase_if(sweeps, [](const Sweep& sweep) {
        return sweep.state == Sweep::State::Done &&
               (sweep.why == Sweep::Why::MassCancel || sweep.why == Sweep::Why::Reconcile);
    });
    for (auto& run : status_runs) {
        run_status(run, budget, out);
    }
    std::erase_if(status_runs, [](const MassStatusRun& run) {
        return !run.finding && run.next == run.found.size();
    });
    look_for_silence(budget, out);
}

void Core::State::restart_sweeps() {
    for (auto& sweep : sweeps) {
        sweep.next = 0;
        sweep.state = Sweep::State::Running;
    }
}

bool Core::State::wants_tick() const {
    for (const auto& sweep : sweeps) {
        if (sweep.state == Sweep::State::Running) {
            return true;
        }
    }
    return !status_runs.empty() || doubt_next != kNoScan;
}

// --- cancel on disconnect ---------------------------------------------------------------------

void Core::State::lose_session(SessionDesk& desk, std::uint8_t why, UtcNanos now) {
    const bool was_connected = desk.connected;
    desk.connected = false;
    if (was_connected && desk.cancel_wished &&
        desk.cancel.scope != CancelOnDisconnect::Scope::Off) {
        desk.cancel_why = why;
        desk.cancel_at = now + desk.cancel.grace_ns;
        wake_at(desk.cancel_at);
    }
}

void Core::State::cancel_for_disconnect(SessionId session, const SessionDesk& desk) {
    Sweep sweep;
    sweep.why = Sweep::Why::Disconnect;
    sweep.session = session;
    sweep.good_till = desk.cancel.good_till;
    sweep.restatement_reason = desk.cancel_why;
    if (desk.cancel.scope == CancelOnDisconnect::Scope::Session) {
        sweep.scope = {ScopeKind::Session, session.value, kNoIndex};
        return begin_sweep(sweep);
    }
    for (const AccountId account : desk.accounts) {
        sweep.scope = {ScopeKind::Account, account.value, kNoIndex};
        begin_sweep(sweep);
    }
}

void Core::State::on(const SessionEvent& event, Outputs& out) {
    if (event.session.value >= sessions.size()) {
        return;
    }
    constexpr std::uint8_t kConnectionLoss = 12;
    constexpr std::uint8_t kLogout = 13;
    SessionDesk& desk = sessions[event.session.value];
    if (event.kind != SessionEvent::Kind::LoggedOn) {
        lose_session(desk, event.kind == SessionEvent::Kind::LoggedOut ? kLogout : kConnectionLoss,
                     out.meta().time);
        return;
    }
    using Wish = SessionEvent::CancelWish;
    desk.connected = true;
    desk.cancel_at = kNever;
    desk.cancel_wished = event.cancel_on_disconnect == Wish::NotSaid
                             ? desk.cancel.by_default
                             : event.cancel_on_disconnect == Wish::Yes;
    std::erase_if(sweeps, [&](const Sweep& sweep) {
        return sweep.why == Sweep::Why::Disconnect && sweep.session == event.session;
    });
}

// Nothing is known of sessions and venues until they say that they are there again.
void Core::State::on(const ProcessStart& start, Outputs& out) {
    constexpr std::uint8_t kConnectionLoss = 12;
    ids.start_epoch(start.epoch);
    for (std::uint32_t v = 0; v < board.size(); ++v) {
        board.set_up({v}, false);
    }
    for (auto& desk : sessions) {
        lose_session(desk, kConnectionLoss, out.meta().time);
    }
}

// --- time -------------------------------------------------------------------------------------

void Core::State::on(const Tick&, Outputs& out) {
    for (std::uint32_t s = 0; s < sessions.size(); ++s) {
        if (sessions[s].cancel_at <= out.meta().time) {
            sessions[s].cancel_at = kNever;
            cancel_for_disconnect({s}, sessions[s]);
        }
    }
    if (doubt_due <= out.meta().time) {
        doubt_due = kNever;
        doubt_next = 0;
    }
    run_sweeps(out);
    find_deadline();
}

void Core::State::find_deadline() {
    deadline = doubt_due;
    for (const auto& desk : sessions) {
        deadline = std::min(deadline, desk.cancel_at);
    }
}

}  // namespace sluice
