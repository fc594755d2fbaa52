#include "gateway/domain/money.hpp"
#include "gateway/risk/checks.hpp"

namespace sluice::checks {
namespace {

constexpr std::int64_t kDefaultBufferBps = 500;
constexpr std::int64_t kDefaultRefAgeMs = 5'000;

Scope instrument_scope(const CheckContext& ctx) {
    const std::uint32_t id = ctx.instrument_id().value;
    return {ScopeKind::Instrument, id, id};
}

const LimitValue& parameter(const CheckContext& ctx, LimitKey key) {
    return ctx.state.limits.parameter(ctx.instrument_id().value, key);
}

std::int64_t whole(const LimitValue& value) {
    return value.value.units() / Decimal::kScale;
}

bool is_market(const CheckContext& ctx) {
    return ctx.command.ord_type == OrdType::Market;
}

// A stop order without a limit: it becomes a market order at StopPx(99) or worse.
bool is_stop_market(const CheckContext& ctx) {
    return ctx.command.ord_type == OrdType::Stop;
}

bool has_collar(const CheckContext& ctx) {
    return parameter(ctx, LimitKey::CollarBps).is_number() ||
           parameter(ctx, LimitKey::CollarTicks).is_number() ||
           parameter(ctx, LimitKey::CollarAbs).is_number();
}

Price magnitude(Price price) {
    return Price{saturate(price.units() < 0 ? -Wide{price.units()} : Wide{price.units()})};
}

std::int64_t max_age_ns(const CheckContext& ctx) {
    const LimitValue& age = parameter(ctx, LimitKey::MaxRefAgeMs);
    return age.state == LimitValue::State::Unlimited
               ? std::numeric_limits<std::int64_t>::max()
               : (age.is_number() ? whole(age) : kDefaultRefAgeMs) * kNanosPerMilli;
}

Reference pick_reference(const CheckContext& ctx) {
    ReferencePrices::Policy policy;
    policy.max_age_ns = max_age_ns(ctx);
    policy.allow_close = ctx.instrument->allow_close;
    policy.allow_negative = ctx.instrument->allow_negative;
    return ctx.state.references[ctx.instrument_id().value].pick(ctx.side, ctx.meta.time, policy);
}

// What one unit is reserved at. Empty when the buffered price does not fit.
std::optional<Price> risk_price(const CheckContext& ctx) {
    const Price floor{ctx.instrument->notional_px_floor};
    if (!is_market(ctx) && !is_stop_market(ctx)) {
        return std::max(magnitude(ctx.command.price), floor);
    }
    const LimitValue& buffer = parameter(ctx, LimitKey::MarketBufferBps);
    const Price base = is_market(ctx) ? ctx.reference.price : ctx.command.stop_px;
    const auto buffered =
        with_buffer(magnitude(base), buffer.is_number() ? whole(buffer) : kDefaultBufferBps);
    return buffered ? std::optional(std::max(*buffered, floor)) : std::nullopt;
}

void work_out_notional(CheckContext& ctx) {
    const auto price = risk_price(ctx);
    if (!price) {
        return;
    }
    ctx.risk_px = *price;
    const auto own = notional_up(ctx.leaves, *price, ctx.instrument->multiplier, ctx.fx);
    const auto firm = notional_up(ctx.leaves, *price, ctx.instrument->multiplier, ctx.fx_firm);
    if (own && firm) {
        ctx.notional = *own;
        ctx.notional_firm = *firm;
        ctx.priced = true;
    }
}

// A limit of the order by itself: fails on the first level that is exceeded, or when no level sets
// the limit at all, because a missing hard limit must not mean none.
template <class Observed>
CheckResult order_limit(CheckContext& ctx,
                        LimitKey key,
                        std::string_view missing,
                        const Observed& observed_at) {
    bool is_set_somewhere = false;
    const bool breached =
        any_level(ctx, [&](const Scope& scope, const Limits& limits, std::uint32_t) {
            const LimitValue& limit = limits[key];
            is_set_somewhere = is_set_somewhere || limit.is_set();
            if (!limit.is_number() || observed_at(scope) <= limit.value) {
                return false;
            }
            ctx.fail(scope, key, limit.value, observed_at(scope));
            return true;
        });
    if (breached) {
        return CheckResult::Fail;
    }
    return is_set_somewhere ? CheckResult::Pass : ctx.fail(missing);
}

// The price is at most the widest of the collar's bands, times `widening`, beyond `reference`.
CheckResult within_collar(CheckContext& ctx, Price price, Price reference, Wide widening) {
    const Wide px = price.units();
    const Wide ref = reference.units();
    Wide away = is_buy(ctx.side) ? px - ref : ref - px;
    if (away < 0 && ctx.instrument->collar_passive) {
        away = -away;
    }
    if (away <= 0) {
        return CheckResult::Pass;
    }
    // The widest band counts. Of the percentage only whole units can be reached, so rounding its
    // band down changes nothing: away * 10,000 <= bps * |ref| exactly when away <= that band.
    Wide band = -1;
    LimitKey widest = LimitKey::None;
    const auto widen = [&](LimitKey key, Wide width) {
        if (parameter(ctx, key).is_number() && width > band) {
            band = width;
            widest = key;
        }
    };
    const Wide ref_size = ref < 0 ? -ref : ref;
    widen(LimitKey::CollarBps,
          Wide{whole(parameter(ctx, LimitKey::CollarBps))} * ref_size / 10'000);
    widen(LimitKey::CollarTicks,
          Wide{whole(parameter(ctx, LimitKey::CollarTicks))} * ctx.instrument->tick.units());
    widen(LimitKey::CollarAbs, parameter(ctx, LimitKey::CollarAbs).value.units());
    band = band < 0 ? band : band * widening;
    return away <= band ? CheckResult::Pass
                        : ctx.fail(instrument_scope(ctx), widest, saturate(band), saturate(away));
}

}  // namespace

CheckResult lot(CheckContext& ctx) {
    if (ctx.instrument == nullptr) {
        return CheckResult::Skip;
    }
    const Decimal size = ctx.instrument->lot;
    if (ctx.command.order_qty.units() % size.units() == 0) {
        return CheckResult::Pass;
    }
    ctx.fail(instrument_scope(ctx), LimitKey::None, size, ctx.command.order_qty.decimal);
    return ctx.fail(instrument_scope(ctx), "lot");
}

CheckResult tick(CheckContext& ctx) {
    const bool limit = ctx.command.has(command_flag::kHasPrice);
    const bool stop = ctx.command.has(command_flag::kHasStopPx);
    if (ctx.instrument == nullptr || (!limit && !stop)) {
        return CheckResult::Skip;
    }
    const Decimal size = ctx.instrument->tick;
    for (const Price price : {ctx.command.price, ctx.command.stop_px}) {  // 0 when absent
        if (price.units() % size.units() != 0) {
            ctx.fail(instrument_scope(ctx), LimitKey::None, size, price.decimal);
            return ctx.fail(instrument_scope(ctx), "tick");
        }
    }
    return CheckResult::Pass;
}

CheckResult price_sign(CheckContext& ctx) {
    const bool limit = ctx.command.has(command_flag::kHasPrice);
    const bool stop = ctx.command.has(command_flag::kHasStopPx);
    if (ctx.instrument == nullptr || (!limit && !stop)) {
        return CheckResult::Skip;
    }
    if (ctx.instrument->allow_negative) {
        return CheckResult::Pass;
    }
    if (limit && ctx.command.price <= Price{}) {
        return ctx.fail(instrument_scope(ctx), "Price(44) must be greater than 0");
    }
    return stop && ctx.command.stop_px <= Price{}
               ? ctx.fail(instrument_scope(ctx), "StopPx(99) must be greater than 0")
               : CheckResult::Pass;
}

CheckResult max_order_qty(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr) {
        return CheckResult::Skip;
    }
    return order_limit(ctx, LimitKey::MaxOrderQty, "no max_order_qty is set at any level",
                       [&](const Scope&) { return ctx.command.order_qty.decimal; });
}

CheckResult reference_price(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr) {
        return CheckResult::Skip;
    }
    if (is_market(ctx) || has_collar(ctx)) {
        ctx.reference = pick_reference(ctx);
        if (ctx.reference.source == RefSource::None) {
            return ctx.fail(instrument_scope(ctx), "no usable reference price");
        }
    }
    const StaticData& data = ctx.state.data;
    const UtcNanos now = ctx.meta.time;
    ctx.fx = data.fresh_rate(ctx.instrument->currency, ctx.account->currency, now);
    ctx.fx_firm = data.fresh_rate(ctx.instrument->currency, data.firm_currency, now);
    if (ctx.fx.is_zero() || ctx.fx_firm.is_zero()) {
        return ctx.fail(instrument_scope(ctx), "no fresh currency rate to the account's or firm's");
    }
    work_out_notional(ctx);
    return CheckResult::Pass;
}

