#include "gateway/app/risk_pages.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "gateway/orders/name_table.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice::app {
namespace {

std::string value_text(const LimitValue& value) {
    switch (value.state) {
        case LimitValue::State::Number:
            return value.value.to_string();
        case LimitValue::State::Unlimited:
            return "unlimited";
        case LimitValue::State::NotSet:
            return "not set";
    }
    return "?";
}

// A 128-bit sum at 10^-8 as text.
std::string sum_text(Wide value) {
    const bool negative = value < 0;
    const Wide magnitude = negative ? -value : value;
    const auto whole = static_cast<std::uint64_t>(magnitude / Decimal::kScale);
    std::string text = fmt::format("{}{}", negative ? "-" : "", whole);
    const auto fraction = static_cast<std::uint64_t>(magnitude % Decimal::kScale);
    if (fraction != 0) {
        std::string digits = fmt::format("{:08}", fraction);
        digits.erase(digits.find_last_not_of('0') + 1);
        text += "." + digits;
    }
    return text;
}

struct LimitRows {
    const std::string& only;
    Json rows = Json::array();

    void add(ScopeKind scope,
             std::string_view name,
             std::string_view symbol,
             const Limits& limits) {
        if (!only.empty() && only != name && only != symbol) {
            return;
        }
        for (std::size_t i = 1; i < kLimitKeys; ++i) {
            const auto key = static_cast<LimitKey>(i);
            if (limits[key].is_set()) {
                rows.push_back({{"scope", to_text(scope)},
                                {"name", name},
                                {"symbol", symbol},
                                {"key", to_text(key)},
                                {"value", value_text(limits[key])}});
            }
        }
    }
};

Json limit_rows(const Core& core, const std::string& only) {
    const LimitBook& book = core.risk().limits();
    const NameTable& names = core.names();
    LimitRows out{only};
    out.add(ScopeKind::Firm, "", "", book.firm);
    for (std::uint32_t i = 0; i < book.groups.size() && i < names.groups.size(); ++i) {
        out.add(ScopeKind::Group, names.groups.name(i), "", book.groups[i]);
    }
    for (std::uint32_t i = 0; i < book.sessions.size() && i < names.sessions.size(); ++i) {
        out.add(ScopeKind::Session, names.sessions.name(i), "", book.sessions[i]);
    }
    for (std::uint32_t i = 0; i < book.accounts.size() && i < names.accounts.size(); ++i) {
        out.add(ScopeKind::Account, names.accounts.name(i), "", book.accounts[i]);
    }
    for (std::uint32_t i = 0; i < book.instruments.size() && i < names.instruments.size(); ++i) {
        out.add(ScopeKind::Instrument, "", names.instruments.name(i), book.instruments[i]);
    }
    for (const PositionRow& row : core.risk().exposure().rows()) {
        if (row.limits != kNoIndex && row.owner < names.accounts.size()) {
            out.add(ScopeKind::AccountInstrument, names.accounts.name(row.owner),
                    names.instruments.name(row.instrument), book.pairs[row.limits]);
        }
    }
    return out.rows;
}

Json exposure_rows(const Core& core, const std::string& only) {
    const Exposure& exposure = core.risk().exposure();
    const NameTable& names = core.names();
    Json rows = Json::array();
    const auto accounts = exposure.accounts();
    for (std::uint32_t i = 0; i < accounts.size() && i < names.accounts.size(); ++i) {
        if (!only.empty() && only != names.accounts.name(i)) {
            continue;
        }
        rows.push_back({{"account", names.accounts.name(i)},
                        {"symbol", ""},
                        {"open_orders", std::to_string(accounts[i].open_orders)},
                        {"executed", sum_text(accounts[i].own.executed())},
                        {"reserved", sum_text(accounts[i].own.reserved())},
                        {"gross", sum_text(accounts[i].own.gross())},
                        {"net_executed", sum_text(accounts[i].own.net_executed())}});
    }
    for (const PositionRow& row : exposure.rows()) {
        const bool account = row.owner < names.accounts.size();
        if (!account || (!only.empty() && only != names.accounts.name(row.owner))) {
            continue;
        }
        rows.push_back({{"account", names.accounts.name(row.owner)},
                        {"symbol", names.instruments.name(row.instrument)},
                        {"open_orders", std::to_string(row.open_orders)},
                        {"position", sum_text(row.position)},
                        {"open_buy", sum_text(row.open_buy)},
                        {"open_sell", sum_text(row.open_sell)},
                        {"worst_long", sum_text(row.worst_long())},
                        {"worst_short", sum_text(row.worst_short())}});
    }
    return rows;
}

Json kill_rows(const Core& core) {
    const TradingStates& states = core.risk().state().states;
    const NameTable& names = core.names();
    Json rows = Json::array();
    const auto add = [&rows](ScopeKind scope, std::string_view name, std::string_view symbol,
                             TradingState state) {
        if (state != TradingState::Active) {
            rows.push_back({{"scope", to_text(scope)},
                            {"name", name},
                            {"symbol", symbol},
                            {"state", to_text(state)}});
        }
    };
    const auto each = [&add](ScopeKind scope, const std::vector<TradingState>& all,
                             const Names& table) {
        for (std::uint32_t i = 0; i < all.size() && i < table.size(); ++i) {
            add(scope, scope == ScopeKind::Instrument ? "" : table.name(i),
                scope == ScopeKind::Instrument ? table.name(i) : "", all[i]);
        }
    };
    add(ScopeKind::Firm, "", "", states.firm);
    each(ScopeKind::Group, states.groups, names.groups);
    each(ScopeKind::Venue, states.venues, names.venues);
    each(ScopeKind::Session, states.sessions, names.sessions);
    each(ScopeKind::Trader, states.traders, names.traders);
    each(ScopeKind::Account, states.accounts, names.accounts);
    each(ScopeKind::Instrument, states.instruments, names.instruments);
    for (const PositionRow& row : core.risk().exposure().rows()) {
        if (row.owner < names.accounts.size()) {
            add(ScopeKind::AccountInstrument, names.accounts.name(row.owner),
                names.instruments.name(row.instrument), row.state);
        }
    }
    return rows;
}

const Limits* limits_of(const LimitBook& book, const Scope& scope) {
    switch (scope.kind) {
        case ScopeKind::Firm:
            return &book.firm;
        case ScopeKind::Group:
            return &book.groups[scope.id];
        case ScopeKind::Session:
            return &book.sessions[scope.id];
        case ScopeKind::Account:
            return &book.accounts[scope.id];
        case ScopeKind::Instrument:
            return &book.instruments[scope.instrument];
        default:
            return nullptr;
    }
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] =
                std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            corner = above;
        }
    }
    return row[b.size()];
}

}  // namespace

