// Selling what one does not have, and trading with oneself.
#include "gateway/risk/checks.hpp"

namespace sluice::checks {
namespace {

Scope pair_scope(const CheckContext& ctx) {
    return {ScopeKind::AccountInstrument, ctx.account_id().value, ctx.instrument_id().value};
}

const PositionRow& held_at(const CheckContext& ctx, std::uint32_t row) {
    static const PositionRow kEmpty;
    return row == kNoIndex ? kEmpty : ctx.state.exposure.row(row);
}

// Side(54)=2 sells what is there; working buys are not there yet.
CheckResult long_sale(CheckContext& ctx) {
    const PositionRow& row = held_at(ctx, ctx.row);
    const Wide most = std::max(Wide{0}, row.position);
    const Wide wanted = row.open_long_sell + ctx.growth_qty();
    if (wanted <= most) {
        return CheckResult::Pass;
    }
    ctx.fail(pair_scope(ctx), LimitKey::None, saturate(most), saturate(wanted));
    return ctx.fail(pair_scope(ctx), "position to sell");
}

// What was located has to cover the working short sales and those of the day. At least one level
// has to say how much that is.
CheckResult located(CheckContext& ctx) {
    const LimitBook& book = ctx.state.limits;
    const std::uint32_t account = ctx.account_id().value;
    const std::uint32_t instrument = ctx.instrument_id().value;
    const PositionRow& own = held_at(ctx, ctx.row);
    bool is_set = false;
    const auto breached = [&](const Scope& scope, const Limits& limits, const PositionRow& row) {
        const LimitValue& pool = limits[LimitKey::LocatePool];
        is_set = is_set || pool.is_set();
        const Wide wanted = row.short_sold + row.open_sell - row.open_long_sell + ctx.growth_qty();
        if (!pool.is_number() || wanted <= pool.value.units()) {
            return false;
        }
        ctx.fail(scope, LimitKey::LocatePool, pool.value, saturate(wanted));
        return true;
    };
    if (own.limits != kNoIndex && breached(pair_scope(ctx), book.pairs[own.limits], own)) {
        return CheckResult::Fail;
    }
    const std::uint32_t all = ctx.state.exposure.find_row(kNodeOwner | kFirmNode, {instrument});
    if (breached({ScopeKind::Instrument, instrument, instrument}, book.instruments[instrument],
                 held_at(ctx, all))) {
        return CheckResult::Fail;
    }
    return is_set ? CheckResult::Pass
                  : ctx.fail({ScopeKind::Account, account, kNoIndex},
                             "no locate_pool is set for the account's instrument");
}

// Short only above the bid, as a limit order; without a fresh bid nothing is above it.
CheckResult above_bid(CheckContext& ctx) {
    const Scope scope{ScopeKind::Instrument, ctx.instrument_id().value, ctx.instrument_id().value};
    if (!ctx.command.has(command_flag::kHasPrice)) {
        return ctx.fail(scope, "a short sale has to be a limit order above the bid");
    }
    const auto bid = ctx.fresh_bid();
    if (!bid) {
        return ctx.fail(scope, "a short sale has to be above the bid, and no fresh bid is known");
    }
    if (ctx.command.price > *bid) {
        return CheckResult::Pass;
    }
    ctx.fail(scope, LimitKey::None, bid->decimal, ctx.command.price.decimal);
    return ctx.fail(scope, "short sale not above the bid");
}

CheckResult attested(CheckContext& ctx) {
    const Command& command = ctx.command;
    return ctx.target != nullptr || !command.locate_id.empty() ||
                   command.locate_reqd == LocateReqd::No
               ? CheckResult::Pass
               : ctx.fail(pair_scope(ctx),
                          "a short sale needs LocateReqd(114)=N or a LocateID(5700)");
}

CheckResult any_short_sale(CheckContext& ctx) {
    const bool exempt = ctx.side == Side::SellShortExempt;
    if (ctx.instrument->short_sale == ShortSale::Forbidden) {
        return ctx.fail(pair_scope(ctx), "the symbol may not be sold short");
    }
    if (exempt && !ctx.account->short_exempt) {
        return ctx.fail(pair_scope(ctx), "Side(54)=6 is not permitted for this account");
    }
    CheckResult result = attested(ctx);
    if (result == CheckResult::Pass) {
        result = located(ctx);
    }
    const bool restricted = !exempt && ctx.instrument->short_sale == ShortSale::AboveBid;
    return result == CheckResult::Pass && restricted ? above_bid(ctx) : result;
}

}  // namespace

CheckResult short_sale(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr) {
        return CheckResult::Skip;
    }
    if (is_buy(ctx.side) || ctx.instrument->short_sale == ShortSale::NoRules) {
        return CheckResult::Pass;
    }
    return ctx.side == Side::Sell ? long_sale(ctx) : any_short_sale(ctx);
}

CheckResult self_match(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr) {
        return CheckResult::Skip;
    }
    if (ctx.account->self_match == SelfMatch::Off) {
        return CheckResult::Pass;
    }
    const std::uint32_t group = self_match_group(ctx.state, ctx.account_id());
    const OwnPrices& own = ctx.state.own_prices;
    if (!own.can_add(group, ctx.instrument_id())) {
        return ctx.fail("the table of own prices is full");
    }
    const bool buy = is_buy(ctx.side);
    const bool priced = ctx.command.has(command_flag::kHasPrice);
    const Price price = priced ? ctx.command.price : (buy ? kAnyBuyPrice : kAnySellPrice);
    std::optional<OwnPrice> best;
    std::size_t count = 0;
    own.crossing(group, ctx.instrument_id(), buy, price, [&](const OwnPrice& found) {
        best = best ? best : found;
        return ++count <= kCancelRestingMax;
    });
    if (!best) {
        return CheckResult::Pass;
    }
    const Scope scope = pair_scope(ctx);
    if (ctx.account->self_match == SelfMatch::CancelResting) {
        ctx.cancels_resting = true;
        return count <= kCancelRestingMax
                   ? CheckResult::Pass
                   : ctx.fail(scope, "would trade with more own orders than can be canceled first");
    }
    return ctx.fail(scope, "would trade with an order of the same account or group");
}

}  // namespace sluice::checks
