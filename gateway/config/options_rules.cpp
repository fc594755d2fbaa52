// Rows that stand at several places: permitted order types, restricted lists, limits of the risk
// tree and of conduct.
#include "gateway/config/option.hpp"

namespace sluice::config {

void add_type_options(Table& table, const std::string& path, const TypesOf& types) {
    table.sections.push_back({.path = path + "types",
                              .help = "Which TimeInForce(59) each OrdType(40) may have here. "
                                      "Without it: whatever the gateway serves. A type that is "
                                      "not named among others is not permitted.",
                              .part = Part::Core});
    const auto add = [&](const char* key, std::vector<std::string> PermittedTypes::*list,
                         const char* help) {
        table.options.push_back(
            {.path = path + "types." + key,
             .type = Type::Word,
             .bind = [types, list](Scope& s) -> Target { return &(types(s).*list); },
             .help = help,
             .part = Part::Core,
             .list = true,
             .words = {"day", "gtc", "ioc", "fok", "gtd"}});
    };
    add("market", &PermittedTypes::market, "For OrdType(40)=1.");
    add("limit", &PermittedTypes::limit, "For OrdType(40)=2.");
    add("stop", &PermittedTypes::stop, "For OrdType(40)=3.");
    add("stop_limit", &PermittedTypes::stop_limit, "For OrdType(40)=4.");
}

void add_restricted_options(Table& table, const std::string& path, const RestrictedOf& lists) {
    table.sections.push_back({.path = path + "restricted",
                              .help = "Symbols in which orders are refused.",
                              .part = Part::Core});
    const auto add = [&](const char* key, std::vector<std::string> RestrictedLists::*list,
                         const char* help) {
        table.options.push_back(
            {.path = path + "restricted." + key,
             .type = Type::Symbol,
             .bind = [lists, list](Scope& s) -> Target { return &(lists(s).*list); },
             .help = help,
             .part = Part::Core,
             .list = true});
    };
    add("buy_and_sell", &RestrictedLists::buy_and_sell, "Nothing is traded.");
    add("buy", &RestrictedLists::buy, "Nothing is bought.");
    add("sell", &RestrictedLists::sell, "Nothing is sold.");
    add("opening_only", &RestrictedLists::opening_only,
        "Refused unless the order, with all that works on its side, reduces the position.");
    add("watch", &RestrictedLists::watch, "Taken, with an alert.");
}

void add_tree_options(Table& table, const std::string& path, const LimitsOf& limits) {
    const auto add = [&](const char* key, Type type, LimitKey limit, const char* help,
                         std::int64_t min) {
        table.options.push_back(
            {.path = path + key,
             .type = type,
             .bind = [limits, limit](Scope& s) -> Target { return &limits(s)[limit]; },
             .help = help,
             .part = Part::Core,
             .min = min});
    };
    add("max_turnover", Type::Limit, LimitKey::MaxTurnover,
        "Money executed today and the order by itself; other working orders do not count.", 0);
    add("daily_loss_limit", Type::Limit, LimitKey::DailyLoss,
        "Money lost since the day roll, realised and unrealised at the mark. Beyond it only orders "
        "that reduce a position are taken until the next day roll.",
        0);
    add("credit_limit", Type::Limit, LimitKey::Credit,
        "Positions at their marks and money of working orders, less the account's collateral. "
        "Orders that reduce a position are exempt.",
        0);
    table.sections.push_back({.path = path + "dup_burst",
                              .help = "Identical new orders: same account, symbol, side, type, "
                                      "time in force, quantity and price.",
                              .part = Part::Core});
    add("dup_burst.max", Type::Limit, LimitKey::DupBurstMax,
        "So many within the window. Limit dup_burst_max.", Decimal::kScale);
    add("dup_burst.window", Type::LimitInterval, LimitKey::DupBurstWindowMs,
        "Without it: 1s. Limit dup_burst_window_ms.", 1'000'000);
}

void add_ratio_options(Table& table, const std::string& path, const LimitsOf& limits) {
    table.sections.push_back({.path = path + "order_to_trade",
                              .help = "New orders, replaces and cancels of the day that went on "
                                      "to a venue, for each execution.",
                              .part = Part::Core});
    table.options.push_back(
        {.path = path + "order_to_trade.max",
         .type = Type::Limit,
         .bind = [limits](Scope& s) -> Target { return &limits(s)[LimitKey::OrderToTradeMax]; },
         .help = "Messages for one execution; without any execution it counts "
                 "as one. Limit order_to_trade_max.",
         .part = Part::Core,
         .min = 0});
    table.options.push_back(
        {.path = path + "order_to_trade.floor",
         .type = Type::Limit,
         .bind = [limits](Scope& s) -> Target { return &limits(s)[LimitKey::OrderToTradeFloor]; },
         .help = "So many messages of a day are free of it. Limit "
                 "order_to_trade_floor.",
         .part = Part::Core,
         .min = 0});
}

void add_execution_option(Table& table, const std::string& path, const LimitsOf& limits) {
    table.options.push_back(
        {.path = path + "max_executions",
         .type = Type::Limit,
         .bind = [limits](Scope& s) -> Target { return &limits(s)[LimitKey::MaxExecutions]; },
         .help = "After so many executions orders are refused until somebody "
                 "re-arms: sluice rearm.",
         .part = Part::Core,
         .min = 0});
}

void add_locate_option(Table& table, const std::string& path, const LimitsOf& limits) {
    table.options.push_back(
        {.path = path + "locate_pool",
         .type = Type::Limit,
         .bind = [limits](Scope& s) -> Target { return &limits(s)[LimitKey::LocatePool]; },
         .help = "Quantity that may be sold short today, working short sales "
                 "included. Where short_sale has rules, none means 0.",
         .part = Part::Core,
         .min = 0});
}

void add_trader_options(Table& table) {
    table.sections.push_back({.path = "traders[]",
                              .help = "People and algorithms behind orders, by SenderSubID(50).",
                              .part = Part::Core,
                              .size = [](Scope& s) { return s.config->core.traders.size(); },
                              .append = [](Scope& s) { s.config->core.traders.emplace_back(); }});
    const auto trader = [](Scope& s) -> TraderConfig& { return s.config->core.traders[s.at[0]]; };
    table.options.push_back({.path = "traders[].id",
                             .type = Type::Name,
                             .bind = [trader](Scope& s) -> Target { return &trader(s).id; },
                             .help = "SenderSubID(50).",
                             .need = Need::Required,
                             .part = Part::Core});
    const LimitsOf limits = [trader](Scope& s) -> Limits& { return trader(s).limits; };
    add_throttle_options(table, "traders[].", limits);
    add_ratio_options(table, "traders[].", limits);
    add_execution_option(table, "traders[].", limits);
    for (const auto& [key, help] :
         {std::pair{LimitKey::MaxOrderQty, "Largest OrderQty(38)."},
          std::pair{LimitKey::MaxOrderNotional, "Largest quantity times price of one order."},
          std::pair{LimitKey::MaxOpenOrders, "Orders that work at one time."}}) {
        table.options.push_back(
            {.path = "traders[]." + std::string(to_text(key)),
             .type = Type::Limit,
             .bind = [limits, key = key](Scope& s) -> Target { return &limits(s)[key]; },
             .help = help,
             .part = Part::Core,
             .min = 0});
    }
}

}  // namespace sluice::config
