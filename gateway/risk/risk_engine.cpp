#include "gateway/risk/risk_engine.hpp"

#include <algorithm>
#include <limits>

#include "gateway/domain/money.hpp"
#include "gateway/risk/checks.hpp"
#include "gateway/risk/reject_text.hpp"

namespace sluice {
namespace {

std::uint8_t applies_to(CommandKind kind) {
    switch (kind) {
        case CommandKind::NewOrder:
            return applies::kNew;
        case CommandKind::Replace:
            return applies::kReplace;
        case CommandKind::Cancel:
            return applies::kCancel;
        case CommandKind::Status:
        case CommandKind::Unsupported:
            break;
    }
    GW_CHECK(!"only new orders, replaces and cancels are assessed");
    return 0;
}

// Money of a quantity at a price; at the maximum when it does not fit, which is the safe side.
Notional money(
    Quantity qty, Price price, Decimal multiplier, Decimal fx, bool* saturated = nullptr) {
    const auto exact = notional_up(qty, price, multiplier, fx);
    if (!exact && saturated != nullptr) {
        *saturated = true;
    }
    return exact.value_or(Notional::from_units(std::numeric_limits<std::int64_t>::max()));
}

struct Reservation {
    Quantity qty;
    Notional own;
    Notional firm;
};

// The maximum over the live and every pending version, figure by figure.
Reservation reservation_of(const Order& order, Decimal multiplier) {
    Reservation most;
    if (order.closed != Closed::No) {
        return most;
    }
    const auto include = [&](const OrderVersion& version) {
        const Quantity leaves = leaves_of(order, version);
        most.qty = std::max(most.qty, leaves);
        most.own = std::max(most.own, money(leaves, version.risk_px, multiplier, version.fx));
        most.firm =
            std::max(most.firm, money(leaves, version.risk_px, multiplier, version.fx_firm));
    };
    include(order.live);
    for (std::size_t i = 0; i < order.pending_count; ++i) {
        include(order.pending[i].version);
    }
    return most;
}

Wide open_on_side(const PositionRow& row, Side side) {
    return is_buy(side) ? row.open_buy : row.open_sell;
}

void take_token(Throttle& throttle, const Limits& limits, UtcNanos now) {
    const LimitValue& rate = limits[LimitKey::ThrottleRate];
    if (rate.is_number()) {
        throttle.take(now, rate.value, burst_of(limits));
    }
}

void take_tokens(RiskState& state, const CheckContext& ctx) {
    const std::uint32_t session = ctx.parties.session.value;
    take_token(state.session_throttles[session], state.limits.sessions[session], ctx.meta.time);
    const std::uint32_t account = ctx.account_id().value;
    if (account < state.account_throttles.size()) {
        take_token(state.account_throttles[account], state.limits.accounts[account], ctx.meta.time);
    }
}

OrderVersion version_of(const CheckContext& ctx) {
    OrderVersion version;
    version.order_qty = ctx.command.order_qty;
    version.price = ctx.command.price;
    version.risk_px = ctx.risk_px;
    version.fx = ctx.fx;
    version.fx_firm = ctx.fx_firm;
    return version;
}

void write_before(const CheckContext& ctx, Decision& decision) {
    decision.ref_px = ctx.reference.price;
    decision.ref_time = ctx.reference.time;
    decision.ref_source = ctx.reference.source;
    decision.risk_px = ctx.risk_px;
    decision.config_version = ctx.state.config_version;
    if (ctx.target != nullptr) {
        decision.order = ctx.target->id;
    }
    const std::uint32_t account = ctx.account_id().value;
    if (account < ctx.state.exposure.accounts().size()) {
        decision.reserved_before =
            Notional{checks::saturate(ctx.state.exposure.account({account}).own.reserved())};
    }
    if (ctx.row != kNoIndex) {
        decision.open_before =
            Quantity{checks::saturate(open_on_side(ctx.state.exposure.row(ctx.row), ctx.side))};
    }
    decision.reserved_after = decision.reserved_before;
    decision.open_after = decision.open_before;
    const Limits& limits = ctx.state.limits.sessions[ctx.parties.session.value];
    if (limits[LimitKey::ThrottleRate].is_number()) {
        const Throttle& throttle = ctx.state.session_throttles[ctx.parties.session.value];
        decision.throttle_level = Throttle::nano_tokens(
            throttle.level(ctx.meta.time, limits[LimitKey::ThrottleRate].value, burst_of(limits)));
    }
}

}  // namespace

bool consumes_cl_ord_id(RejectReason reason) {
    return reason != RejectReason::Throttled && reason != RejectReason::DuplicateClOrdId;
}

Assessment RiskEngine::assess(const InputMeta& meta,
                              const Command& command,
                              const Parties& parties,
                              const Order* target,
                              Decision& decision) {
    CheckContext ctx(state_, orders_, meta, command, parties, target);
    const std::uint8_t kind = applies_to(command.kind);
    Assessment result;
    result.kind = Assessment::Kind::Accept;
    for (std::size_t row = 0; row < kCheckTable.size(); ++row) {
        const Check& check = kCheckTable[row];
        if ((check.applies_to & kind) == 0) {
            continue;
        }
        decision.checks_run |= std::uint64_t{1} << row;
        if (check.ask(ctx) == CheckResult::Fail) {
            result.kind =
                ctx.already_known ? Assessment::Kind::AlreadyKnown : Assessment::Kind::Reject;
            result.reason = check.code;
            result.failed_check = static_cast<std::uint8_t>(row + 1);
            break;
        }
        if (check.code == RejectReason::Throttled) {
            take_tokens(state_, ctx);
        }
    }
    result.existing = ctx.use == nullptr ? OrderId{} : ctx.use->order;
    decision.input_seq = meta.seq;
    decision.command = command.kind;
    decision.accepted = result.accepted();
    decision.reason = result.reason;
    decision.failed_check = result.failed_check;
    write_before(ctx, decision);
    if (result.accepted()) {
        result.version = version_of(ctx);
        return result;
    }
    result.breach = ctx.breach;
    result.text = reject_text(result.reason, ctx.breach, names_, state_.config_version,
                              state_.data.sessions[parties.session.value].disclose_limits);
    decision.scope = ctx.breach.scope.kind;
    decision.limit_key = ctx.breach.key;
    decision.limit = ctx.breach.limit;
    decision.observed = ctx.breach.observed;
    decision.scope_name.assign_prefix(scope_name(ctx.breach.scope, names_));
    return result;
}

std::size_t RiskEngine::explain(const InputMeta& meta,
                                const Command& command,
                                const Parties& parties,
                                const Order* target,
                                std::span<CheckReport> out) const {
    GW_CHECK(out.size() >= kCheckTable.size());
    CheckContext ctx(state_, orders_, meta, command, parties, target);
    const std::uint8_t kind = applies_to(command.kind);
    std::size_t count = 0;
    for (const Check& check : kCheckTable) {
        if ((check.applies_to & kind) == 0) {
            continue;
        }
        ctx.breach = Breach{};
        CheckReport& report = out[count++];
        report = CheckReport{};
        report.code = check.code;
        report.result = check.ask(ctx);
        if (report.result == CheckResult::Fail) {
            report.breach = ctx.breach;
            report.text = reject_text(check.code, ctx.breach, names_, state_.config_version, true);
        }
    }
    return count;
}

Exposure::Change RiskEngine::change_of(const Order& order) const {
    Exposure::Change change;
    change.side = order.side;
    change.row = order.position_row;
    change.account = order.account;
    change.session = order.session;
    return change;
}

void RiskEngine::settle(Order& order) {
    const Reservation now =
        reservation_of(order, state_.data.instruments[order.instrument.value].multiplier);
    const bool open = is_open(order);
    Exposure::Change change = change_of(order);
    change.qty = Wide{now.qty.units()} - order.reserved_qty.units();
    change.own = Wide{now.own.units()} - order.reserved_notional.units();
    change.firm = Wide{now.firm.units()} - order.reserved_notional_firm.units();
    change.open_orders = (open ? 1 : 0) - (order.has(order_flag::kCountedOpen) ? 1 : 0);
    if (change.qty == 0 && change.own == 0 && change.firm == 0 && change.open_orders == 0) {
        return;
    }
    state_.exposure.reserve(change);
    order.reserved_qty = now.qty;
    order.reserved_notional = now.own;
    order.reserved_notional_firm = now.firm;
    if (open) {
        order.set(order_flag::kCountedOpen);
    } else {
        order.clear(order_flag::kCountedOpen);
    }
}

void RiskEngine::write_after(const Order& order, Decision& decision) const {
    decision.order = order.id;
    decision.reserved_after =
        Notional{checks::saturate(state_.exposure.account(order.account).own.reserved())};
    decision.open_after = Quantity{
        checks::saturate(open_on_side(state_.exposure.row(order.position_row), order.side))};
}

void RiskEngine::count_message(const Order& order) {
    ++state_.session_activity[order.session.value].messages;
    ++state_.account_activity[order.account.value].messages;
}

void RiskEngine::note_watched(const Order& order) {
    const auto lists = static_cast<unsigned>(state_.data.restricted[order.instrument.value] |
                                             state_.exposure.row(order.position_row).restricted);
    if ((lists & restricted::kWatch) != 0) {
        ProseWriter text;
        text.put("watch list: account ").put(names_.accounts.name(order.account.value));
        text.put(is_buy(order.side) ? " buys " : " sells ");
        text.put(names_.instruments.name(order.instrument.value));
        notices_.add(order.id, text.prose());
    }
}

void RiskEngine::accept_new(Order& order,
                            const InputMeta& meta,
                            const Assessment& assessment,
                            Decision& decision) {
    GW_CHECK(assessment.accepted() && order.position_row == kNoIndex);
    order.live = assessment.version;
    order.position_row = state_.exposure.obtain_row(order.account.value, order.instrument);
    GW_CHECK(order.position_row != kNoIndex);
    settle(order);
    count_message(order);
    if (state_.counts_bursts) {
        state_.bursts.add({order.live.order_qty, order.live.price, order.account, order.instrument,
                           order.side, order.ord_type, order.time_in_force},
                          meta.time);
    }
    note_watched(order);
    write_after(order, decision);
}

void RiskEngine::accept_replace(Order& order, Decision& decision) {
    settle(order);
    count_message(order);
    note_watched(order);
    write_after(order, decision);
}

void RiskEngine::accept_cancel(const Order& order) {
    count_message(order);
}

BookedFill RiskEngine::book(const Order& order, Quantity qty, Price price) {
    const Decimal multiplier = state_.data.instruments[order.instrument.value].multiplier;
    BookedFill fill;
    fill.qty = qty;
    fill.price = price;
    fill.day = state_.day;
    fill.own = money(qty, price, multiplier, order.live.fx, &fill.saturated);
    fill.firm = money(qty, price, multiplier, order.live.fx_firm, &fill.saturated);
    Exposure::Change change = change_of(order);
    change.qty = qty.units();
    change.own = fill.own.units();
    change.firm = fill.firm.units();
    state_.exposure.execute(change);
    return fill;
}

void RiskEngine::reverse(const Order& order, const BookedFill& fill) {
    Exposure::Change change = change_of(order);
    change.qty = -Wide{fill.qty.units()};
    // Executed money of an earlier risk day was reset by the roll; only the position goes back.
    if (fill.day == state_.day) {
        change.own = -Wide{fill.own.units()};
        change.firm = -Wide{fill.firm.units()};
    }
    state_.exposure.execute(change);
}

BookedFill RiskEngine::on_fill(Order& order, Quantity last_qty, Price last_px) {
    BookedFill fill = book(order, last_qty, last_px);
    fill.over_fill = add_fill(order, last_qty, last_px);
    ++state_.session_activity[order.session.value].trades;
    ++state_.account_activity[order.account.value].trades;
    settle(order);
    return fill;
}

bool RiskEngine::on_trade_cancel(Order& order, const BookedFill& fill) {
    if (!remove_fill(order, fill.qty, fill.price)) {
        return false;
    }
    reverse(order, fill);
    settle(order);
    return true;
}

std::optional<BookedFill> RiskEngine::on_trade_correct(Order& order,
                                                       const BookedFill& fill,
                                                       Quantity qty,
                                                       Price price) {
    if (!remove_fill(order, fill.qty, fill.price)) {
        return std::nullopt;
    }
    reverse(order, fill);
    const BookedFill corrected = book(order, qty, price);
    rebook_fill(order, qty, price);
    settle(order);
    return corrected;
}

Booked RiskEngine::on_unmatched_fill(
    AccountId account, InstrumentId instrument, Side side, Quantity qty, Price price) {
    if (instrument.value >= state_.data.instruments.size()) {
        return Booked::NoInstrument;
    }
    const StaticData& data = state_.data;
    const InstrumentRules& rules = data.instruments[instrument.value];
    const bool suspense = account.value >= data.accounts.size();
    const std::uint32_t currency =
        suspense ? data.firm_currency : data.accounts[account.value].currency;
    Decimal fx = data.rate(rules.currency, currency);
    Decimal fx_firm = data.rate(rules.currency, data.firm_currency);
    bool degraded = fx.is_zero() || fx_firm.is_zero();
    fx = fx.is_zero() ? Decimal::from_int(1) : fx;
    fx_firm = fx_firm.is_zero() ? Decimal::from_int(1) : fx_firm;

    Exposure::Change change;
    change.side = side;
    change.account = suspense ? AccountId{kSuspenseOwner} : account;
    change.row = state_.exposure.obtain_row(change.account.value, instrument);
    change.qty = qty.units();
    change.own = money(qty, price, rules.multiplier, fx, &degraded).units();
    change.firm = money(qty, price, rules.multiplier, fx_firm, &degraded).units();
    state_.exposure.execute(change);
    if (change.row == kNoIndex) {
        return Booked::NoRoom;
    }
    return degraded ? Booked::Degraded : Booked::Yes;
}

void RiskEngine::day_roll() {
    state_.exposure.day_roll();
    std::fill(state_.session_activity.begin(), state_.session_activity.end(), Activity{});
    std::fill(state_.account_activity.begin(), state_.account_activity.end(), Activity{});
    ++state_.day;
}

void RiskEngine::digest(Digest& digest) const {
    state_.limits.digest(digest);
    state_.exposure.digest(digest);
    digest.add(state_.kills.firm ? 1U : std::uint64_t{0});
    for (const auto* switches : {&state_.kills.groups, &state_.kills.venues, &state_.kills.sessions,
                                 &state_.kills.accounts, &state_.kills.instruments}) {
        for (const std::uint8_t killed : *switches) {
            digest.add(std::uint64_t{killed});
        }
    }
    for (const auto* throttles : {&state_.session_throttles, &state_.account_throttles}) {
        for (const Throttle& throttle : *throttles) {
            digest.add(throttle.stored_level());
            digest.add_signed(throttle.stored_time().value);
        }
    }
    for (const auto* activities : {&state_.session_activity, &state_.account_activity}) {
        for (const Activity& activity : *activities) {
            digest.add(activity.messages);
            digest.add(activity.trades);
        }
    }
    state_.bursts.digest(digest);
    for (const TradingStatus status : state_.status) {
        digest.add(static_cast<std::uint64_t>(status));
    }
    for (const ReferencePrices& prices : state_.references) {
        for (const auto* quote : {&prices.bid, &prices.ask, &prices.last, &prices.close}) {
            digest.add_signed(quote->price.units());
            digest.add_signed(quote->known ? quote->time.value : -1);
        }
    }
    digest.add(state_.config_version);
    digest.add(std::uint64_t{state_.day});
}

}  // namespace sluice
