// Rows of venues, simulated or FIX, and of the routes to them.
#include "gateway/config/option.hpp"

namespace sluice::config {
namespace {

constexpr std::int64_t kMilli = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;

VenueSettings& venue_of(Scope& s) {
    return s.config->venues[s.at[0]];
}
FixVenueSettings& fix_of(Scope& s) {
    return venue_of(s).fix;
}
FixLine& line_of(Scope& s) {
    return fix_of(s).more_lines[s.at[1]];
}
sluice::VenueConfig& core_venue_of(Scope& s) {
    return s.config->core.venues[s.at[0]];
}
SimConfig& sim_of(Scope& s) {
    return venue_of(s).sim;
}
SimBook& book_of(Scope& s) {
    return sim_of(s).books[s.at[1]];
}
SimRule& rule_of(Scope& s) {
    return sim_of(s).rules[s.at[1]];
}

void add_venue(Table& table) {
    table.sections.push_back({.path = "venues[]",
                              .help = "Where orders go.",
                              .part = Part::Core,
                              .size = [](Scope& s) { return s.config->venues.size(); },
                              .append =
                                  [](Scope& s) {
                                      s.config->venues.emplace_back();
                                      s.config->core.venues.emplace_back();
                                  }});
    auto& rows = table.options;
    rows.push_back({.path = "venues[].id",
                    .type = Type::Name,
                    .bind = [](Scope& s) -> Target { return &s.config->core.venues[s.at[0]].id; },
                    .help = "Name of the venue; clients may ask for it with ExDestination(100).",
                    .need = Need::Required,
                    .part = Part::Core});
    rows.push_back({.path = "venues[].type",
                    .type = Type::Word,
                    .bind = [](Scope& s) -> Target {
                        return WordRef{reinterpret_cast<std::uint8_t*>(&venue_of(s).type)};
                    },
                    .help = "sim: the simulated venue in this process; fix: a FIX session.",
                    .need = Need::Required,
                    .words = {"sim", "fix"}});
    rows.push_back(
        {.path = "venues[].max_in_flight",
         .type = Type::Int,
         .bind = [](Scope& s) -> Target { return &s.config->core.venues[s.at[0]].max_in_flight; },
         .help = "Requests without an answer; beyond it orders are refused with \"venue "
                 "busy\". Cancels have as many of their own.",
         .part = Part::Core,
         .fallback = "1024",
         .min = 1,
         .max = 65536});
}

// A row that belongs to venues of type fix.
Option& fix_row(Table& table, const char* key, Type type, const char* help, Need need) {
    Option& row = table.options.emplace_back();
    row.path = std::string("venues[].") + key;
    row.type = type;
    row.help = help;
    row.need = need;
    row.only = VenueType::Fix;
    return row;
}

void add_fix_address(Table& table) {
    Option& version = fix_row(table, "begin_string", Type::Word, "BeginString(8).", Need::Required);
    version.words = {"FIX.4.2", "FIX.4.4", "FIXT.1.1"};
    version.first_word = static_cast<std::uint8_t>(FixVersion::Fix42);
    version.bind = [](Scope& s) -> Target {
        return WordRef{reinterpret_cast<std::uint8_t*>(&fix_of(s).version)};
    };
    fix_row(table, "sender_comp_id", Type::Text, "SenderCompID(49) of what we send.",
            Need::Required)
        .bind = [](Scope& s) -> Target { return &fix_of(s).sender_comp_id; };
    fix_row(table, "target_comp_id", Type::Text, "TargetCompID(56) of what we send.",
            Need::Required)
        .bind = [](Scope& s) -> Target { return &fix_of(s).target_comp_id; };
    fix_row(table, "host", Type::Text, "Name or address of the venue.", Need::Required).bind =
        [](Scope& s) -> Target { return &fix_of(s).host; };
    Option& port = fix_row(table, "port", Type::Int, "TCP port.", Need::Required);
    port.min = 1;
    port.max = 65535;
    port.bind = [](Scope& s) -> Target { return &fix_of(s).port; };
    add_tls_options(
        table, "venues[].tls", [](Scope& s) -> TlsSettings& { return fix_of(s).tls; }, false);
}

void add_fix_logon(Table& table) {
    fix_row(table, "username", Type::Text, "Username(553) of our Logon(A).", Need::Optional).bind =
        [](Scope& s) -> Target { return &fix_of(s).username; };
    fix_row(table, "password_file", Type::Path,
            "File whose first line is Password(554) of our Logon(A).", Need::Optional)
        .bind = [](Scope& s) -> Target { return &fix_of(s).password_file; };
    Option& beat = fix_row(table, "heartbeat", Type::Interval, "HeartBtInt(108) of our Logon(A).",
                           Need::Optional);
    beat.fallback = "30s";
    beat.min = kSecond;
    beat.max = 300 * kSecond;
    beat.unit_ns = kSecond;
    beat.bind = [](Scope& s) -> Target { return &fix_of(s).heartbeat; };
    Option& again = fix_row(table, "reconnect", Type::Interval,
                            "Pause before the next attempt to connect.", Need::Optional);
    again.fallback = "5s";
    again.min = 10 * kMilli;
    again.max = 3600 * kSecond;
    again.bind = [](Scope& s) -> Target { return &fix_of(s).reconnect; };
    Option& tags = fix_row(table, "custom_tags", Type::Int,
                           "Tags that no dictionary knows and that go to the venue and come back "
                           "from it.",
                           Need::Optional);
    tags.list = true;
    tags.min = 5000;
    tags.max = 999'999'999;
    tags.bind = [](Scope& s) -> Target { return &fix_of(s).custom_tags; };
}

void add_doubt(Table& table) {
    Option& way = fix_row(table, "reconcile", Type::Word,
                          "How orders are cleared up that the venue left unanswered when it went "
                          "away, once it is back. status: OrderStatusRequest(H) for each; "
                          "mass_status: one OrderMassStatusRequest(AF); poss_resend: the request "
                          "again with PossResend(97)=Y; flag: they are marked for an operator. "
                          "none: of venues of type sim, which leave nothing unanswered.",
                          Need::Optional);
    way.part = Part::Core;
    way.fallback = "status";
    way.words = {"none", "status", "mass_status", "poss_resend", "flag"};
    way.bind = [](Scope& s) -> Target {
        return WordRef{reinterpret_cast<std::uint8_t*>(&core_venue_of(s).reconcile)};
    };
    Option& after = fix_row(table, "in_doubt_after", Type::Interval,
                            "An order whose venue has not answered for so long is in doubt; the "
                            "venue is asked. 0: never.",
                            Need::Optional);
    after.part = Part::Core;
    after.fallback = "10s";
    after.min = 0;
    after.max = 86400 * kSecond;
    after.bind = [](Scope& s) -> Target { return Nanos{&core_venue_of(s).in_doubt_after_ns}; };
}

void add_pacing(Table& table) {
    table.sections.push_back({.path = "venues[].pacing",
                              .help = "How fast messages go to the venue. What comes faster waits; "
                                      "cancels go first.",
                              .only = VenueType::Fix});
    Option& rate = fix_row(table, "pacing.rate", Type::Int,
                           "Messages in a second; 0: as they come.", Need::Optional);
    rate.fallback = "0";
    rate.min = 0;
    rate.max = 1'000'000;
    rate.bind = [](Scope& s) -> Target { return &fix_of(s).pacing.rate; };
    Option& burst = fix_row(table, "pacing.burst", Type::Int,
                            "Messages that may go at once after a pause.", Need::Optional);
    burst.fallback = "1";
    burst.min = 1;
    burst.max = 1'000'000;
    burst.bind = [](Scope& s) -> Target { return &fix_of(s).pacing.burst; };
}

void add_lines(Table& table) {
    table.sections.push_back({.path = "venues[].lines[]",
                              .help = "Further FIX sessions to the venue. One of all, beginning "
                                      "with the venue's own, carries the requests; when it is "
                                      "lost, another takes over.",
                              .size = [](Scope& s) { return fix_of(s).more_lines.size(); },
                              .append = [](Scope& s) { fix_of(s).more_lines.emplace_back(); },
                              .only = VenueType::Fix});
    const auto text = [&](const char* key, Type type, const char* help,
                          std::string FixLine::*member) {
        fix_row(table, key, type, help, Need::Optional).bind = [member](Scope& s) -> Target {
            return &(line_of(s).*member);
        };
    };
    Option& host =
        fix_row(table, "lines[].host", Type::Text, "Name or address of the venue.", Need::Required);
    host.bind = [](Scope& s) -> Target { return &line_of(s).host; };
    Option& port = fix_row(table, "lines[].port", Type::Int, "TCP port.", Need::Required);
    port.min = 1;
    port.max = 65535;
    port.bind = [](Scope& s) -> Target { return &line_of(s).port; };
    text("lines[].sender_comp_id", Type::Text,
         "SenderCompID(49) of what we send. Without it: the venue's own.",
         &FixLine::sender_comp_id);
    text("lines[].target_comp_id", Type::Text,
         "TargetCompID(56) of what we send. Without it: the venue's own.",
         &FixLine::target_comp_id);
    text("lines[].username", Type::Text,
         "Username(553) of our Logon(A). Without it: the venue's own.", &FixLine::username);
    text("lines[].password_file", Type::Path,
         "File whose first line is Password(554). Without it: the venue's own.",
         &FixLine::password_file);
    add_tls_options(
        table, "venues[].lines[].tls", [](Scope& s) -> TlsSettings& { return line_of(s).tls; },
        false);
    for (Section& section : table.sections) {
        if (section.path == "venues[].lines[].tls") {
            section.help = "TLS. Without this block: as the venue's own line.";
        }
    }
}

// A row that belongs to venues of type sim.
Option& sim_row(Table& table, const char* key, Type type, const char* help) {
    Option& row = table.options.emplace_back();
    row.path = std::string("venues[].") + key;
    row.type = type;
    row.help = help;
    row.only = VenueType::Sim;
    return row;
}

void add_side(Table& table, const std::string& side, std::vector<SimLevel> SimBook::*levels) {
    table.sections.push_back({.path = "venues[].books[]." + side + "[]",
                              .help = "Price levels of the house on this side.",
                              .size = [levels](Scope& s) { return (book_of(s).*levels).size(); },
                              .append = [levels](Scope& s) { (book_of(s).*levels).emplace_back(); },
                              .only = VenueType::Sim});
    const std::string key = "books[]." + side + "[].";
    Option& price = sim_row(table, (key + "price").c_str(), Type::Decimal, "Price of the level.");
    price.need = Need::Required;
    price.bind = [levels](Scope& s) -> Target {
        return &(book_of(s).*levels)[s.at[2]].price.decimal;
    };
    Option& qty = sim_row(table, (key + "qty").c_str(), Type::Decimal, "Quantity of the level.");
    qty.need = Need::Required;
    qty.min = 1;
    qty.bind = [levels](Scope& s) -> Target { return &(book_of(s).*levels)[s.at[2]].qty.decimal; };
}

void add_books(Table& table) {
    table.sections.push_back({.path = "venues[].books[]",
                              .help = "Liquidity of the house in the simulated venue.",
                              .size = [](Scope& s) { return sim_of(s).books.size(); },
                              .append = [](Scope& s) { sim_of(s).books.emplace_back(); },
                              .only = VenueType::Sim});
    Option& symbol = sim_row(table, "books[].symbol", Type::Symbol, "Symbol(55).");
    symbol.need = Need::Required;
    symbol.bind = [](Scope& s) -> Target { return &book_of(s).symbol; };
    Option& again = sim_row(table, "books[].replenish", Type::Interval,
                            "A level that was taken from is whole again for the first request that "
                            "comes so much later; or the word never.");
    again.fallback = "1s";
    again.min = 0;
    again.bind = [](Scope& s) -> Target { return Nanos{&book_of(s).replenish_ns}; };
    add_side(table, "bids", &SimBook::bids);
    add_side(table, "asks", &SimBook::asks);
}

void add_rule_patterns(Table& table) {
    table.sections.push_back({.path = "venues[].behaviour[]",
                              .help = "Manners of the simulated venue for the new orders that "
                                      "match; the first matching rule holds. A pattern that is "
                                      "left out matches everything.",
                              .size = [](Scope& s) { return sim_of(s).rules.size(); },
                              .append = [](Scope& s) { sim_of(s).rules.emplace_back(); },
                              .only = VenueType::Sim});
    sim_row(table, "behaviour[].symbol", Type::Symbol, "Symbol(55), or its beginning and *.").bind =
        [](Scope& s) -> Target { return &rule_of(s).symbol; };
    sim_row(table, "behaviour[].account", Type::Text, "Account(1), or its beginning and *.").bind =
        [](Scope& s) -> Target { return &rule_of(s).account; };
    sim_row(table, "behaviour[].price", Type::Decimal, "Exactly this Price(44).").bind =
        [](Scope& s) -> Target {
        return OptionalDecimal{&rule_of(s).price.decimal, &rule_of(s).has_price};
    };
    sim_row(table, "behaviour[].min_qty", Type::Decimal, "OrderQty(38) from here,").bind =
        [](Scope& s) -> Target { return &rule_of(s).min_qty.decimal; };
    sim_row(table, "behaviour[].max_qty", Type::Decimal, "and up to here.").bind =
        [](Scope& s) -> Target {
        return OptionalDecimal{&rule_of(s).max_qty.decimal, &rule_of(s).has_max_qty};
    };
}

// A Text(58) of a refusal.
void add_refusal(Table& table, const char* key, const char* help, std::string SimRule::*text) {
    Option& row = sim_row(table, key, Type::Text, help);
    row.max = 120;
    row.bind = [text](Scope& s) -> Target { return &(rule_of(s).*text); };
}

void add_rule_actions(Table& table) {
    Option& delay = sim_row(table, "behaviour[].delay", Type::Interval, "Each answer is so late.");
    delay.min = 0;
    delay.bind = [](Scope& s) -> Target { return Nanos{&rule_of(s).delay_ns}; };
    Option& slices = sim_row(table, "behaviour[].fill_slices", Type::Int,
                             "An execution comes in so many parts,");
    slices.min = 1;
    slices.max = 100;
    slices.bind = [](Scope& s) -> Target { return &rule_of(s).fill_slices; };
    Option& gap = sim_row(table, "behaviour[].slice_gap", Type::Interval, "so much apart.");
    gap.min = 0;
    gap.bind = [](Scope& s) -> Target { return Nanos{&rule_of(s).slice_gap_ns}; };
    sim_row(table, "behaviour[].silent", Type::Bool, "Takes the order and never answers.").bind =
        [](Scope& s) -> Target { return &rule_of(s).silent; };
    add_refusal(table, "behaviour[].reject", "Refuses new orders with this Text(58).",
                &SimRule::reject);
    add_refusal(table, "behaviour[].reject_cancel", "Refuses cancels with this Text(58).",
                &SimRule::reject_cancel);
    add_refusal(table, "behaviour[].reject_replace", "Refuses replaces with this Text(58).",
                &SimRule::reject_replace);
    sim_row(table, "behaviour[].duplicate_fills", Type::Bool, "Says each execution twice.").bind =
        [](Scope& s) -> Target { return &rule_of(s).duplicate_fills; };
    sim_row(table, "behaviour[].cancel_after_ack", Type::Bool,
            "Cancels the order by itself right after it was accepted.")
        .bind = [](Scope& s) -> Target { return &rule_of(s).cancel_after_ack; };
}

void add_sim(Table& table) {
    Option& manual = sim_row(table, "manual", Type::Bool,
                             "Takes requests and says nothing until an operator says so "
                             "(sluice venue say); what is below does not matter then.");
    manual.fallback = "false";
    manual.bind = [](Scope& s) -> Target { return &sim_of(s).manual; };
    Option& latency = sim_row(table, "latency", Type::Interval, "Each answer comes so late.");
    latency.fallback = "0";
    latency.min = 0;
    latency.max = 60 * kSecond;
    latency.bind = [](Scope& s) -> Target { return Nanos{&sim_of(s).latency_ns}; };
    Option& any = sim_row(table, "any_symbol", Type::Bool,
                          "Takes orders in instruments without a book here, too.");
    any.fallback = "true";
    any.bind = [](Scope& s) -> Target { return &sim_of(s).any_symbol; };
    Option& orders = sim_row(table, "max_working", Type::Int,
                             "Orders that work at one time; the next is refused.");
    orders.fallback = "65536";
    orders.min = 1;
    orders.max = 1 << 22;
    orders.bind = [](Scope& s) -> Target { return &sim_of(s).max_orders; };
    add_books(table);
    add_rule_patterns(table);
    add_rule_actions(table);
}

void add_routes(Table& table) {
    table.sections.push_back({.path = "routes[]",
                              .help = "The first row that matches an order decides where it goes. "
                                      "Without rows: every order to the venues in their order.",
                              .part = Part::Core,
                              .size = [](Scope& s) { return s.config->core.routes.size(); },
                              .append = [](Scope& s) { s.config->core.routes.emplace_back(); }});
    const auto route = [](Scope& s) -> RouteConfig& { return s.config->core.routes[s.at[0]]; };
    auto& rows = table.options;
    rows.push_back({.path = "routes[].ex_destination",
                    .type = Type::Text,
                    .bind = [route](Scope& s) -> Target { return &route(s).ex_destination; },
                    .help = "ExDestination(100). Without it: any.",
                    .part = Part::Core,
                    .max = 12});
    rows.push_back({.path = "routes[].account",
                    .type = Type::Name,
                    .bind = [route](Scope& s) -> Target { return &route(s).account; },
                    .help = "Account(1). Without it: any.",
                    .part = Part::Core});
    rows.push_back({.path = "routes[].symbol",
                    .type = Type::Symbol,
                    .bind = [route](Scope& s) -> Target { return &route(s).symbol; },
                    .help = "Symbol(55). Without it: any.",
                    .part = Part::Core});
    rows.push_back({.path = "routes[].venues",
                    .type = Type::Name,
                    .bind = [route](Scope& s) -> Target { return &route(s).venues; },
                    .help = "Venues, tried in this order: the first that is up gets the order.",
                    .need = Need::Required,
                    .part = Part::Core,
                    .list = true});
    rows.push_back({.path = "routes[].when_down",
                    .type = Type::Word,
                    .bind = [route](Scope& s) -> Target {
                        return WordRef{reinterpret_cast<std::uint8_t*>(&route(s).hold)};
                    },
                    .help = "When none of the venues is there. reject: orders are refused at once; "
                            "hold: they wait for the first venue, within its max_in_flight, and "
                            "can be replaced and canceled meanwhile.",
                    .part = Part::Core,
                    .fallback = "reject",
                    .words = {"reject", "hold"}});
}

}  // namespace

void add_venue_options(Table& table) {
    add_venue(table);
    add_fix_address(table);
    add_fix_logon(table);
    add_doubt(table);
    add_pacing(table);
    add_lines(table);
    add_sim(table);
    add_routes(table);
}

}  // namespace sluice::config
