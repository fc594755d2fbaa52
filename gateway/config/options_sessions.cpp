// Rows of the trading clients' FIX sessions.
#include "gateway/config/option.hpp"

namespace sluice::config {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

SessionSettings& wire_of(Scope& s) {
    return s.config->sessions[s.at[0]];
}
sluice::SessionConfig& core_of(Scope& s) {
    return s.config->core.sessions[s.at[0]];
}

void add_identity(std::vector<Option>& rows) {
    rows.push_back({.path = "sessions[].id",
                    .type = Type::Name,
                    .bind = [](Scope& s) -> Target { return &core_of(s).id; },
                    .help = "Name of the session in limits, journal and command line.",
                    .need = Need::Required,
                    .part = Part::Core});
    rows.push_back({.path = "sessions[].begin_string",
                    .type = Type::Word,
                    .bind = [](Scope& s) -> Target {
                        return WordRef{reinterpret_cast<std::uint8_t*>(&core_of(s).version)};
                    },
                    .help = "BeginString(8).",
                    .need = Need::Required,
                    .part = Part::Core,
                    .words = {"FIX.4.2", "FIX.4.4", "FIXT.1.1"},
                    .first_word = static_cast<std::uint8_t>(FixVersion::Fix42)});
    rows.push_back({.path = "sessions[].default_appl_ver_id",
                    .type = Type::Word,
                    .bind = [](Scope& s) -> Target { return WordRef{s.ignored}; },
                    .help = "DefaultApplVerID(1137), with FIXT.1.1 only. FIX.5.0SP2 is spoken.",
                    .words = {"FIX.5.0SP2"}});
    rows.push_back({.path = "sessions[].sender_comp_id",
                    .type = Type::Text,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).sender_comp_id; },
                    .help = "SenderCompID(49) of what we send.",
                    .fallback = "SLUICE"});
    rows.push_back({.path = "sessions[].target_comp_id",
                    .type = Type::Text,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).target_comp_id; },
                    .help = "TargetCompID(56) of what we send: the client's SenderCompID(49). "
                            "Without it: the id."});
}

void add_credentials(std::vector<Option>& rows) {
    rows.push_back({.path = "sessions[].username",
                    .type = Type::Text,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).username; },
                    .help = "Username(553) that the Logon(A) has to carry."});
    rows.push_back({.path = "sessions[].password",
                    .type = Type::Text,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).password; },
                    .help = "Salted hash of Password(554), made by: sluice hash-password.",
                    .secret = true});
    rows.push_back({.path = "sessions[].certificate",
                    .type = Type::Text,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).certificate; },
                    .help = "The client's certificate: CN=name, or sha256: and its fingerprint."});
    rows.push_back({.path = "sessions[].addresses",
                    .type = Type::Cidr,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).addresses; },
                    .help = "Addresses the client may come from. Without it: any; but a session "
                            "that has no password and no certificate either is confined to this "
                            "machine.",
                    .list = true});
    rows.push_back({.path = "sessions[].listeners",
                    .type = Type::Name,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).listeners; },
                    .help = "Listeners that the session may use. Without it: all.",
                    .list = true});
}

void add_dialect(std::vector<Option>& rows) {
    rows.push_back({.path = "sessions[].dictionary",
                    .type = Type::Path,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).dictionary; },
                    .help = "Data dictionary in place of our own; with FIXT.1.1 the transport's."});
    rows.push_back({.path = "sessions[].app_dictionary",
                    .type = Type::Path,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).app_dictionary; },
                    .help = "With FIXT.1.1: the application's data dictionary."});
    rows.push_back({.path = "sessions[].custom_tags",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &core_of(s).custom_tags; },
                    .help = "Tags that no dictionary knows and that are let through; a venue that "
                            "lists them gets them, too.",
                    .part = Part::Core,
                    .list = true,
                    .min = 5000,
                    .max = 999'999'999});
    rows.push_back({.path = "sessions[].timestamp_digits",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).timestamp_digits; },
                    .help = "Digits of a second in the times we send: 0, 3, 6 or 9.",
                    .fallback = "3",
                    .min = 0,
                    .max = 9});
}

