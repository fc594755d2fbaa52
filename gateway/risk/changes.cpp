// The administrative inputs of the engine: configuration documents, limit changes, kill switches,
// reference prices. Not on the order path; may allocate.
#include <algorithm>
#include <utility>

#include "gateway/risk/change_parts.hpp"
#include "gateway/risk/reject_text.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice {
namespace {

std::uint32_t node_of(const NameTable& names, const std::string& group) {
    return group.empty() ? kFirmNode : names.groups.find(group) + 1;
}

// Room for rows: every pair that the document names a limit for, and as many others as there can be
// orders.
std::size_t pairs_wanted(const CoreConfig& config) {
    std::size_t wanted = config.max_orders;
    for (const AccountConfig& account : config.accounts) {
        wanted += account.symbols.size();
        for_each_restriction(account.restricted,
                             [&wanted](const std::string&, std::uint8_t) { ++wanted; });
    }
    return wanted;
}

void place_limits(LimitBook& book, const CoreConfig& config, const NameTable& names) {
    book = LimitBook{};
    book.firm = config.firm;
    book.groups.resize(names.groups.size());
    book.sessions.resize(names.sessions.size());
    book.accounts.resize(names.accounts.size());
    book.traders.resize(names.traders.size());
    book.instruments.resize(names.instruments.size());
    for (const GroupConfig& group : config.groups) {
        book.groups[names.groups.find(group.id)] = group.limits;
    }
    for (const SessionConfig& session : config.sessions) {
        book.sessions[names.sessions.find(session.id)] = session.limits;
    }
    for (const AccountConfig& account : config.accounts) {
        book.accounts[names.accounts.find(account.id)] = account.limits;
    }
    for (const TraderConfig& trader : config.traders) {
        book.traders[names.traders.find(trader.id)] = trader.limits;
    }
    for (const InstrumentConfig& instrument : config.instruments) {
        book.instruments[names.instruments.find(instrument.symbol)] = instrument.limits;
    }
}

}  // namespace

