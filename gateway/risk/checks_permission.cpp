// What may be traded at all, by whom, and in which form.
#include "gateway/risk/checks.hpp"

namespace sluice::checks {
namespace {

Scope instrument_scope(const CheckContext& ctx) {
    const std::uint32_t id = ctx.instrument_id().value;
    return {ScopeKind::Instrument, id, id};
}

// What the lists say of an order on this side; empty when they let it through.
std::string_view restriction(const CheckContext& ctx, std::uint8_t lists) {
    if ((lists & (is_buy(ctx.side) ? restricted::kBuy : restricted::kSell)) != 0) {
        return "the symbol is on a restricted list";
    }
    return (lists & restricted::kOpening) != 0 && !ctx.reduces()
               ? "the symbol is restricted to orders that reduce the position"
               : std::string_view{};
}

bool is_served(TimeInForce tif) {
    switch (tif) {
        case TimeInForce::Day:
        case TimeInForce::GoodTillCancel:
        case TimeInForce::ImmediateOrCancel:
        case TimeInForce::FillOrKill:
        case TimeInForce::GoodTillDate:
            return true;
    }
    return false;
}

}  // namespace

CheckResult entitlement(CheckContext& ctx) {
    const SessionRules& session = ctx.state.data.sessions[ctx.parties.session.value];
    const Scope scope{ScopeKind::Session, ctx.parties.session.value, kNoIndex};
    if (session.require_trader && ctx.trader_id() == kNoIndex) {
        return ctx.fail(scope, "SenderSubID(50) names no trader");
    }
    return ctx.account != nullptr && session.may_use(ctx.account_id().value)
               ? CheckResult::Pass
               : ctx.fail(scope, "Account(1) is not one of the session's");
}

CheckResult known_symbol(CheckContext& ctx) {
    return ctx.instrument != nullptr ? CheckResult::Pass : ctx.fail("Symbol(55) is not configured");
}

CheckResult halted(CheckContext& ctx) {
    if (ctx.instrument == nullptr) {
        return CheckResult::Skip;
    }
    const TradingStatus status = ctx.state.status[ctx.instrument_id().value];
    return status == TradingStatus::Active ? CheckResult::Pass
                                           : ctx.fail(instrument_scope(ctx), to_text(status));
}

CheckResult session_phase(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.instrument->market == kNoIndex) {
        return CheckResult::Skip;
    }
    const std::uint32_t market = ctx.instrument->market;
    const Phase phase = ctx.state.phases[market];
    const OrdType type = ctx.target == nullptr ? ctx.command.ord_type : ctx.target->ord_type;
    const TimeInForce tif =
        ctx.target == nullptr ? ctx.command.time_in_force : ctx.target->time_in_force;
    const std::uint32_t accepted =
        ctx.state.data.market_types[market][static_cast<std::size_t>(phase)];
    if ((accepted & type_bit(type, tif)) != 0) {
        return CheckResult::Pass;
    }
    constexpr std::array<std::string_view, kPhases> kWords = {
        "the market is closed", "not taken before the opening", "not taken in an auction",
        "not taken in continuous trading", "not taken after the close"};
    return ctx.fail(instrument_scope(ctx), kWords[static_cast<std::size_t>(phase)]);
}

CheckResult restricted_list(CheckContext& ctx) {
    if (ctx.instrument == nullptr || ctx.account == nullptr) {
        return CheckResult::Skip;
    }
    const std::uint32_t instrument = ctx.instrument_id().value;
    std::string_view words = restriction(ctx, ctx.state.data.restricted[instrument]);
    if (!words.empty()) {
        return ctx.fail(instrument_scope(ctx), words);
    }
    words =
        ctx.row == kNoIndex ? words : restriction(ctx, ctx.state.exposure.row(ctx.row).restricted);
    return words.empty()
               ? CheckResult::Pass
               : ctx.fail({ScopeKind::AccountInstrument, ctx.account_id().value, instrument},
                          words);
}

CheckResult ord_type(CheckContext& ctx) {
    const Command& command = ctx.command;
    if (command.ord_type == OrdType::None) {
        return ctx.fail("OrdType(40) must be 1, 2, 3 or 4");
    }
    if (!is_served(command.time_in_force)) {
        return ctx.fail("TimeInForce(59) must be 0, 1, 3, 4 or 6");
    }
    constexpr std::string_view kWords = "OrdType(40) with this TimeInForce(59) is not permitted";
    const std::uint32_t wanted = type_bit(command.ord_type, command.time_in_force);
    const std::uint32_t session = ctx.parties.session.value;
    if ((ctx.state.data.sessions[session].types & wanted) == 0) {
        return ctx.fail({ScopeKind::Session, session, kNoIndex}, kWords);
    }
    if (ctx.account != nullptr && (ctx.account->types & wanted) == 0) {
        return ctx.fail({ScopeKind::Account, ctx.account_id().value, kNoIndex}, kWords);
    }
    return ctx.instrument != nullptr && (ctx.instrument->types & wanted) == 0
               ? ctx.fail(instrument_scope(ctx), kWords)
               : CheckResult::Pass;
}

}  // namespace sluice::checks
