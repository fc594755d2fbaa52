#include "gateway/orders/order_state.hpp"
#include "gateway/risk/checks.hpp"

namespace sluice::checks {
namespace {

bool is_known(Side side) {
    return side == Side::Buy || side == Side::Sell || side == Side::SellShort ||
           side == Side::SellShortExempt;
}

bool is_limit(OrdType type) {
    return type == OrdType::Limit || type == OrdType::StopLimit;
}

bool is_stop(OrdType type) {
    return type == OrdType::Stop || type == OrdType::StopLimit;
}

// What is wrong with the order's own fields; empty when nothing is.
std::string_view field_defect(const Command& command, UtcNanos now) {
    if (command.symbol.empty()) {
        return "Symbol(55) is required";
    }
    if (!is_known(command.side)) {
        return "Side(54) must be 1, 2, 5 or 6";
    }
    if (!command.has(command_flag::kHasOrderQty)) {
        return "OrderQty(38) is required";
    }
    if (command.order_qty <= Quantity{}) {
        return "OrderQty(38) must be greater than 0";
    }
    if (command.ord_type == OrdType::None) {
        return "OrdType(40) is required";
    }
    if (command.has(command_flag::kHasPrice) != is_limit(command.ord_type)) {
        return is_limit(command.ord_type) ? "Price(44) is required by this OrdType(40)"
                                          : "Price(44) must be absent with this OrdType(40)";
    }
    if (command.has(command_flag::kHasStopPx) != is_stop(command.ord_type)) {
        return is_stop(command.ord_type) ? "StopPx(99) is required by this OrdType(40)"
                                         : "StopPx(99) must be absent with this OrdType(40)";
    }
    const bool until = command.time_in_force == TimeInForce::GoodTillDate;
    if (command.has(command_flag::kHasExpire) != until) {
        return until
                   ? "ExpireTime(126) or ExpireDate(432) is required by this TimeInForce(59)"
                   : "ExpireTime(126) and ExpireDate(432) must be absent with this TimeInForce(59)";
    }
    if (until && command.expire <= now) {
        return "ExpireTime(126) or ExpireDate(432) is in the past";
    }
    if (command.has(command_flag::kHasMaxFloor) &&
        (command.max_floor < Quantity{} || command.max_floor > command.order_qty)) {
        return "MaxFloor(111) must be between 0 and OrderQty(38)";
    }
    return {};
}

// A replace keeps what the order is; only quantity, prices and instructions may differ.
std::string_view changed_field(const CheckContext& ctx, const Order& order) {
    const Command& command = ctx.command;
    if (ctx.parties.instrument != order.instrument) {
        return "Symbol(55) differs from the order's";
    }
    if (command.side != order.side) {
        return "Side(54) differs from the order's";
    }
    if (!command.account.empty() && ctx.parties.account != order.account) {
        return "Account(1) differs from the order's";
    }
    if (command.ord_type != order.ord_type) {
        return "OrdType(40) differs from the order's";
    }
    // Day is also what an absent TimeInForce(59) says.
    if (command.time_in_force != order.time_in_force && command.time_in_force != TimeInForce::Day) {
        return "TimeInForce(59) differs from the order's";
    }
    return {};
}

std::string_view request_defect(const CheckContext& ctx) {
    const Command& command = ctx.command;
    const bool cancel = command.kind == CommandKind::Cancel;
    if (!cancel && !command.defect.empty()) {
        return command.defect.view();
    }
    if (command.cl_ord_id.empty()) {
        return "ClOrdID(11) is required";
    }
    if (command.kind != CommandKind::NewOrder && command.orig_cl_ord_id.empty()) {
        return "OrigClOrdID(41) is required";
    }
    if (cancel) {
        return {};
    }
    const std::string_view defect = field_defect(command, ctx.meta.time);
    if (!defect.empty()) {
        return defect;
    }
    if (command.kind == CommandKind::NewOrder) {
        return command.account.empty() && ctx.parties.account.value == kNoIndex
                   ? "Account(1) is required"
                   : std::string_view{};
    }
    return ctx.target == nullptr ? std::string_view{} : changed_field(ctx, *ctx.target);
}

CheckResult bucket(CheckContext& ctx,
                   const Scope& scope,
                   const Limits& limits,
                   const Throttle& throttle) {
    const LimitValue& rate = limits[LimitKey::ThrottleRate];
    if (!rate.is_number()) {
        return CheckResult::Pass;
    }
    const Wide level = throttle.level(ctx.meta.time, rate.value, burst_of(limits));
    if (level >= Throttle::kToken) {
        return CheckResult::Pass;
    }
    // Observed: the tokens that are left, a fraction of one.
    return ctx.fail(scope, LimitKey::ThrottleRate, rate.value, saturate(level / kNanosPerSecond));
}

}  // namespace

CheckResult static_validity(CheckContext& ctx) {
    const std::string_view defect = request_defect(ctx);
    return defect.empty() ? CheckResult::Pass : ctx.fail(defect);
}

CheckResult throttle(CheckContext& ctx) {
    const std::uint32_t session = ctx.parties.session.value;
    const CheckResult own =
        bucket(ctx, {ScopeKind::Session, session, kNoIndex}, ctx.state.limits.sessions[session],
               ctx.state.session_throttles[session]);
    if (own == CheckResult::Fail) {
        return own;
    }
    const std::uint32_t trader = ctx.trader_id();
    if (trader != kNoIndex &&
        bucket(ctx, {ScopeKind::Trader, trader, kNoIndex}, ctx.state.limits.traders[trader],
               ctx.state.trader_throttles[trader]) == CheckResult::Fail) {
        return CheckResult::Fail;
    }
    const std::uint32_t account = ctx.account_id().value;
    if (account >= ctx.state.account_throttles.size()) {
        return own;
    }
    return bucket(ctx, {ScopeKind::Account, account, kNoIndex}, ctx.state.limits.accounts[account],
                  ctx.state.account_throttles[account]);
}

CheckResult duplicate(CheckContext& ctx) {
    ctx.use = ctx.orders.find_use(ctx.parties.session, ctx.command.cl_ord_id);
    if (ctx.use == nullptr) {
        return CheckResult::Pass;
    }
    // A cancel may be repeated under its own id; it must only not be another order's.
    if (ctx.command.kind == CommandKind::Cancel && ctx.target != nullptr &&
        ctx.use->order == ctx.target->id) {
        return CheckResult::Pass;
    }
    ctx.already_known =
        (ctx.command.has(command_flag::kPossResend) || ctx.command.has(command_flag::kPossDup)) &&
        ctx.use->order.value != 0 && ctx.use->content == content_hash(ctx.command);
    return ctx.fail("ClOrdID(11) was used before in this session");
}

CheckResult unknown_order(CheckContext& ctx) {
    return ctx.target != nullptr && ctx.target->session == ctx.parties.session
               ? CheckResult::Pass
               : ctx.fail("OrigClOrdID(41) names no order of this session");
}

CheckResult too_late(CheckContext& ctx) {
    if (ctx.target == nullptr) {
        return CheckResult::Skip;
    }
    if (ctx.target->closed != Closed::No) {
        return ctx.fail("the order is over");
    }
    // A filled order can still be replaced by a larger one; the venue decides.
    const bool grows = ctx.command.kind == CommandKind::Replace && !ctx.leaves.is_zero();
    return is_open(*ctx.target) || grows ? CheckResult::Pass : ctx.fail("the order is filled");
}

CheckResult pending_replace(CheckContext& ctx) {
    if (ctx.target == nullptr) {
        return CheckResult::Skip;
    }
    if (ctx.target->pending_cancel.active) {
        return ctx.fail("a cancel of the order is pending");
    }
    return ctx.target->pending_count < ctx.state.max_pending_replaces
               ? CheckResult::Pass
               : ctx.fail("a replace of the order is pending");
}

}  // namespace sluice::checks
