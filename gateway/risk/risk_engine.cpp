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
        case CommandKind::MassCancel:
        case CommandKind::MassStatus:
        case CommandKind::DontKnow:
            break;
    }
    GW_CHECK(!"only new orders, replaces and cancels are assessed");
    return 0;
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
    const std::uint32_t trader = ctx.trader_id();
    if (trader != kNoIndex) {
        take_token(state.trader_throttles[trader], state.limits.traders[trader], ctx.meta.time);
    }
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
        decision.open_before = Quantity{
            checks::saturate(checks::open_on_side(ctx.state.exposure.row(ctx.row), ctx.side))};
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
            if (const OverrideTicket* ticket = override_for(ctx, check.code)) {
                result.override_ticket = ticket->ticket;
                ctx.breach = Breach{};
                continue;
            }
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
        result.cancels_resting = ctx.cancels_resting;
        decision.override_ticket = result.override_ticket;
        return result;
    }
    if (result.kind == Assessment::Kind::Reject) {
        note_reject(ctx, result.reason);
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

std::size_t RiskEngine::crossing(const Command& command,
                                 const Parties& parties,
                                 const Order* target,
                                 std::span<OrderId, kCancelRestingMax> out) const {
    const AccountId account = target == nullptr ? parties.account : target->account;
    const bool buy = is_buy(target == nullptr ? command.side : target->side);
    const Price price = command.has(command_flag::kHasPrice) ? command.price
                        : buy                                ? kAnyBuyPrice
                                                             : kAnySellPrice;
    std::size_t count = 0;
    state_.own_prices.crossing(self_match_group(state_, account), parties.instrument, buy, price,
                               [&](const OwnPrice& found) {
                                   out[count++] = found.order;
                                   return count < out.size();
                               });
    return count;
}

void RiskEngine::day_roll(UtcNanos now) {
    state_.exposure.day_roll();
    for (auto* activities :
         {&state_.session_activity, &state_.trader_activity, &state_.account_activity}) {
        for (Activity& activity : *activities) {
            activity.messages = 0;
            activity.trades = 0;
        }
    }
    state_.valuation.day_roll(state_.exposure);
    std::fill(state_.account_loss.begin(), state_.account_loss.end(), std::uint8_t{0});
    std::fill(state_.node_loss.begin(), state_.node_loss.end(), std::uint8_t{0});
    ++state_.day;
    if (state_.revalue_at_day_roll) {
        repin_rates(now);
    }
}

void RiskEngine::digest(Digest& digest) const {
    state_.limits.digest(digest);
    state_.exposure.digest(digest);
    const TradingStates& states = state_.states;
    digest.add(static_cast<std::uint64_t>(states.firm));
    for (const auto* all : {&states.groups, &states.venues, &states.sessions, &states.traders,
                            &states.accounts, &states.instruments}) {
        for (const TradingState state : *all) {
            digest.add(static_cast<std::uint64_t>(state));
        }
    }
    for (const auto* latches : {&state_.account_loss, &state_.node_loss}) {
        for (const std::uint8_t latched : *latches) {
            digest.add(std::uint64_t{latched});
        }
    }
    state_.valuation.digest(digest);
    digest.add(std::uint64_t{state_.config_unaccepted});
    for (const Phase phase : state_.phases) {
        digest.add(static_cast<std::uint64_t>(phase));
    }
    for (const Decimal rate : state_.data.rates) {
        digest.add_signed(rate.units());
    }
    for (const Temporary& temporary : state_.temporary) {
        digest.add_signed(temporary.until.value);
        digest.add_signed(temporary.before.value.units());
    }
    for (const OverrideTicket& ticket : state_.overrides) {
        digest.add(ticket.ticket);
    }
    digest.add(state_.warnings);
    for (const auto* throttles :
         {&state_.session_throttles, &state_.trader_throttles, &state_.account_throttles,
          &state_.reject_storms, &state_.duplicate_storms}) {
        for (const Throttle& throttle : *throttles) {
            digest.add(throttle.stored_level());
            digest.add_signed(throttle.stored_time().value);
        }
    }
    for (const auto* activities :
         {&state_.session_activity, &state_.trader_activity, &state_.account_activity}) {
        for (const Activity& activity : *activities) {
            digest.add(activity.messages);
            digest.add(activity.trades);
            digest.add(activity.since_armed);
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
