// What orders hold while they work, and what their executions book: the part of the engine that
// follows an order from its acceptance to its end.
#include <algorithm>
#include <limits>

#include "gateway/domain/money.hpp"
#include "gateway/risk/checks.hpp"
#include "gateway/risk/reject_text.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice {
namespace {

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

// The price at which the order may trade at the most: the maximum over its versions for a buy.
Price most_aggressive(const Order& order) {
    const bool buy = is_buy(order.side);
    if (order.ord_type == OrdType::Market) {
        return buy ? kAnyBuyPrice : kAnySellPrice;
    }
    Price price = order.live.price;
    for (std::size_t i = 0; i < order.pending_count; ++i) {
        const Price other = order.pending[i].version.price;
        price = buy ? std::max(price, other) : std::min(price, other);
    }
    return price;
}

}  // namespace

Exposure::Change RiskEngine::change_of(const Order& order) const {
    Exposure::Change change;
    change.side = order.side;
    change.row = order.position_row;
    change.account = order.account;
    change.session = order.session;
    change.trader = order.trader;
    return change;
}

// Where the order stands among our own prices follows from its versions.
void RiskEngine::settle_own_price(Order& order) {
    if (!state_.own_prices.enabled()) {
        return;
    }
    const bool buy = is_buy(order.side);
    const bool wanted = is_open(order);
    const std::uint32_t group =
        wanted ? self_match_group(state_, order.account) : std::uint32_t{kNoIndex};
    const Price price = wanted ? most_aggressive(order) : Price{};
    if (group == order.own_price_group && price == order.own_price) {
        return;
    }
    if (order.own_price_group != kNoIndex) {
        state_.own_prices.remove(order.own_price_group, order.instrument, buy,
                                 {order.own_price, order.id});
    }
    if (wanted) {
        state_.own_prices.add(group, order.instrument, buy, {price, order.id});
    }
    order.own_price_group = group;
    order.own_price = price;
}

void RiskEngine::settle(Order& order) {
    settle_own_price(order);
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
    warn_account(order.account.value);
    warn_row(order.position_row);
}

void RiskEngine::write_after(const Order& order, Decision& decision) const {
    decision.order = order.id;
    decision.reserved_after =
        Notional{checks::saturate(state_.exposure.account(order.account).own.reserved())};
    decision.open_after = Quantity{checks::saturate(
        checks::open_on_side(state_.exposure.row(order.position_row), order.side))};
}

void RiskEngine::count_message(const Order& order) {
    if (order.trader != kNoIndex) {
        ++state_.trader_activity[order.trader].messages;
    }
    ++state_.session_activity[order.session.value].messages;
    ++state_.account_activity[order.account.value].messages;
}

void RiskEngine::count_trade(const Order& order) {
    const auto count = [](Activity& activity) {
        ++activity.trades;
        ++activity.since_armed;
    };
    count(state_.session_activity[order.session.value]);
    count(state_.account_activity[order.account.value]);
    if (order.trader != kNoIndex) {
        count(state_.trader_activity[order.trader]);
    }
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
    use_override(assessment.override_ticket);
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
    value_trade(change, price);
    return fill;
}

// The money of a booking, and the fill's price as the instrument's mark when there is no other.
// Losses are watched by the caller, when all of a correction is booked.
void RiskEngine::value_trade(const Exposure::Change& change, Price price) {
    const bool comes_in = is_buy(change.side) == (price < Price{});
    Valuation& valuation = state_.valuation;
    const std::uint32_t instrument = state_.exposure.row(change.row).instrument;
    valuation.trade(change.row, comes_in ? change.own : -change.own,
                    comes_in ? change.firm : -change.firm, state_.exposure, state_.data);
    if (!valuation.mark_of(instrument).known) {
        mark(instrument, price);
    }
}

void RiskEngine::mark(std::uint32_t instrument, Price price) {
    state_.valuation.mark(instrument, price, state_.exposure, state_.data,
                          [this](std::uint32_t account) { watch_losses(account); });
}

// Latches what has lost more than its limit for the day, the account and every level above it.
void RiskEngine::watch_losses(std::uint32_t owner) {
    const auto watch = [this](std::uint8_t& latch, const Limits& limits, const Worth& worth,
                              const Scope& scope) {
        const LimitValue& most = limits[LimitKey::DailyLoss];
        if (latch != 0 || !most.is_number() || -worth.result <= most.value.units()) {
            return;
        }
        latch = 1;
        ProseWriter text;
        text.put("daily loss limit of ").put_scope(scope, names_).put(" passed: ");
        text.put(checks::saturate(-worth.result)).put(" of ").put(most.value);
        notices_.add(OrderId{}, text.put(", reduce only until the day roll").prose());
    };
    warn_account(owner);
    std::uint32_t node = kFirmNode;
    if (owner < state_.account_loss.size()) {
        watch(state_.account_loss[owner], state_.limits.accounts[owner],
              state_.valuation.account(owner), {ScopeKind::Account, owner, kNoIndex});
        node = state_.exposure.account({owner}).node;
    }
    for (; node != kNoIndex; node = state_.exposure.node(node).parent) {
        const bool firm = node == kFirmNode;
        watch(state_.node_loss[node], firm ? state_.limits.firm : state_.limits.groups[node - 1],
              state_.valuation.node(node),
              firm ? checks::kFirmScope : Scope{ScopeKind::Group, node - 1, kNoIndex});
    }
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
    change.own = -Wide{fill.own.units()};
    change.firm = -Wide{fill.firm.units()};
    value_trade(change, fill.price);
}

BookedFill RiskEngine::on_fill(Order& order, Quantity last_qty, Price last_px) {
    BookedFill fill = book(order, last_qty, last_px);
    watch_losses(order.account.value);
    fill.over_fill = add_fill(order, last_qty, last_px);
    if (fill.over_fill && state_.kill_on_over_fill) {
        state_.exposure.row(order.position_row).state = TradingState::Killed;
        ProseWriter text;
        text.put("over-fill: killed ").put(names_.accounts.name(order.account.value));
        text.put("/").put(names_.instruments.name(order.instrument.value));
        notices_.add(order.id, text.prose());
    }
    count_trade(order);
    settle(order);
    return fill;
}

bool RiskEngine::on_trade_cancel(Order& order, const BookedFill& fill) {
    if (!remove_fill(order, fill.qty, fill.price)) {
        return false;
    }
    reverse(order, fill);
    watch_losses(order.account.value);
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
    watch_losses(order.account.value);
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
    value_trade(change, price);
    watch_losses(change.account.value);
    return degraded ? Booked::Degraded : Booked::Yes;
}

}  // namespace sluice
