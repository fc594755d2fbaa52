#include "gateway/risk/check_table.hpp"

#include "gateway/orders/order_state.hpp"
#include "gateway/risk/checks.hpp"

namespace sluice {
namespace {

using namespace applies;
constexpr std::uint8_t kNewReplace = kNew | kReplace;
constexpr std::uint8_t kOnOrder = kReplace | kCancel;
constexpr std::uint8_t kAny = kNew | kReplace | kCancel;

}  // namespace

// Cancels ask only for what they need to find their order: nothing that risk decides can hold one
// back.
const std::array<Check, kChecks> kCheckTable = {{
    {RejectReason::InvalidField, checks::static_validity, kAny},
    {RejectReason::Throttled, checks::throttle, kNewReplace},
    {RejectReason::DuplicateClOrdId, checks::duplicate, kAny},
    {RejectReason::UnknownOrder, checks::unknown_order, kOnOrder},
    {RejectReason::TooLate, checks::too_late, kOnOrder},
    {RejectReason::Killed, checks::kill_switch, kNewReplace},
    {RejectReason::PendingReplace, checks::pending_replace, kReplace},
    {RejectReason::NotEntitled, checks::entitlement, kNewReplace},
    {RejectReason::UnknownSymbol, checks::known_symbol, kNewReplace},
    {RejectReason::Halted, checks::halted, kNewReplace},
    {RejectReason::SessionClosed, checks::session_phase, kNewReplace},
    {RejectReason::Restricted, checks::restricted_list, kNewReplace},
    {RejectReason::OrdTypeNotPermitted, checks::ord_type, kNew},
    {RejectReason::BadLot, checks::lot, kNewReplace},
    {RejectReason::BadTick, checks::tick, kNewReplace},
    {RejectReason::BadPrice, checks::price_sign, kNewReplace},
    {RejectReason::MaxOrderQty, checks::max_order_qty, kNewReplace},
    {RejectReason::NoRefPrice, checks::reference_price, kNewReplace},
    {RejectReason::MaxOrderNotional, checks::max_order_notional, kNewReplace},
    {RejectReason::PriceCollar, checks::price_collar, kNewReplace},
    {RejectReason::ShortSale, checks::short_sale, kNewReplace},
    {RejectReason::SelfMatch, checks::self_match, kNewReplace},
    {RejectReason::DuplicateBurst, checks::duplicate_burst, kNew},
    {RejectReason::MaxOpenOrders, checks::max_open_orders, kNew},
    {RejectReason::OrderToTrade, checks::order_to_trade, kNewReplace},
    {RejectReason::RepeatedExecution, checks::repeated_execution, kNewReplace},
    {RejectReason::ReduceOnly, checks::reduce_only, kNewReplace},
    {RejectReason::DailyLoss, checks::daily_loss, kNewReplace},
    {RejectReason::PositionLimit, checks::position_limit, kNewReplace},
    {RejectReason::GrossNotional, checks::gross_notional, kNewReplace},
    {RejectReason::NetNotional, checks::net_notional, kNewReplace},
    {RejectReason::Credit, checks::credit, kNewReplace},
}};

CheckContext::CheckContext(const RiskState& risk_state,
                           const OrderTable& order_table,
                           const InputMeta& input,
                           const Command& request,
                           const Parties& named,
                           const Order* order)
    : state(risk_state),
      orders(order_table),
      meta(input),
      command(request),
      parties(named),
      target(order) {
    GW_CHECK(parties.session.value < state.data.sessions.size());
    side = target == nullptr ? command.side : target->side;
    leaves = command.order_qty;
    if (target != nullptr) {
        OrderVersion wanted;
        wanted.order_qty = command.order_qty;
        leaves = leaves_of(*target, wanted);
    }
    const std::uint32_t account_index = account_id().value;
    const std::uint32_t instrument_index = instrument_id().value;
    if (account_index < state.data.accounts.size() && state.data.accounts[account_index].known) {
        account = &state.data.accounts[account_index];
    }
    if (instrument_index < state.data.instruments.size() &&
        state.data.instruments[instrument_index].known) {
        instrument = &state.data.instruments[instrument_index];
    }
    if (target != nullptr) {
        row = target->position_row;
    } else if (account != nullptr && instrument != nullptr) {
        row = state.exposure.find_row(account_index, instrument_id());
    }
}

CheckResult CheckContext::fail(std::string_view words) {
    breach.words = words;
    return CheckResult::Fail;
}

CheckResult CheckContext::fail(Scope scope, std::string_view words) {
    breach.scope = scope;
    breach.words = words;
    return CheckResult::Fail;
}

CheckResult CheckContext::fail(Scope scope, LimitKey key, Decimal limit, Decimal observed) {
    breach.scope = scope;
    breach.key = key;
    breach.has_numbers = true;
    breach.limit = limit;
    breach.observed = observed;
    return CheckResult::Fail;
}

namespace {

Wide growth(Wide wanted, Wide reserved) {
    return wanted > reserved ? wanted - reserved : 0;
}

}  // namespace

Wide CheckContext::growth_qty() const {
    return growth(leaves.units(), target == nullptr ? 0 : target->reserved_qty.units());
}

bool CheckContext::reduces() const {
    static const PositionRow kEmpty;
    const PositionRow& held = row == kNoIndex ? kEmpty : state.exposure.row(row);
    const Wide opposite = is_buy(side) ? -held.position : held.position;
    const Wide open = is_buy(side) ? held.open_buy : held.open_sell;
    const Wide more = growth_qty();
    return more == 0 || open + more <= std::max(Wide{0}, opposite);
}

Wide CheckContext::growth_notional() const {
    return growth(notional.units(), target == nullptr ? 0 : target->reserved_notional.units());
}

Wide CheckContext::growth_notional_firm() const {
    return growth(notional_firm.units(),
                  target == nullptr ? 0 : target->reserved_notional_firm.units());
}

}  // namespace sluice