void RiskEngine::configure(const CoreConfig& config, UtcNanos now) {
    GW_CHECK(validate(config).ok());
    settle_all_throttles(state_, now);
    std::vector<TradingStatus> documented;
    for (const InstrumentRules& rules : state_.data.instruments) {
        documented.push_back(rules.status);
    }
    state_.data.load(config, names_, now);
    place_limits(state_.limits, config, names_);

    const std::size_t groups = names_.groups.size();
    const std::size_t accounts = names_.accounts.size();
    const std::size_t instruments = names_.instruments.size();
    state_.session_throttles.resize(names_.sessions.size());
    state_.account_throttles.resize(accounts);
    state_.session_activity.resize(names_.sessions.size());
    state_.account_activity.resize(accounts);
    state_.bursts.size_for();
    state_.references.resize(instruments);
    state_.status.resize(instruments);
    // A status that was set while running stays unless the document says something new.
    documented.resize(instruments, TradingStatus::Active);
    for (const InstrumentConfig& instrument : config.instruments) {
        const std::uint32_t id = names_.instruments.find(instrument.symbol);
        if (instrument.status != documented[id]) {
            state_.status[id] = instrument.status;
        }
    }
    state_.phases.resize(names_.markets.size(), Phase::Closed);
    state_.mismatches.resize(accounts);
    state_.reject_storms.resize(names_.sessions.size());
    state_.duplicate_storms.resize(names_.sessions.size());
    state_.warn_at = config.warn_at;
    state_.position_tolerance = config.position_tolerance;
    state_.two_person = config.two_person;
    state_.kill_on_over_fill = config.kill_on_over_fill;
    state_.revalue_at_day_roll = config.fx_revalue_at_day_roll;
    state_.temporary.clear();  // the document says what the limits are
    set_next_timer();
    const std::size_t traders = names_.traders.size();
    state_.trader_throttles.resize(traders);
    state_.trader_activity.resize(traders);
    state_.states.groups.resize(groups);
    state_.states.venues.resize(names_.venues.size());
    state_.states.sessions.resize(names_.sessions.size());
    state_.states.traders.resize(traders);
    state_.states.accounts.resize(accounts);
    state_.states.instruments.resize(instruments);
    state_.account_loss.resize(accounts);
    state_.node_loss.resize(groups + 1);
    state_.config_version = config.version;
    state_.max_pending_replaces = config.max_pending_replaces;

    // Accounts and groups that the document no longer names hang below the firm.
    std::vector<std::uint32_t> node_of_account(accounts, kFirmNode);
    std::vector<std::uint32_t> parent_of_group(groups, kFirmNode);
    for (const AccountConfig& account : config.accounts) {
        node_of_account[names_.accounts.find(account.id)] = node_of(names_, account.group);
    }
    for (const GroupConfig& group : config.groups) {
        parent_of_group[names_.groups.find(group.id)] = node_of(names_, group.parent);
    }
    Exposure& exposure = state_.exposure;
    exposure.resize(
        names_.sessions.size(), traders, accounts, groups, instruments,
        std::min(accounts * instruments, exposure.rows().size() + pairs_wanted(config)));
    exposure.rebuild(node_of_account, parent_of_group);

    for (std::uint32_t row = 0; row < exposure.rows().size(); ++row) {
        exposure.row(row).limits = kNoIndex;
        exposure.row(row).restricted = 0;
    }
    for (const AccountConfig& account : config.accounts) {
        for (const SymbolLimits& symbol : account.symbols) {
            const Scope scope{ScopeKind::AccountInstrument, names_.accounts.find(account.id),
                              names_.instruments.find(symbol.symbol)};
            Limits* const limits = obtain_pair_limits(state_.limits, exposure, scope);
            GW_CHECK(limits != nullptr);
            *limits = symbol.limits;
        }
    }
    for (const AccountConfig& account : config.accounts) {
        const std::uint32_t id = names_.accounts.find(account.id);
        for_each_restriction(account.restricted, [&](const std::string& symbol, std::uint8_t bit) {
            const auto index = exposure.obtain_row(id, {names_.instruments.find(symbol)});
            GW_CHECK(index != kNoIndex);
            PositionRow& row = exposure.row(index);
            row.restricted = static_cast<std::uint8_t>(row.restricted | bit);
        });
    }
    note_limits_set();
    state_.account_warned.assign(accounts, WarnLevels{});
    state_.node_warned.assign(groups + 1, WarnLevels{});
    state_.row_warned.assign(exposure.rows_max(), {});
    state_.valuation.resize(accounts, groups + 1, instruments, exposure.rows_max());
    state_.valuation.rebuild(exposure, state_.data);
    rebuild_own_prices();
    for (const InstrumentConfig& instrument : config.instruments) {
        if (instrument.has_close) {
            ReferencePrices& prices = state_.references[names_.instruments.find(instrument.symbol)];
            prices.close = {Price{instrument.close}, now, true};
            const std::uint32_t id = names_.instruments.find(instrument.symbol);
            if (!state_.valuation.mark_of(id).known) {
                mark(id, Price{instrument.close});
            }
        }
    }
}

// What is only kept up while some limit looks at it.
void RiskEngine::note_limits_set() {
    const LimitBook& book = state_.limits;
    const auto limits_bursts = [](const Limits& limits) {
        return limits[LimitKey::DupBurstMax].is_number();
    };
    state_.counts_bursts = limits_bursts(book.firm) ||
                           std::any_of(book.groups.begin(), book.groups.end(), limits_bursts) ||
                           std::any_of(book.accounts.begin(), book.accounts.end(), limits_bursts);
}