void add_manners(Table& table) {
    auto& rows = table.options;
    table.sections.push_back(
        {.path = "sessions[].heartbeat", .help = "Bounds on HeartBtInt(108) of the client."});
    rows.push_back({.path = "sessions[].heartbeat.min",
                    .type = Type::Interval,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).heartbeat_min; },
                    .help = "Shortest.",
                    .fallback = "5s",
                    .min = kSecond,
                    .max = 3600 * kSecond,
                    .unit_ns = kSecond});
    rows.push_back({.path = "sessions[].heartbeat.max",
                    .type = Type::Interval,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).heartbeat_max; },
                    .help = "Longest.",
                    .fallback = "1m",
                    .min = kSecond,
                    .max = 3600 * kSecond,
                    .unit_ns = kSecond});
    rows.push_back({.path = "sessions[].max_latency",
                    .type = Type::Interval,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).max_latency; },
                    .help = "SendingTime(52) may be off by so much; 0: it is not looked at.",
                    .fallback = "2m",
                    .min = 0,
                    .max = 86400 * kSecond});
    rows.push_back({.path = "sessions[].reset_on_logon",
                    .type = Type::Bool,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).reset_on_logon; },
                    .help = "Sequence numbers start at 1 with each Logon(A).",
                    .fallback = "false"});
    rows.push_back({.path = "sessions[].enabled",
                    .type = Type::Bool,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).enabled; },
                    .help = "Whether the client may log on.",
                    .fallback = "true"});
    rows.push_back({.path = "sessions[].disclose_limits",
                    .type = Type::Bool,
                    .bind = [](Scope& s) -> Target { return &core_of(s).disclose_limits; },
                    .help = "Whether Text(58) of a refusal says the limit's number.",
                    .part = Part::Core,
                    .fallback = "true"});
    rows.push_back({.path = "sessions[].pending_reports",
                    .type = Type::Bool,
                    .bind = [](Scope& s) -> Target { return &core_of(s).pending_reports; },
                    .help = "Whether Pending New, Pending Cancel and Pending Replace are reported.",
                    .part = Part::Core,
                    .fallback = "false"});
}

void add_rights(Table& table) {
    table.options.push_back({.path = "sessions[].accounts",
                             .type = Type::Name,
                             .bind = [](Scope& s) -> Target { return &core_of(s).accounts; },
                             .help = "Accounts that the session may trade for. Required, but "
                                     "for drop copy sessions.",
                             .part = Part::Core,
                             .list = true});
    table.options.push_back({.path = "sessions[].default_account",
                             .type = Type::Name,
                             .bind = [](Scope& s) -> Target { return &core_of(s).default_account; },
                             .help = "For messages without Account(1). Without it such messages "
                                     "are refused.",
                             .part = Part::Core});
    const LimitsOf limits = [](Scope& s) -> Limits& { return core_of(s).limits; };
    add_throttle_options(table, "sessions[].", limits);
    add_limit_options(table, "sessions[].", limits);
    add_ratio_options(table, "sessions[].", limits);
    add_execution_option(table, "sessions[].", limits);
    for (const auto& [key, help] :
         {std::pair{LimitKey::MaxRejectRate,
                    "Refusals per second; beyond it the session is killed."},
          std::pair{
              LimitKey::MaxDuplicateRate,
              "Refusals for identical orders per second; beyond it the session is killed."}}) {
        table.options.push_back(
            {.path = "sessions[]." + std::string(to_text(key)),
             .type = Type::Limit,
             .bind = [limits, key = key](Scope& s) -> Target { return &limits(s)[key]; },
             .help = help,
             .part = Part::Core,
             .min = Decimal::kScale});
    }
    table.options.push_back(
        {.path = "sessions[].require_trader",
         .type = Type::Bool,
         .bind = [](Scope& s) -> Target { return &core_of(s).require_trader; },
         .help = "Orders are refused unless SenderSubID(50) is one of the traders.",
         .part = Part::Core,
         .fallback = "false"});
    add_type_options(table, "sessions[].",
                     [](Scope& s) -> PermittedTypes& { return core_of(s).types; });
}

