// Rows of the risk tree: firm, groups, accounts, exchange rates, routes.
#include <array>

#include "gateway/config/option.hpp"

namespace sluice::config {
namespace {

struct LimitRow {
    LimitKey key;
    std::string_view help;
};
constexpr std::array<LimitRow, 7> kRows = {{
    {LimitKey::MaxOrderQty, "Largest OrderQty(38)."},
    {LimitKey::MaxOrderNotional, "Largest quantity times price of one order."},
    {LimitKey::MaxGrossNotional, "Money executed today plus money of working orders."},
    {LimitKey::MaxNetNotional, "The same, each side on its own."},
    {LimitKey::MaxLong, "Long position in each instrument, working buys included."},
    {LimitKey::MaxShort, "Short position in each instrument, working sells included."},
    {LimitKey::MaxOpenOrders, "Orders that work at one time."},
}};

void add_groups(Table& table) {
    table.sections.push_back({.path = "groups[]",
                              .help = "Groups of accounts, a tree below the firm.",
                              .part = Part::Core,
                              .size = [](Scope& s) { return s.config->core.groups.size(); },
                              .append = [](Scope& s) { s.config->core.groups.emplace_back(); }});
    const auto group = [](Scope& s) -> GroupConfig& { return s.config->core.groups[s.at[0]]; };
    table.options.push_back({.path = "groups[].id",
                             .type = Type::Name,
                             .bind = [group](Scope& s) -> Target { return &group(s).id; },
                             .help = "Name of the group.",
                             .need = Need::Required,
                             .part = Part::Core});
    table.options.push_back({.path = "groups[].parent",
                             .type = Type::Name,
                             .bind = [group](Scope& s) -> Target { return &group(s).parent; },
                             .help = "The group above. Without it: the firm.",
                             .part = Part::Core});
    const LimitsOf limits = [group](Scope& s) -> Limits& { return group(s).limits; };
    add_limit_options(table, "groups[].", limits);
    add_tree_options(table, "groups[].", limits);
}

void add_account_symbols(Table& table) {
    const auto account = [](Scope& s) -> AccountConfig& {
        return s.config->core.accounts[s.at[0]];
    };
    table.sections.push_back(
        {.path = "accounts[].symbols[]",
         .help = "Limits of the account in single instruments.",
         .part = Part::Core,
         .size = [account](Scope& s) { return account(s).symbols.size(); },
         .append = [account](Scope& s) { account(s).symbols.emplace_back(); }});
    table.options.push_back(
        {.path = "accounts[].symbols[].symbol",
         .type = Type::Symbol,
         .bind = [account](Scope& s) -> Target { return &account(s).symbols[s.at[1]].symbol; },
         .help = "Symbol(55).",
         .need = Need::Required,
         .part = Part::Core});
    const LimitsOf limits = [account](Scope& s) -> Limits& {
        return account(s).symbols[s.at[1]].limits;
    };
    add_limit_options(table, "accounts[].symbols[].", limits);
    add_locate_option(table, "accounts[].symbols[].", limits);
}

void add_accounts(Table& table) {
    table.sections.push_back({.path = "accounts[]",
                              .help = "Accounts, by the name in Account(1). max_order_qty, "
                                      "max_order_notional, max_gross_notional, max_long and "
                                      "max_short have to be set here, at a group above or at the "
                                      "firm.",
                              .part = Part::Core,
                              .size = [](Scope& s) { return s.config->core.accounts.size(); },
                              .append = [](Scope& s) { s.config->core.accounts.emplace_back(); }});
    const auto account = [](Scope& s) -> AccountConfig& {
        return s.config->core.accounts[s.at[0]];
    };
    table.options.push_back({.path = "accounts[].id",
                             .type = Type::Name,
                             .bind = [account](Scope& s) -> Target { return &account(s).id; },
                             .help = "Account(1).",
                             .need = Need::Required,
                             .part = Part::Core});
    table.options.push_back({.path = "accounts[].group",
                             .type = Type::Name,
                             .bind = [account](Scope& s) -> Target { return &account(s).group; },
                             .help = "Group of the account. Without it: directly below the firm.",
                             .part = Part::Core});
    table.options.push_back({.path = "accounts[].currency",
                             .type = Type::Currency,
                             .bind = [account](Scope& s) -> Target { return &account(s).currency; },
                             .help = "Currency of the account's money limits.",
                             .need = Need::Required,
                             .part = Part::Core});
    const LimitsOf limits = [account](Scope& s) -> Limits& { return account(s).limits; };
    add_limit_options(table, "accounts[].", limits);
    add_throttle_options(table, "accounts[].", limits);
    add_tree_options(table, "accounts[].", limits);
    add_ratio_options(table, "accounts[].", limits);
    add_execution_option(table, "accounts[].", limits);
    table.options.push_back(
        {.path = "accounts[].self_match",
         .type = Type::Word,
         .bind = [account](Scope& s) -> Target {
             return WordRef{reinterpret_cast<std::uint8_t*>(&account(s).self_match)};
         },
         .help = "What happens to an order that would trade with one of the same group, or of the "
                 "same account when it has no group: it is refused, or the other one is canceled "
                 "first.",
         .part = Part::Core,
         .fallback = "off",
         .words = {"off", "reject", "cancel_resting"}});
    table.options.push_back(
        {.path = "accounts[].short_exempt",
         .type = Type::Bool,
         .bind = [account](Scope& s) -> Target { return &account(s).short_exempt; },
         .help = "Whether Side(54)=6 is taken.",
         .part = Part::Core,
         .fallback = "false"});
    table.options.push_back(
        {.path = "accounts[].collateral",
         .type = Type::Decimal,
         .bind = [account](Scope& s) -> Target { return &account(s).collateral; },
         .help = "Money that secures the account: taken off what credit_limit counts.",
         .part = Part::Core,
         .fallback = "0",
         .min = 0});
    table.options.push_back(
        {.path = "accounts[].collateral_haircut_bps",
         .type = Type::Int,
         .bind = [account](Scope& s) -> Target { return &account(s).collateral_haircut_bps; },
         .help = "So many 1/10,000 of the collateral do not count.",
         .part = Part::Core,
         .fallback = "0",
         .min = 0,
         .max = 10'000});
    add_type_options(table, "accounts[].",
                     [account](Scope& s) -> PermittedTypes& { return account(s).types; });
    add_restricted_options(table, "accounts[].", [account](Scope& s) -> RestrictedLists& {
        return account(s).restricted;
    });
    add_account_symbols(table);
}

void add_fx(Table& table) {
    table.sections.push_back({.path = "fx[]",
                              .help = "Exchange rates: one unit of `from` is `rate` units of `to`.",
                              .part = Part::Core,
                              .size = [](Scope& s) { return s.config->core.fx.size(); },
                              .append = [](Scope& s) { s.config->core.fx.emplace_back(); }});
    const auto rate = [](Scope& s) -> FxRate& { return s.config->core.fx[s.at[0]]; };
    table.options.push_back({.path = "fx[].from",
                             .type = Type::Currency,
                             .bind = [rate](Scope& s) -> Target { return &rate(s).from; },
                             .help = "Currency of an instrument.",
                             .need = Need::Required,
                             .part = Part::Core});
    table.options.push_back({.path = "fx[].to",
                             .type = Type::Currency,
                             .bind = [rate](Scope& s) -> Target { return &rate(s).to; },
                             .help = "Currency of an account.",
                             .need = Need::Required,
                             .part = Part::Core});
    table.options.push_back({.path = "fx[].rate",
                             .type = Type::Decimal,
                             .bind = [rate](Scope& s) -> Target { return &rate(s).rate; },
                             .help = "The rate.",
                             .need = Need::Required,
                             .part = Part::Core,
                             .min = 1});
}

}  // namespace

void add_limit_options(Table& table, const std::string& path, const LimitsOf& limits) {
    for (const LimitRow& row : kRows) {
        table.options.push_back(
            {.path = path + std::string(to_text(row.key)),
             .type = Type::Limit,
             .bind = [limits, key = row.key](Scope& s) -> Target { return &limits(s)[key]; },
             .help = std::string(row.help),
             .part = Part::Core,
             .min = 0});
    }
}

void add_throttle_options(Table& table, const std::string& path, const LimitsOf& limits) {
    table.sections.push_back({.path = path + "throttle",
                              .help = "Token bucket for new orders and replaces.",
                              .part = Part::Core});
    const auto bind = [&limits](LimitKey key) {
        return [limits, key](Scope& s) -> Target { return &limits(s)[key]; };
    };
    table.options.push_back({.path = path + "throttle.rate",
                             .type = Type::Limit,
                             .bind = bind(LimitKey::ThrottleRate),
                             .help = "Messages per second. Limit throttle_rate.",
                             .part = Part::Core,
                             .min = Decimal::kScale});
    table.options.push_back({.path = path + "throttle.burst",
                             .type = Type::Limit,
                             .bind = bind(LimitKey::ThrottleBurst),
                             .help = "Messages at once after a silence. Without it: as many as in "
                                     "one second. Limit throttle_burst.",
                             .part = Part::Core,
                             .min = Decimal::kScale});
}

void add_risk_options(Table& table) {
    table.sections.push_back(
        {.path = "firm", .help = "Limits over all accounts together.", .part = Part::Core});
    const LimitsOf firm = [](Scope& s) -> Limits& { return s.config->core.firm; };
    add_limit_options(table, "firm.", firm);
    add_tree_options(table, "firm.", firm);
    add_restricted_options(table, "",
                           [](Scope& s) -> RestrictedLists& { return s.config->core.restricted; });
    add_groups(table);
    add_accounts(table);
    add_trader_options(table);
    add_market_options(table);
    add_fx(table);
}

}  // namespace sluice::config