// Books hang on the tree and on the accounts' rules, both of which a document may change.
void RiskEngine::rebuild_own_prices() {
    const bool wanted =
        std::any_of(state_.data.accounts.begin(), state_.data.accounts.end(),
                    [](const AccountRules& rules) { return rules.self_match != SelfMatch::Off; });
    if (!wanted && !state_.own_prices.enabled()) {
        return;
    }
    state_.own_prices.size_for(orders_.max_orders(), state_.exposure.rows_max());
    for (Order& order : orders_.orders()) {
        order.own_price_group = kNoIndex;
        order.own_price = Price{};
        settle_own_price(order);
    }
}

std::optional<Scope> RiskEngine::resolve(ScopeKind kind,
                                         std::string_view name,
                                         std::string_view symbol) const {
    Scope scope{kind, kNoIndex, kNoIndex};
    switch (kind) {
        case ScopeKind::Firm:
            return scope;
        case ScopeKind::Group:
            scope.id = names_.groups.find(name);
            break;
        case ScopeKind::Venue:
            scope.id = names_.venues.find(name);
            break;
        case ScopeKind::Session:
            scope.id = names_.sessions.find(name);
            break;
        case ScopeKind::Account:
            scope.id = names_.accounts.find(name);
            break;
        case ScopeKind::Trader:
            scope.id = names_.traders.find(name);
            break;
        case ScopeKind::Instrument:
            scope.id = names_.instruments.find(symbol);
            scope.instrument = scope.id;
            break;
        case ScopeKind::AccountInstrument:
            scope.id = names_.accounts.find(name);
            scope.instrument = names_.instruments.find(symbol);
            if (scope.instrument == kNoIndex) {
                return std::nullopt;
            }
            break;
        case ScopeKind::None:
            return std::nullopt;
    }
    return scope.id == kNoIndex ? std::nullopt : std::optional(scope);
}

TradingState* RiskEngine::state_of(const Scope& scope) {
    TradingStates& states = state_.states;
    switch (scope.kind) {
        case ScopeKind::Firm:
            return &states.firm;
        case ScopeKind::Group:
            return &states.groups[scope.id];
        case ScopeKind::Venue:
            return &states.venues[scope.id];
        case ScopeKind::Session:
            return &states.sessions[scope.id];
        case ScopeKind::Trader:
            return &states.traders[scope.id];
        case ScopeKind::Account:
            return &states.accounts[scope.id];
        case ScopeKind::Instrument:
            return &states.instruments[scope.id];
        case ScopeKind::AccountInstrument: {
            const auto row = state_.exposure.obtain_row(scope.id, {scope.instrument});
            return row == kNoIndex ? nullptr : &state_.exposure.row(row).state;
        }
        case ScopeKind::None:
            break;
    }
    return nullptr;
}

// A person lets a session, trader or account execute again.
ChangeOutcome RiskEngine::rearm(const Scope& scope) {
    Activity* activity = nullptr;
    if (scope.kind == ScopeKind::Session) {
        activity = &state_.session_activity[scope.id];
    } else if (scope.kind == ScopeKind::Trader) {
        activity = &state_.trader_activity[scope.id];
    } else if (scope.kind == ScopeKind::Account) {
        activity = &state_.account_activity[scope.id];
    } else {
        return refuse("only a session, trader or account is armed");
    }
    ProseWriter text;
    text.put_scope(scope, names_).put(" executions ").put_number(activity->since_armed);
    activity->since_armed = 0;
    return {true, 0, scope, text.put(" -> 0").prose()};
}

