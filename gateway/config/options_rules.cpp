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

}  // namespace sluice::config