CheckResult max_order_notional(CheckContext& ctx) {
    if (ctx.fx.is_zero() || ctx.fx_firm.is_zero()) {
        return CheckResult::Skip;
    }
    if (!ctx.priced) {
        return ctx.fail(instrument_scope(ctx), "the order's value is beyond what can be counted");
    }
    return order_limit(ctx, LimitKey::MaxOrderNotional, "no max_order_notional is set at any level",
                       [&](const Scope& scope) {
                           const bool own = scope.kind == ScopeKind::Account ||
                                            scope.kind == ScopeKind::AccountInstrument;
                           return (own ? ctx.notional : ctx.notional_firm).decimal;
                       });
}

// A limit order's price is held against the reference. A stop order rests away from the market by
// its nature: its limit is held against its own StopPx(99), and StopPx against the reference in a
// band that is kStopBand times as wide.
CheckResult price_collar(CheckContext& ctx) {
    const bool limit = ctx.command.has(command_flag::kHasPrice);
    const bool stop = ctx.command.has(command_flag::kHasStopPx);
    if (ctx.instrument == nullptr || (!limit && !stop) || ctx.reference.source == RefSource::None) {
        return CheckResult::Skip;
    }
    if (!stop) {
        return within_collar(ctx, ctx.command.price, ctx.reference.price, 1);
    }
    constexpr Wide kStopBand = 3;
    const CheckResult trigger =
        within_collar(ctx, ctx.command.stop_px, ctx.reference.price, kStopBand);
    return trigger == CheckResult::Fail || !limit
               ? trigger
               : within_collar(ctx, ctx.command.price, ctx.command.stop_px, 1);
}

}  // namespace sluice::checks

namespace sluice {

std::optional<Price> CheckContext::fresh_bid() const {
    const ReferencePrices::Quote& bid = state.references[instrument_id().value].bid;
    const bool fresh = bid.known && (instrument->allow_negative || bid.price > Price{}) &&
                       Wide{meta.time.value} - bid.time.value <= checks::max_age_ns(*this);
    return fresh ? std::optional(bid.price) : std::nullopt;
}

}  // namespace sluice