ChangeOutcome RiskEngine::set_kill(const KillChange& change) {
    const auto scope = resolve(change.scope, change.scope_name.view(), change.symbol.view());
    if (!scope) {
        return refuse("unknown scope, account, session, trader, group, venue or symbol");
    }
    if (change.action == KillChange::Action::Rearm) {
        return rearm(*scope);
    }
    const bool config_gate =
        change.action == KillChange::Action::AcceptConfig || change.who == kConfigWho;
    if (config_gate) {
        const bool before = state_.config_unaccepted;
        state_.config_unaccepted = change.action != KillChange::Action::AcceptConfig;
        ChangeOutcome outcome;
        outcome.ok = true;
        outcome.scope = Scope{ScopeKind::None, kNoIndex, kNoIndex};
        outcome.text = Prose(state_.config_unaccepted ? "orders wait for: sluice config accept"
                             : before                 ? "the configuration is accepted"
                                                      : "no configuration waited");
        return outcome;
    }
    const bool wide = scope->kind == ScopeKind::Firm || scope->kind == ScopeKind::Group;
    if (change.action == KillChange::Action::Resume && wide && state_.two_person &&
        (change.approver.empty() || change.approver == change.who)) {
        return refuse_without_approval(
            "to resume the firm or a group needs the approval of a second person");
    }
    TradingState* const state = state_of(*scope);
    if (state == nullptr) {
        return refuse("the position table is full; kill the account instead");
    }
    const TradingState before = *state;
    *state = change.action == KillChange::Action::Resume       ? TradingState::Active
             : change.action == KillChange::Action::ReduceOnly ? TradingState::ReduceOnly
                                                               : TradingState::Killed;
    ChangeOutcome outcome;
    outcome.ok = true;
    outcome.scope = *scope;
    const auto orders = std::as_const(orders_).orders();
    outcome.affected = static_cast<std::uint64_t>(std::count_if(
        orders.begin(), orders.end(),
        [&](const Order& order) { return is_alive(order) && covers(*scope, order); }));
    ProseWriter text;
    text.put_scope(*scope, names_).put(" ").put(to_text(before)).put(" -> ").put(to_text(*state));
    text.put(", ").put_number(outcome.affected);
    outcome.text = text.put(" live orders").prose();
    return outcome;
}

bool RiskEngine::set_reference(const InputMeta& meta, const RefPrice& update) {
    const std::uint32_t instrument = names_.instruments.find(update.symbol.view());
    if (instrument == kNoIndex) {
        return false;
    }
    state_.references[instrument].update(update, meta.time);
    if (const auto price = state_.references[instrument].mark(update)) {
        mark(instrument, *price);
    }
    return true;
}

bool RiskEngine::covers(const Scope& scope, const Order& order) const {
    switch (scope.kind) {
        case ScopeKind::Firm:
            return true;
        case ScopeKind::Group:
            for (auto node = state_.exposure.account(order.account).node; node != kNoIndex;
                 node = state_.exposure.node(node).parent) {
                if (node == scope.id + 1) {
                    return true;
                }
            }
            return false;
        case ScopeKind::Venue:
            return order.venue.value == scope.id;
        case ScopeKind::Session:
            return order.session.value == scope.id;
        case ScopeKind::Trader:
            return order.trader == scope.id;
        case ScopeKind::Account:
            return order.account.value == scope.id;
        case ScopeKind::Instrument:
            return order.instrument.value == scope.id;
        case ScopeKind::AccountInstrument:
            return order.account.value == scope.id && order.instrument.value == scope.instrument;
        case ScopeKind::None:
            break;
    }
    return false;
}

TradingState RiskEngine::state_in(const Scope& scope) const {
    const TradingStates& states = state_.states;
    switch (scope.kind) {
        case ScopeKind::Firm:
            return states.firm;
        case ScopeKind::Group:
            return states.groups[scope.id];
        case ScopeKind::Venue:
            return states.venues[scope.id];
        case ScopeKind::Session:
            return states.sessions[scope.id];
        case ScopeKind::Trader:
            return states.traders[scope.id];
        case ScopeKind::Account:
            return states.accounts[scope.id];
        case ScopeKind::Instrument:
            return states.instruments[scope.id];
        case ScopeKind::AccountInstrument: {
            const auto row = state_.exposure.find_row(scope.id, {scope.instrument});
            return row == kNoIndex ? TradingState::Active : state_.exposure.row(row).state;
        }
        case ScopeKind::None:
            break;
    }
    return TradingState::Active;
}

}  // namespace sluice
