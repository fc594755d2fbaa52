// What a configuration document must not say about risk. Runs before the document is journaled, so
// names may still be strings and time does not matter.
#include <algorithm>
#include <string>

#include "gateway/risk/risk_engine.hpp"

namespace sluice {
namespace {

using Defect = std::optional<std::string>;

Defect limits_defect(ScopeKind scope, const std::string& name, const Limits& limits) {
    for (std::size_t i = 1; i < kLimitKeys; ++i) {
        const auto key = static_cast<LimitKey>(i);
        const LimitValue& value = limits[key];
        if (!value.is_set()) {
            continue;
        }
        const std::string what =
            std::string(to_text(scope)) + " " + name + ": " + std::string(to_text(key));
        if (!limit_applies(scope, key)) {
            return what + " has no effect at this scope";
        }
        const std::string_view defect = limit_defect(key, value);
        if (!defect.empty()) {
            return what + " " + std::string(defect);
        }
    }
    return std::nullopt;
}

// A symbol on one of the lists that is not configured.
Defect lists_defect(const CoreConfig& config,
                    const std::string& what,
                    const RestrictedLists& lists) {
    Defect defect;
    for_each_restriction(lists, [&](const std::string& symbol, std::uint8_t) {
        const bool known = std::any_of(
            config.instruments.begin(), config.instruments.end(),
            [&](const InstrumentConfig& candidate) { return candidate.symbol == symbol; });
        if (!known && !defect) {
            defect = what + "restricted: symbol " + symbol + " is not configured";
        }
    });
    return defect;
}

Defect types_defect(const std::string& what, const PermittedTypes& types) {
    return type_bits(types) ? Defect{}
                            : Defect(what +
                                     "types: TimeInForce(59) must be one of day, gtc, ioc, "
                                     "fok, gtd");
}

Defect instrument_defect(const InstrumentConfig& instrument) {
    const std::string what = "instrument " + instrument.symbol + ": ";
    if (instrument.tick <= Decimal{} || instrument.lot <= Decimal{} ||
        instrument.multiplier <= Decimal{}) {
        return what + "tick, lot and multiplier must be greater than 0";
    }
    if (instrument.notional_px_floor < Decimal{}) {
        return what + "notional_px_floor must not be negative";
    }
    if (instrument.allow_negative && instrument.notional_px_floor.is_zero()) {
        return what + "allow_negative needs a notional_px_floor greater than 0";
    }
    if (auto defect = types_defect(what, instrument.types)) {
        return defect;
    }
    return limits_defect(ScopeKind::Instrument, instrument.symbol, instrument.limits);
}

bool has_account(const CoreConfig& config, const std::string& name) {
    return std::any_of(config.accounts.begin(), config.accounts.end(),
                       [&](const AccountConfig& account) { return account.id == name; });
}

const GroupConfig* find_group(const CoreConfig& config, const std::string& name) {
    const auto found = std::find_if(config.groups.begin(), config.groups.end(),
                                    [&](const GroupConfig& group) { return group.id == name; });
    return found == config.groups.end() ? nullptr : &*found;
}

Defect group_defect(const CoreConfig& config, const GroupConfig& group) {
    const GroupConfig* above = &group;
    for (std::size_t steps = 0; !above->parent.empty(); ++steps) {
        if (steps > config.groups.size()) {
            return "group " + group.id + ": is above itself";
        }
        const std::string missing = above->parent;
        above = find_group(config, missing);
        if (above == nullptr) {
            return "group " + group.id + ": parent " + missing + " is not a group";
        }
    }
    return limits_defect(ScopeKind::Group, group.id, group.limits);
}

Defect account_defect(const CoreConfig& config, const AccountConfig& account) {
    if (!account.group.empty() && find_group(config, account.group) == nullptr) {
        return "account " + account.id + ": group " + account.group + " is not configured";
    }
    for (const SymbolLimits& symbol : account.symbols) {
        const bool known = std::any_of(
            config.instruments.begin(), config.instruments.end(),
            [&](const InstrumentConfig& candidate) { return candidate.symbol == symbol.symbol; });
        if (!known) {
            return "account " + account.id + ": symbol " + symbol.symbol + " is not configured";
        }
        if (auto defect = limits_defect(ScopeKind::AccountInstrument,
                                        account.id + "/" + symbol.symbol, symbol.limits)) {
            return defect;
        }
    }
    const std::string what = "account " + account.id + ": ";
    if (account.collateral < Decimal{} || account.collateral_haircut_bps > 10'000) {
        return what + "collateral must not be negative and its haircut at most 10000";
    }
    if (auto defect = types_defect(what, account.types)) {
        return defect;
    }
    if (auto defect = lists_defect(config, what, account.restricted)) {
        return defect;
    }
    return limits_defect(ScopeKind::Account, account.id, account.limits);
}

Defect session_defect(const CoreConfig& config, const SessionConfig& session) {
    for (const std::string& account : session.accounts) {
        if (!has_account(config, account)) {
            return "session " + session.id + ": account " + account + " is not configured";
        }
    }
    if (!session.default_account.empty() && !has_account(config, session.default_account)) {
        return "session " + session.id + ": default account " + session.default_account +
               " is not configured";
    }
    if (auto defect = types_defect("session " + session.id + ": ", session.types)) {
        return defect;
    }
    return limits_defect(ScopeKind::Session, session.id, session.limits);
}

Defect first_defect(const CoreConfig& config) {
    if (config.max_orders == 0) {
        return "max_orders must be greater than 0";
    }
    if (config.max_pending_replaces == 0 || config.max_pending_replaces > kPendingReplacesMax) {
        return "max_pending_replaces must be from 1 to " + std::to_string(kPendingReplacesMax);
    }
    for (const FxRate& fx : config.fx) {
        if (fx.rate <= Decimal{}) {
            return "fx " + fx.from + "/" + fx.to + ": the rate must be greater than 0";
        }
    }
    Defect defect = limits_defect(ScopeKind::Firm, "", config.firm);
    defect = defect ? defect : lists_defect(config, "", config.restricted);
    const auto look = [&](const auto& items, const auto& inspect) {
        for (const auto& item : items) {
            defect = defect ? defect : inspect(item);
        }
    };
    look(config.groups, [&](const GroupConfig& group) { return group_defect(config, group); });
    look(config.instruments, instrument_defect);
    look(config.traders, [](const TraderConfig& trader) {
        return limits_defect(ScopeKind::Trader, trader.id, trader.limits);
    });
    look(config.accounts,
         [&](const AccountConfig& account) { return account_defect(config, account); });
    look(config.sessions,
         [&](const SessionConfig& session) { return session_defect(config, session); });
    return defect;
}

}  // namespace

Result<Done, std::string> RiskEngine::validate(const CoreConfig& config) {
    const Defect defect = first_defect(config);
    return defect ? Result<Done, std::string>::failure(*defect) : Result<Done, std::string>(Done{});
}

}  // namespace sluice
