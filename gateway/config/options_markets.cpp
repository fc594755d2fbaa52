// Rows of markets and their hours, and of what holds for the whole firm: the day, rates, warnings,
// who may change what.
#include "gateway/config/option.hpp"

namespace sluice::config {
namespace {

calendar::Hours& hours_of(Scope& s) {
    return s.config->markets[s.at[0]].hours;
}

void add_hours(Table& table) {
    auto& rows = table.options;
    rows.push_back({.path = "markets[].zone",
                    .type = Type::Text,
                    .bind = [](Scope& s) -> Target { return &hours_of(s).zone; },
                    .help = "Time zone of the hours, a name of the tz database.",
                    .need = Need::Required});
    const auto list = [&rows](const char* key, std::vector<std::string> calendar::Hours::*field,
                              const char* help, Need need) {
        rows.push_back({.path = std::string("markets[].") + key,
                        .type = Type::Text,
                        .bind = [field](Scope& s) -> Target { return &(hours_of(s).*field); },
                        .help = help,
                        .need = need,
                        .list = true});
    };
    list("day", &calendar::Hours::day,
         "Changes of phase, in order: a time of day and closed, pre_open, auction, continuous or "
         "post_close, as in '09:30 continuous'. The last one holds until the next day's first.",
         Need::Required);
    list("weekdays", &calendar::Hours::weekdays,
         "Days that have these hours: mon, tue, wed, thu, fri, sat, sun. Without it: mon to fri.",
         Need::Optional);
    list("holidays", &calendar::Hours::holidays, "Closed all day, as in 2026-12-25.",
         Need::Optional);
    list("short_days", &calendar::Hours::short_days,
         "Closed from a time of day on, as in '2026-11-27 13:00'.", Need::Optional);
}

void add_accepts(Table& table) {
    for (std::size_t i = 0; i < kPhases; ++i) {
        const auto phase = static_cast<Phase>(i);
        const std::string path = "markets[]." + std::string(to_text(phase));
        table.sections.push_back({.path = path,
                                  .help = "Which TimeInForce(59) each OrdType(40) may have in this "
                                          "phase. Without it: continuous everything, auction "
                                          "resting limit and stop orders and market orders of the "
                                          "day, pre_open resting limit and stop orders, closed and "
                                          "post_close nothing.",
                                  .part = Part::Core});
        const auto add = [&](const char* key, std::vector<std::string> PermittedTypes::*list) {
            table.options.push_back({.path = path + "." + key,
                                     .type = Type::Word,
                                     .bind = [i, list](Scope& s) -> Target {
                                         return &(s.config->core.markets[s.at[0]].accepts[i].*list);
                                     },
                                     .help = "As in sessions[].types.",
                                     .part = Part::Core,
                                     .list = true,
                                     .words = {"day", "gtc", "ioc", "fok", "gtd"}});
        };
        add("market", &PermittedTypes::market);
        add("limit", &PermittedTypes::limit);
        add("stop", &PermittedTypes::stop);
        add("stop_limit", &PermittedTypes::stop_limit);
    }
}

void add_firm_rows(Table& table) {
    auto& rows = table.options;
    rows.push_back({.path = "day_roll_at",
                    .type = Type::Text,
                    .bind = [](Scope& s) -> Target { return &s.config->day_roll_at; },
                    .help = "Time of day, in market_zone, at which a new risk day begins, as in "
                            "17:00. Without it: when somebody asks for it."});
    rows.push_back({.path = "accept_changes",
                    .type = Type::Bool,
                    .bind = [](Scope& s) -> Target { return &s.config->accept_changes; },
                    .help = "After a start with a configuration that differs from the journal's no "
                            "order is taken before somebody accepts it: sluice config accept.",
                    .fallback = "true"});
    rows.push_back({.path = "fx_max_age",
                    .type = Type::Interval,
                    .bind = [](Scope& s) -> Target { return Nanos{&s.config->core.fx_max_age_ns}; },
                    .help = "A currency rate that is older is none; or never.",
                    .part = Part::Core,
                    .fallback = "never",
                    .min = 1'000'000});
    const auto flag = [&rows](const char* key, bool CoreConfig::*field, const char* help,
                              const char* fallback) {
        rows.push_back({.path = key,
                        .type = Type::Bool,
                        .bind = [field](Scope& s) -> Target { return &(s.config->core.*field); },
                        .help = help,
                        .part = Part::Core,
                        .fallback = fallback});
    };
    flag("fx_revalue_at_day_roll", &CoreConfig::fx_revalue_at_day_roll,
         "Orders that live through a day roll take the rates of the new day.", "false");
    flag("two_person", &CoreConfig::two_person,
         "A looser limit, and the end of a kill of the firm or a group, need the approval of a "
         "second person.",
         "true");
    flag("kill_on_over_fill", &CoreConfig::kill_on_over_fill,
         "An execution beyond its order kills the account's instrument.", "false");
    rows.push_back({.path = "warn_at",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &s.config->core.warn_at; },
                    .help = "Percent of a limit at which an alert is made, once for each crossing, "
                            "ascending.",
                    .part = Part::Core,
                    .list = true,
                    .min = 6,
                    .max = 100});
    rows.push_back({.path = "audit_every",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &s.config->core.audit_every; },
                    .help =
                        "After so many inputs the sums are compared with the orders themselves; "
                        "a difference kills the firm. 0: only at the day roll.",
                    .part = Part::Core,
                    .fallback = "1000000",
                    .min = 0,
                    .max = 4'000'000'000});
    rows.push_back({.path = "position_tolerance",
                    .type = Type::Decimal,
                    .bind = [](Scope& s) -> Target { return &s.config->core.position_tolerance; },
                    .help = "A loaded position may differ so much from the one that is held.",
                    .part = Part::Core,
                    .fallback = "0",
                    .min = 0});
}

}  // namespace

void add_market_options(Table& table) {
    add_firm_rows(table);
    table.sections.push_back({.path = "markets[]",
                              .help = "Markets with hours. Without one an instrument has no hours.",
                              .part = Part::Core,
                              .size = [](Scope& s) { return s.config->core.markets.size(); },
                              .append =
                                  [](Scope& s) {
                                      s.config->markets.emplace_back();
                                      s.config->core.markets.emplace_back();
                                  }});
    table.options.push_back(
        {.path = "markets[].id",
         .type = Type::Name,
         .bind = [](Scope& s) -> Target { return &s.config->core.markets[s.at[0]].id; },
         .help = "Name of the market.",
         .need = Need::Required,
         .part = Part::Core});
    add_hours(table);
    add_accepts(table);
}

}  // namespace sluice::config
