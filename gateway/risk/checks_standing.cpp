// What the account may still do at all: reduce only, losses of the day, credit, executions until
// somebody re-arms.
#include "gateway/risk/checks.hpp"

namespace sluice::checks {
namespace {

// The scope around the request that is in this state, widest first; kind None when there is none.
Scope scope_in(const CheckContext& ctx, TradingState wanted) {
    const TradingStates& states = ctx.state.states;
    const auto is = [wanted](const std::vector<TradingState>& all, std::uint32_t id) {
        return id < all.size() && all[id] == wanted;
    };
    if (states.firm == wanted) {
        return kFirmScope;
    }
    const std::uint32_t account = ctx.account_id().value;
    Scope group;
    if (account < ctx.state.exposure.accounts().size()) {
        (void)any_node(ctx, [&](std::uint32_t node, const Scope& scope, const Limits&) {
            const bool here = node != kFirmNode && is(states.groups, node - 1);
            group = here ? scope : group;
            return here;
        });
    }
    const std::uint32_t venue =
        ctx.target == nullptr ? ctx.parties.venue.value : ctx.target->venue.value;
    const std::uint32_t session = ctx.parties.session.value;
    const std::uint32_t instrument = ctx.instrument_id().value;
    if (group.kind != ScopeKind::None) {
        return group;
    }
    if (is(states.venues, venue)) {
        return {ScopeKind::Venue, venue, kNoIndex};
    }
    if (is(states.sessions, session)) {
        return {ScopeKind::Session, session, kNoIndex};
    }
    if (is(states.traders, ctx.trader_id())) {
        return {ScopeKind::Trader, ctx.trader_id(), kNoIndex};
    }
    if (is(states.accounts, account)) {
        return {ScopeKind::Account, account, kNoIndex};
    }
    if (is(states.instruments, instrument)) {
        return {ScopeKind::Instrument, instrument, instrument};
    }
    return ctx.row != kNoIndex && ctx.state.exposure.row(ctx.row).state == wanted
               ? Scope{ScopeKind::AccountInstrument, account, instrument}
               : Scope{};
}

CheckResult executions(CheckContext& ctx,
                       const Scope& scope,
                       const Limits& limits,
                       const Activity& activity) {
    const LimitValue& most = limits[LimitKey::MaxExecutions];
    const Wide done = Wide{activity.since_armed} * Decimal::kScale;
    return !most.is_number() || done < most.value.units()
               ? CheckResult::Pass
               : ctx.fail(scope, LimitKey::MaxExecutions, most.value,
                          saturate(done + Decimal::kScale));
}

// Positions at their marks, working orders and this one, less what secures them.
CheckResult credit_at(CheckContext& ctx,
                      const Scope& scope,
                      const Limits& limits,
                      const Worth& worth,
                      Wide reserved) {
    const LimitValue& most = limits[LimitKey::Credit];
    if (!most.is_number()) {
        return CheckResult::Pass;
    }
    if (worth.unmarked > 0) {
        return ctx.fail(scope, "credit_limit: a position has no mark price");
    }
    const Wide used = worth.held + reserved;
    return used <= most.value.units()
               ? CheckResult::Pass
               : ctx.fail(scope, LimitKey::Credit, most.value, saturate(used));
}

}  // namespace

CheckResult kill_switch(CheckContext& ctx) {
    if (ctx.state.config_unaccepted) {
        return ctx.fail(kFirmScope, "the changed configuration is not accepted yet");
    }
    const std::uint32_t account = ctx.account_id().value;
    if (account < ctx.state.mismatches.size() && ctx.state.mismatches[account] != 0) {
        return ctx.fail({ScopeKind::Account, account, kNoIndex},
                        "a loaded position differs from the one that is held");
    }
    const Scope scope = scope_in(ctx, TradingState::Killed);
    return scope.kind == ScopeKind::None ? CheckResult::Pass : ctx.fail(scope, "kill switch");
}

CheckResult repeated_execution(CheckContext& ctx) {
    const RiskState& state = ctx.state;
    const std::uint32_t session = ctx.parties.session.value;
    const std::uint32_t trader = ctx.trader_id();
    const std::uint32_t account = ctx.account_id().value;
    CheckResult result =
        executions(ctx, {ScopeKind::Session, session, kNoIndex}, state.limits.sessions[session],
                   state.session_activity[session]);
    if (result == CheckResult::Pass && trader != kNoIndex) {
        result = executions(ctx, {ScopeKind::Trader, trader, kNoIndex},
                            state.limits.traders[trader], state.trader_activity[trader]);
    }
    if (result == CheckResult::Pass && ctx.account != nullptr) {
        result = executions(ctx, {ScopeKind::Account, account, kNoIndex},
                            state.limits.accounts[account], state.account_activity[account]);
    }
    return result;
}

CheckResult reduce_only(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr) {
        return CheckResult::Skip;
    }
    const Scope scope = scope_in(ctx, TradingState::ReduceOnly);
    return scope.kind == ScopeKind::None || ctx.reduces()
               ? CheckResult::Pass
               : ctx.fail(scope, "only orders that reduce the position are taken");
}

CheckResult daily_loss(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr) {
        return CheckResult::Skip;
    }
    const RiskState& state = ctx.state;
    const std::uint32_t account = ctx.account_id().value;
    const auto refuse = [&](const Scope& scope, const Limits& limits, const Worth& worth) {
        return ctx.fail(scope, LimitKey::DailyLoss, limits[LimitKey::DailyLoss].value,
                        saturate(-worth.result));
    };
    if (state.account_loss[account] != 0 && !ctx.reduces()) {
        return refuse({ScopeKind::Account, account, kNoIndex}, state.limits.accounts[account],
                      state.valuation.account(account));
    }
    const bool latched =
        any_node(ctx, [&](std::uint32_t node, const Scope& scope, const Limits& limits) {
            if (state.node_loss[node] == 0 || ctx.reduces()) {
                return false;
            }
            refuse(scope, limits, state.valuation.node(node));
            return true;
        });
    return latched ? CheckResult::Fail : CheckResult::Pass;
}

CheckResult credit(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr || !ctx.priced) {
        return CheckResult::Skip;
    }
    const Wide growth = ctx.growth_notional();
    const Wide growth_firm = ctx.growth_notional_firm();
    if ((growth == 0 && growth_firm == 0) || ctx.reduces()) {
        return CheckResult::Pass;
    }
    const RiskState& state = ctx.state;
    const Exposure& exposure = state.exposure;
    const std::uint32_t account = ctx.account_id().value;
    const CheckResult own = credit_at(
        ctx, {ScopeKind::Account, account, kNoIndex}, state.limits.accounts[account],
        state.valuation.account(account),
        exposure.account({account}).own.reserved() + growth - ctx.account->collateral.units());
    if (own == CheckResult::Fail) {
        return own;
    }
    const bool breached = any_node(ctx, [&](std::uint32_t node, const Scope& scope,
                                            const Limits& limits) {
        return credit_at(ctx, scope, limits, state.valuation.node(node),
                         exposure.node(node).money.reserved() + growth_firm) == CheckResult::Fail;
    });
    return breached ? CheckResult::Fail : CheckResult::Pass;
}

}  // namespace sluice::checks