void add_cancel_on_disconnect(Table& table) {
    table.sections.push_back(
        {.path = "sessions[].cancel_on_disconnect",
         .help = "What becomes of open orders when the client is gone: by loss of the connection, "
                 "by Logout(5), or with the gateway's own process.",
         .part = Part::Core});
    const auto wish = [](Scope& s) -> CancelOnDisconnect& {
        return core_of(s).cancel_on_disconnect;
    };
    auto& rows = table.options;
    rows.push_back({.path = "sessions[].cancel_on_disconnect.scope",
                    .type = Type::Word,
                    .bind = [wish](Scope& s) -> Target {
                        return WordRef{reinterpret_cast<std::uint8_t*>(&wish(s).scope)};
                    },
                    .help = "off: they stay; session: the session's orders are canceled; account: "
                            "all orders of its accounts are.",
                    .part = Part::Core,
                    .fallback = "off",
                    .words = {"off", "session", "account"}});
    rows.push_back({.path = "sessions[].cancel_on_disconnect.by_default",
                    .type = Type::Bool,
                    .bind = [wish](Scope& s) -> Target { return &wish(s).by_default; },
                    .help = "Whether it holds when the Logon(A) says nothing about it.",
                    .part = Part::Core,
                    .fallback = "true"});
    rows.push_back({.path = "sessions[].cancel_on_disconnect.good_till",
                    .type = Type::Bool,
                    .bind = [wish](Scope& s) -> Target { return &wish(s).good_till; },
                    .help = "Whether GTC and GTD orders are canceled, too.",
                    .part = Part::Core,
                    .fallback = "false"});
    rows.push_back({.path = "sessions[].cancel_on_disconnect.grace",
                    .type = Type::Interval,
                    .bind = [wish](Scope& s) -> Target { return Nanos{&wish(s).grace_ns}; },
                    .help = "A client that is back within this time finds its orders untouched.",
                    .part = Part::Core,
                    .fallback = "0",
                    .min = 0,
                    .max = 60 * kSecond});
    rows.push_back({.path = "sessions[].cancel_on_disconnect.tag",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &wire_of(s).cancel_tag; },
                    .help = "Field of the Logon(A) by which the client asks for it (Y) or not (N) "
                            "for this connection; 0: there is none.",
                    .fallback = "0",
                    .min = 0,
                    .max = 999'999'999});
}

void add_drop_copy(Table& table) {
    table.sections.push_back(
        {.path = "sessions[].drop_copy",
         .help = "A session that only listens: it receives a copy of the ExecutionReport(8)s of "
                 "others. It needs no accounts and no throttle.",
         .part = Part::Core});
    const auto copy = [](Scope& s) -> DropCopyConfig& { return core_of(s).drop_copy; };
    auto& rows = table.options;
    rows.push_back({.path = "sessions[].drop_copy.enabled",
                    .type = Type::Bool,
                    .bind = [copy](Scope& s) -> Target { return &copy(s).enabled; },
                    .help = "Whether the session is one.",
                    .part = Part::Core,
                    .fallback = "false"});
    const auto list = [&](const char* key, const char* help,
                          std::vector<std::string> DropCopyConfig::*names) {
        rows.push_back({.path = std::string("sessions[].drop_copy.") + key,
                        .type = Type::Name,
                        .bind = [copy, names](Scope& s) -> Target { return &(copy(s).*names); },
                        .help = help,
                        .part = Part::Core,
                        .list = true});
    };
    list("sessions", "Reports of these sessions. Without it: of all.", &DropCopyConfig::sessions);
    list("accounts", "Reports of these accounts. Without it: of all.", &DropCopyConfig::accounts);
    list("venues",
         "Reports of orders at these venues. Without it: at all, and of orders that were "
         "refused before they had one.",
         &DropCopyConfig::venues);
}

}  // namespace

void add_session_options(Table& table) {
    table.sections.push_back({.path = "sessions[]",
                              .help = "FIX sessions of trading clients. A throttle rate is "
                                      "required.",
                              .part = Part::Core,
                              .size = [](Scope& s) { return s.config->sessions.size(); },
                              .append =
                                  [](Scope& s) {
                                      s.config->sessions.emplace_back();
                                      s.config->core.sessions.emplace_back();
                                  }});
    add_identity(table.options);
    add_credentials(table.options);
    add_rights(table);
    add_dialect(table.options);
    add_manners(table);
    add_cancel_on_disconnect(table);
    add_drop_copy(table);
}

}  // namespace sluice::config
