// The check functions by subject, and what they share. Only check_table.cpp lists them.
#pragma once

#include <algorithm>
#include <limits>

#include "gateway/risk/check_table.hpp"

namespace sluice::checks {

// checks_request.cpp: what the request says, and whether it may be asked at all.
CheckResult static_validity(CheckContext& ctx);
CheckResult throttle(CheckContext& ctx);
CheckResult duplicate(CheckContext& ctx);
CheckResult unknown_order(CheckContext& ctx);
CheckResult too_late(CheckContext& ctx);
CheckResult pending_replace(CheckContext& ctx);

// checks_permission.cpp: what may be traded at all, by whom, and in which form.
CheckResult entitlement(CheckContext& ctx);
CheckResult known_symbol(CheckContext& ctx);
CheckResult halted(CheckContext& ctx);
CheckResult session_phase(CheckContext& ctx);
CheckResult restricted_list(CheckContext& ctx);
CheckResult ord_type(CheckContext& ctx);

// checks_price.cpp: quantity, price and money of the order by itself.
CheckResult lot(CheckContext& ctx);
CheckResult tick(CheckContext& ctx);
CheckResult price_sign(CheckContext& ctx);
CheckResult max_order_qty(CheckContext& ctx);
CheckResult reference_price(CheckContext& ctx);
CheckResult max_order_notional(CheckContext& ctx);
CheckResult price_collar(CheckContext& ctx);

// checks_conduct.cpp: how the client behaves.
CheckResult duplicate_burst(CheckContext& ctx);
CheckResult order_to_trade(CheckContext& ctx);
BurstKey burst_key(const CheckContext& ctx);

// checks_standing.cpp: what may still be done at all.
CheckResult kill_switch(CheckContext& ctx);
CheckResult repeated_execution(CheckContext& ctx);
CheckResult reduce_only(CheckContext& ctx);
CheckResult daily_loss(CheckContext& ctx);
CheckResult credit(CheckContext& ctx);

// checks_sale.cpp: selling what one does not have, trading with oneself.
CheckResult short_sale(CheckContext& ctx);
CheckResult self_match(CheckContext& ctx);

// checks_exposure.cpp: the order on top of what is held and working.
CheckResult max_open_orders(CheckContext& ctx);
CheckResult position_limit(CheckContext& ctx);
CheckResult gross_notional(CheckContext& ctx);
CheckResult net_notional(CheckContext& ctx);

inline Decimal saturate(Wide units) {
    constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();
    return Decimal::from_units(static_cast<std::int64_t>(std::clamp(units, -kMost, kMost)));
}

inline Wide open_on_side(const PositionRow& row, Side side) {
    return is_buy(side) ? row.open_buy : row.open_sell;
}

inline constexpr Scope kFirmScope{ScopeKind::Firm, kNoIndex, kNoIndex};

// Calls visit(node, scope, limits) for each group above the account, nearest first, then for the
// firm, until one returns true. Returns whether one did.
template <class Visit>
bool any_node(const CheckContext& ctx, const Visit& visit) {
    const Exposure& exposure = ctx.state.exposure;
    auto node = exposure.account(ctx.account_id()).node;
    for (; node != kFirmNode; node = exposure.node(node).parent) {
        const std::uint32_t group = node - 1;
        if (visit(node, Scope{ScopeKind::Group, group, kNoIndex}, ctx.state.limits.groups[group])) {
            return true;
        }
    }
    return visit(kFirmNode, kFirmScope, ctx.state.limits.firm);
}

// The same over every level at which a limit of one order can sit: session, account, trader,
// account and instrument, instrument, groups, firm. visit(scope, limits, node): node is kNoIndex
// below groups. Account and instrument must be known.
template <class Visit>
bool any_level(const CheckContext& ctx, const Visit& visit) {
    const LimitBook& book = ctx.state.limits;
    const std::uint32_t session = ctx.parties.session.value;
    const std::uint32_t account = ctx.account_id().value;
    const std::uint32_t instrument = ctx.instrument_id().value;
    if (visit(Scope{ScopeKind::Session, session, kNoIndex}, book.sessions[session], kNoIndex) ||
        visit(Scope{ScopeKind::Account, account, kNoIndex}, book.accounts[account], kNoIndex)) {
        return true;
    }
    const std::uint32_t trader = ctx.trader_id();
    if (trader != kNoIndex &&
        visit(Scope{ScopeKind::Trader, trader, kNoIndex}, book.traders[trader], kNoIndex)) {
        return true;
    }
    if (ctx.row != kNoIndex && ctx.state.exposure.row(ctx.row).limits != kNoIndex &&
        visit(Scope{ScopeKind::AccountInstrument, account, instrument},
              book.pairs[ctx.state.exposure.row(ctx.row).limits], kNoIndex)) {
        return true;
    }
    return visit(Scope{ScopeKind::Instrument, instrument, instrument}, book.instruments[instrument],
                 kNoIndex) ||
           any_node(ctx, [&](std::uint32_t node, const Scope& scope, const Limits& limits) {
               return visit(scope, limits, node);
           });
}

}  // namespace sluice::checks