RiskSummary risk_summary(const Core& core) {
    return {kill_rows(core).size(), core.risk().config_version()};
}

Json risk_json(const Core& core, const std::string& name) {
    return {{"config_version", std::to_string(core.risk().config_version())},
            {"limits", limit_rows(core, name)},
            {"exposure", exposure_rows(core, name)},
            {"kill_switches", kill_rows(core)}};
}

Json preview_limit(const Core& core, const LimitChange& change) {
    const auto scope =
        core.risk().resolve(change.scope, change.scope_name.view(), change.symbol.view());
    if (!scope) {
        return {{"error", fmt::format("no {} '{}'", to_text(change.scope),
                                      change.scope_name.empty() ? change.symbol.view()
                                                                : change.scope_name.view())}};
    }
    if (!limit_applies(change.scope, change.key)) {
        return {{"error",
                 fmt::format("{} is no limit of {}", to_text(change.key), to_text(change.scope))}};
    }
    const LimitValue wanted{change.value, change.state};
    if (const auto defect = limit_defect(change.key, wanted); !defect.empty()) {
        return {{"error", fmt::format("{} {}", to_text(change.key), defect)}};
    }
    LimitValue old;
    if (scope->kind == ScopeKind::AccountInstrument) {
        const std::uint32_t row =
            core.risk().exposure().find_row(scope->id, InstrumentId{scope->instrument});
        const bool has = row != kNoIndex && core.risk().exposure().row(row).limits != kNoIndex;
        old = has ? core.risk().limits().pairs[core.risk().exposure().row(row).limits][change.key]
                  : LimitValue{};
    } else if (const Limits* limits = limits_of(core.risk().limits(), *scope)) {
        old = (*limits)[change.key];
    }
    std::string where(to_text(change.scope));
    where += change.scope_name.empty() ? "" : " " + std::string(change.scope_name.view());
    where += change.symbol.empty() ? "" : " " + std::string(change.symbol.view());
    return {{"ok", true},
            {"dry_run", true},
            {"old", value_text(old)},
            {"new", value_text(wanted)},
            {"text", fmt::format("{} {} {} -> {}", where, to_text(change.key), value_text(old),
                                 value_text(wanted))}};
}

bool knows_instrument(const Core& core, std::string_view symbol) {
    return core.names().instruments.find(symbol) != kNoIndex;
}

std::string_view nearest_limit(std::string_view text) {
    auto best = LimitKey::MaxOrderQty;
    std::size_t distance = ~std::size_t{0};
    for (std::size_t i = 1; i < kLimitKeys; ++i) {
        const auto key = static_cast<LimitKey>(i);
        const std::size_t found = edit_distance(text, to_text(key));
        if (found < distance) {
            distance = found;
            best = key;
        }
    }
    return to_text(best);
}

}  // namespace sluice::app
