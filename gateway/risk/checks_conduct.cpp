// How the client behaves: the same order again and again, many messages for few executions.
#include "gateway/risk/checks.hpp"

namespace sluice::checks {
namespace {

constexpr std::int64_t kDefaultBurstWindowMs = 1'000;

std::int64_t whole(const LimitValue& value) {
    return value.value.units() / Decimal::kScale;
}

Decimal count_of(std::uint64_t number) {
    return saturate(Wide{number} * Decimal::kScale);
}

// messages / executions, rounded up.
Decimal ratio_of(std::uint64_t messages, std::uint64_t trades) {
    return saturate((Wide{messages} * Decimal::kScale + trades - 1) / trades);
}

CheckResult ratio(CheckContext& ctx,
                  const Scope& scope,
                  const Limits& limits,
                  const Activity& activity) {
    const LimitValue& most = limits[LimitKey::OrderToTradeMax];
    const LimitValue& floor = limits[LimitKey::OrderToTradeFloor];
    const std::uint64_t messages = activity.messages + 1;
    const std::uint64_t free = floor.is_number() ? static_cast<std::uint64_t>(whole(floor)) : 0;
    if (!most.is_number() || messages <= free) {
        return CheckResult::Pass;
    }
    const std::uint64_t trades = std::max<std::uint64_t>(1, activity.trades);
    return Wide{messages} * Decimal::kScale <= Wide{most.value.units()} * trades
               ? CheckResult::Pass
               : ctx.fail(scope, LimitKey::OrderToTradeMax, most.value, ratio_of(messages, trades));
}

}  // namespace

BurstKey burst_key(const CheckContext& ctx) {
    const Command& command = ctx.command;
    return {command.order_qty, command.price,    ctx.account_id(),     ctx.instrument_id(),
            ctx.side,          command.ord_type, command.time_in_force};
}

CheckResult duplicate_burst(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr) {
        return CheckResult::Skip;
    }
    const bool breached =
        any_level(ctx, [&](const Scope& scope, const Limits& limits, std::uint32_t) {
            const LimitValue& most = limits[LimitKey::DupBurstMax];
            if (!most.is_number()) {
                return false;
            }
            const LimitValue& window = limits[LimitKey::DupBurstWindowMs];
            const std::int64_t ms = window.is_number() ? whole(window) : kDefaultBurstWindowMs;
            const auto allowed = static_cast<std::uint64_t>(whole(most));
            const std::uint64_t seen =
                ctx.state.bursts.count(burst_key(ctx), ctx.meta.time, ms * kNanosPerMilli, allowed);
            if (seen < allowed) {
                return false;
            }
            ctx.fail(scope, LimitKey::DupBurstMax, most.value, count_of(seen + 1));
            return true;
        });
    return breached ? CheckResult::Fail : CheckResult::Pass;
}

CheckResult order_to_trade(CheckContext& ctx) {
    const RiskState& state = ctx.state;
    const std::uint32_t session = ctx.parties.session.value;
    const CheckResult own = ratio(ctx, {ScopeKind::Session, session, kNoIndex},
                                  state.limits.sessions[session], state.session_activity[session]);
    if (own == CheckResult::Fail) {
        return own;
    }
    const std::uint32_t trader = ctx.trader_id();
    if (trader != kNoIndex &&
        ratio(ctx, {ScopeKind::Trader, trader, kNoIndex}, state.limits.traders[trader],
              state.trader_activity[trader]) == CheckResult::Fail) {
        return CheckResult::Fail;
    }
    const std::uint32_t account = ctx.account_id().value;
    if (ctx.account == nullptr) {
        return own;
    }
    return ratio(ctx, {ScopeKind::Account, account, kNoIndex}, state.limits.accounts[account],
                 state.account_activity[account]);
}

}  // namespace sluice::checks
