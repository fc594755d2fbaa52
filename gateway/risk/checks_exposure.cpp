#include "gateway/risk/checks.hpp"

namespace sluice::checks {
namespace {

bool exceeds(
    CheckContext& ctx, const Scope& scope, const Limits& limits, LimitKey key, Wide observed) {
    const LimitValue& limit = limits[key];
    if (!limit.is_number() || observed <= limit.value.units()) {
        return false;
    }
    ctx.fail(scope, key, limit.value, saturate(observed));
    return true;
}

// Parties are known and the order could be priced.
bool ready(const CheckContext& ctx) {
    return ctx.instrument != nullptr && ctx.account != nullptr && ctx.priced;
}

const PositionRow kEmptyRow{};

const PositionRow& row_or_empty(const Exposure& exposure, std::uint32_t index) {
    return index == kNoIndex ? kEmptyRow : exposure.row(index);
}

const PositionRow& node_row(const CheckContext& ctx, std::uint32_t node) {
    const Exposure& exposure = ctx.state.exposure;
    return row_or_empty(exposure, exposure.find_row(kNodeOwner | node, ctx.instrument_id()));
}

std::uint32_t open_orders_at(const CheckContext& ctx, const Scope& scope, std::uint32_t node) {
    const Exposure& exposure = ctx.state.exposure;
    switch (scope.kind) {
        case ScopeKind::Session:
            return exposure.session_open_orders(ctx.parties.session);
        case ScopeKind::Trader:
            return exposure.trader_open_orders(scope.id);
        case ScopeKind::Account:
            return exposure.account(ctx.account_id()).open_orders;
        case ScopeKind::AccountInstrument:
            return row_or_empty(exposure, ctx.row).open_orders;
        case ScopeKind::Instrument:
            return node_row(ctx, kFirmNode).open_orders;
        default:
            return exposure.node(node).open_orders;
    }
}

// The aggregate money checks: the account in its currency, then groups and firm in the firm's.
template <class Observed>
CheckResult money_limit(CheckContext& ctx, LimitKey key, const Observed& observed) {
    if (!ready(ctx)) {
        return CheckResult::Skip;
    }
    const Exposure& exposure = ctx.state.exposure;
    const Wide growth = ctx.growth_notional();
    const Wide growth_firm = ctx.growth_notional_firm();
    const std::uint32_t account = ctx.account_id().value;
    if (growth > 0 &&
        exceeds(ctx, {ScopeKind::Account, account, kNoIndex}, ctx.state.limits.accounts[account],
                key, observed(exposure.account({account}).own) + growth)) {
        return CheckResult::Fail;
    }
    const bool breached =
        growth_firm > 0 &&
        any_node(ctx, [&](std::uint32_t node, const Scope& scope, const Limits& limits) {
            return exceeds(ctx, scope, limits, key,
                           observed(exposure.node(node).money) + growth_firm);
        });
    return breached ? CheckResult::Fail : CheckResult::Pass;
}

}  // namespace

CheckResult max_open_orders(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr) {
        return CheckResult::Skip;
    }
    const bool breached =
        any_level(ctx, [&](const Scope& scope, const Limits& limits, std::uint32_t node) {
            return limits[LimitKey::MaxOpenOrders].is_number() &&
                   exceeds(ctx, scope, limits, LimitKey::MaxOpenOrders,
                           (Wide{open_orders_at(ctx, scope, node)} + 1) * Decimal::kScale);
        });
    return breached ? CheckResult::Fail : CheckResult::Pass;
}

CheckResult position_limit(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr) {
        return CheckResult::Skip;
    }
    const AccountId account = ctx.account_id();
    const InstrumentId instrument = ctx.instrument_id();
    if (ctx.target == nullptr && !ctx.state.exposure.can_obtain_row(account, instrument)) {
        return ctx.fail("the position table is full");
    }
    const Wide growth = ctx.growth_qty();
    if (growth <= 0) {
        return CheckResult::Pass;
    }
    const bool buy = is_buy(ctx.side);
    const LimitKey key = buy ? LimitKey::MaxLong : LimitKey::MaxShort;
    const auto worst = [&](const PositionRow& row) {
        return (buy ? row.worst_long() : row.worst_short()) + growth;
    };
    const LimitBook& book = ctx.state.limits;
    const PositionRow& own = row_or_empty(ctx.state.exposure, ctx.row);
    if (exceeds(ctx, {ScopeKind::Account, account.value, kNoIndex}, book.accounts[account.value],
                key, worst(own))) {
        return CheckResult::Fail;
    }
    if (own.limits != kNoIndex &&
        exceeds(ctx, {ScopeKind::AccountInstrument, account.value, instrument.value},
                book.pairs[own.limits], key, worst(own))) {
        return CheckResult::Fail;
    }
    const Limits& everyone = book.instruments[instrument.value];
    if (everyone[key].is_number() &&
        exceeds(ctx, {ScopeKind::Instrument, instrument.value, instrument.value}, everyone, key,
                worst(node_row(ctx, kFirmNode)))) {
        return CheckResult::Fail;
    }
    const bool breached =
        any_node(ctx, [&](std::uint32_t node, const Scope& scope, const Limits& limits) {
            return limits[key].is_number() &&
                   exceeds(ctx, scope, limits, key, worst(node_row(ctx, node)));
        });
    return breached ? CheckResult::Fail : CheckResult::Pass;
}

CheckResult gross_notional(CheckContext& ctx) {
    const CheckResult gross = money_limit(ctx, LimitKey::MaxGrossNotional,
                                          [](const Money& money) { return money.gross(); });
    if (gross != CheckResult::Pass) {
        return gross;
    }
    // Turnover: what was executed and this order by itself; other working orders do not count.
    return money_limit(ctx, LimitKey::MaxTurnover,
                       [](const Money& money) { return money.executed(); });
}

CheckResult net_notional(CheckContext& ctx) {
    const bool buy = is_buy(ctx.side);
    return money_limit(ctx, LimitKey::MaxNetNotional, [buy](const Money& money) {
        return buy ? money.worst_net_long() : money.worst_net_short();
    });
}

}  // namespace sluice::checks
