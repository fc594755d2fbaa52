// Hours, halts, currency rates and positions from outside: inputs that say how the day stands.
#include <algorithm>

#include "gateway/risk/change_parts.hpp"
#include "gateway/risk/checks.hpp"
#include "gateway/risk/reject_text.hpp"

namespace sluice {

ChangeOutcome RiskEngine::set_phase(const PhaseChange& change) {
    const std::uint32_t market = names_.markets.find(change.market.view());
    if (market >= state_.phases.size() || static_cast<std::size_t>(change.phase) >= kPhases) {
        return refuse("unknown market");
    }
    ProseWriter text;
    text.put("market ").put(change.market.view()).put(" ").put(to_text(state_.phases[market]));
    state_.phases[market] = change.phase;
    ChangeOutcome outcome;
    outcome.ok = true;
    outcome.text = text.put(" -> ").put(to_text(change.phase)).prose();
    return outcome;
}

ChangeOutcome RiskEngine::set_status(const StatusChange& change) {
    const std::uint32_t instrument = names_.instruments.find(change.symbol.view());
    if (instrument >= state_.status.size() || change.status > TradingStatus::Expired) {
        return refuse("unknown symbol");
    }
    ProseWriter text;
    text.put(change.symbol.view()).put(" ").put(to_text(state_.status[instrument]));
    state_.status[instrument] = change.status;
    ChangeOutcome outcome;
    outcome.ok = true;
    outcome.scope = {ScopeKind::Instrument, instrument, instrument};
    outcome.text = text.put(" -> ").put(to_text(change.status)).prose();
    return outcome;
}

ChangeOutcome RiskEngine::set_rate(const InputMeta& meta, const FxUpdate& update) {
    if (update.rate <= Decimal{}) {
        return refuse("a rate must be greater than 0");
    }
    if (!state_.data.set_rate(update.from.view(), update.to.view(), update.rate, meta.time)) {
        return refuse("a currency that no instrument, account or rate of the configuration has");
    }
    state_.valuation.rebuild(state_.exposure, state_.data);
    for (std::uint32_t account = 0; account < state_.account_loss.size(); ++account) {
        watch_losses(account);
    }
    ChangeOutcome outcome;
    outcome.ok = true;
    ProseWriter text;
    text.put(update.from.view()).put("/").put(update.to.view()).put(" = ").put(update.rate);
    outcome.text = text.prose();
    return outcome;
}

// Live orders take the rates of now; one without a fresh rate keeps the old one.
void RiskEngine::repin_rates(UtcNanos now) {
    const StaticData& data = state_.data;
    for (Order& order : orders_.orders()) {
        if (order.closed != Closed::No) {
            continue;
        }
        const std::uint32_t from = data.instruments[order.instrument.value].currency;
        const Decimal fx = data.fresh_rate(from, data.accounts[order.account.value].currency, now);
        const Decimal fx_firm = data.fresh_rate(from, data.firm_currency, now);
        const auto pin = [&](OrderVersion& version) {
            version.fx = fx.is_zero() ? version.fx : fx;
            version.fx_firm = fx_firm.is_zero() ? version.fx_firm : fx_firm;
        };
        pin(order.live);
        for (std::size_t i = 0; i < order.pending_count; ++i) {
            pin(order.pending[i].version);
        }
        settle(order);
    }
}

ChangeOutcome RiskEngine::load_position(const PositionLoad& load) {
    const auto scope =
        resolve(ScopeKind::AccountInstrument, load.account.view(), load.symbol.view());
    if (!scope) {
        return refuse("unknown account or symbol");
    }
    const std::uint32_t index = state_.exposure.obtain_row(scope->id, {scope->instrument});
    if (index == kNoIndex) {
        return refuse("the position table is full");
    }
    PositionRow& row = state_.exposure.row(index);
    const Wide loaded = load.position.units();
    const Wide held = row.position;
    const Wide apart = held > loaded ? held - loaded : loaded - held;
    const bool first = !row.loaded && held == 0;
    const bool take = first || load.action == PositionLoad::Action::Accept;
    const bool differs = !take && apart > state_.position_tolerance.units();
    if (differs != row.mismatched) {
        std::uint32_t& count = state_.mismatches[scope->id];
        count = differs ? count + 1 : count - 1;
        row.mismatched = differs;
    }
    row.loaded = true;
    ProseWriter text;
    text.put_scope(*scope, names_).put(" position ").put(checks::saturate(held));
    if (differs) {
        text.put(" is held, ").put(load.position).put(" was loaded: the account takes no orders");
        notices_.add(OrderId{}, text.prose());
        return refuse(text.prose().view());
    }
    if (take) {
        state_.exposure.set_position(index, loaded);
        state_.valuation.carry_in(index, state_.exposure, state_.data);
        text.put(" -> ").put(load.position);
    }
    return {true, 0, *scope, text.prose()};
}

}  // namespace sluice
