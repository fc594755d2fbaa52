#include "gateway/app/risk_command.hpp"

#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/nearest_word.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/risk/limit_book.hpp"

namespace sluice::app {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> limit_names() {
    std::vector<std::string> names;
    for (std::size_t i = 1; i < kLimitKeys; ++i) {
        names.emplace_back(to_text(static_cast<LimitKey>(i)));
    }
    return names;
}

Json scope_body(const NamedScope& scope) {
    return {{"scope", scope.scope}, {"name", scope.name}, {"symbol", scope.symbol}};
}

std::string dash(const std::string& text) {
    return text.empty() ? "-" : text;
}

void print_limits(const Json& limits) {
    Table table({{"scope", "SCOPE"},
                 {"name", "NAME"},
                 {"symbol", "SYMBOL"},
                 {"key", "LIMIT"},
                 {"value", "VALUE", true}});
    for (const Json& row : limits) {
        table.add({cell(row, "scope"), dash(cell(row, "name")), dash(cell(row, "symbol")),
                   cell(row, "key"), cell(row, "value")});
    }
    print(table.empty() ? "no limits set\n" : table.text());
}

void print_accounts(const Json& exposure) {
    Table table({{"account", "ACCOUNT"},
                 {"open_orders", "OPEN", true},
                 {"executed", "EXECUTED", true},
                 {"reserved", "RESERVED", true},
                 {"gross", "GROSS", true},
                 {"net_executed", "NET EXECUTED", true}});
    for (const Json& row : exposure) {
        if (cell(row, "symbol").empty()) {
            table.add({cell(row, "account"), cell(row, "open_orders"), cell(row, "executed"),
                       cell(row, "reserved"), cell(row, "gross"), cell(row, "net_executed")});
        }
    }
    print(table.empty() ? "" : "\n" + table.text());
}

void print_positions(const Json& exposure) {
    Table table({{"account", "ACCOUNT"},
                 {"symbol", "SYMBOL"},
                 {"position", "POSITION", true},
                 {"open_buy", "OPEN BUY", true},
                 {"open_sell", "OPEN SELL", true},
                 {"worst_long", "WORST LONG", true},
                 {"worst_short", "WORST SHORT", true}});
    for (const Json& row : exposure) {
        if (!cell(row, "symbol").empty()) {
            table.add({cell(row, "account"), cell(row, "symbol"), cell(row, "position"),
                       cell(row, "open_buy"), cell(row, "open_sell"), cell(row, "worst_long"),
                       cell(row, "worst_short")});
        }
    }
    print(table.empty() ? "" : "\n" + table.text());
}

struct Setting {
    std::string key;
    std::string value;
};

Setting parse_setting(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
        throw CliFailure{
            kUsage, fmt::format("'{}' is not KEY=VALUE, such as max_order_qty=2500", text), {}};
    }
    Setting setting{text.substr(0, equals), text.substr(equals + 1)};
    if (!limit_key(setting.key)) {
        throw CliFailure{kUsage,
                         fmt::format("unknown limit '{}'.{}", setting.key,
                                     did_you_mean(setting.key, limit_names())),
                         "sluice risk list --keys"};
    }
    return setting;
}

// How many open orders a kill switch would cover, as far as orders can be asked by its scope.
std::string open_orders(const GatewayCalls& gateway, const NamedScope& scope) {
    if (scope.scope == "firm") {
        return cell(gateway.get("/status"), "open_orders");
    }
    if (scope.scope == "venue" || scope.scope == "group") {
        return {};
    }
    const Json open =
        gateway.get("/orders", {{"session", scope.scope == "session" ? scope.name : ""},
                                {"account", scope.scope != "session" ? scope.name : ""},
                                {"symbol", scope.symbol},
                                {"state", "open"},
                                {"limit", "10000"}});
    return std::to_string(open.size()) + (open.size() == 10'000 ? " or more" : "");
}

std::string question(const GatewayCalls& gateway, const KillRequest& request) {
    const std::string open = open_orders(gateway, request.scope);
    return fmt::format(
        "This blocks new and replace orders for {}{}.", request.scope.words(),
        request.cancel_open ? fmt::format(" and cancels {}",
                                          open.empty() ? "its open orders" : open + " open orders")
        : open.empty()      ? std::string()
                            : fmt::format("; {} open orders stay, and can be canceled", open));
}

}  // namespace

int list_risk(const GatewayCalls& gateway, const std::string& name, OutputFormat format) {
    const Json risk = gateway.get("/risk", {{"name", name}});
    if (format == OutputFormat::Json) {
        print(risk.dump(2) + "\n");
        return kOk;
    }
    print(fmt::format("limits v{}\n", cell(risk, "config_version")));
    print_limits(risk.at("limits"));
    print_accounts(risk.at("exposure"));
    print_positions(risk.at("exposure"));
    for (const Json& kill : risk.at("kill_switches")) {
        print(fmt::format(
            "\n{} {}\n", cell(kill, "state") == "reduce only" ? "REDUCE ONLY" : "KILLED",
            scope_words(cell(kill, "scope"), cell(kill, "name"), cell(kill, "symbol"))));
    }
    return kOk;
}

int list_limit_keys(OutputFormat format) {
    Table table({{"key", "LIMIT"}, {"scopes", "SCOPES"}});
    for (const std::string& name : limit_names()) {
        std::string scopes;
        for (const ScopeKind scope :
             {ScopeKind::Firm, ScopeKind::Group, ScopeKind::Session, ScopeKind::Trader,
              ScopeKind::Account, ScopeKind::Instrument, ScopeKind::AccountInstrument}) {
            if (limit_applies(scope, *limit_key(name))) {
                scopes += (scopes.empty() ? "" : " ") + std::string(to_text(scope));
            }
        }
        table.add({name, scopes});
    }
    print(table.as(format));
    return kOk;
}

int set_limits(const GatewayCalls& gateway, const LimitRequest& request) {
    if (request.reason.empty() && !request.dry_run) {
        throw CliFailure{
            kUsage, "a change needs --reason TEXT; --dry-run shows what it would do", {}};
    }
    std::vector<Setting> settings;
    for (const std::string& text : request.settings) {
        settings.push_back(parse_setting(text));
    }
    for (const Setting& setting : settings) {
        Json body = scope_body(request.scope);
        body["key"] = setting.key;
        body["value"] = setting.value;
        body["reason"] = request.reason;
        body["dry_run"] = request.dry_run;
        body["for_seconds"] = std::to_string(request.for_seconds);
        const Json answer = gateway.post("/risk/limits", body);
        if (answer.contains("pending")) {
            print(cell(answer, "text") + "\n");
            continue;
        }
        print(fmt::format("{}{}\n", cell(answer, "text"),
                          request.dry_run ? "   (dry run: nothing was changed)"
                                          : "   journal " + cell(answer, "seq")));
    }
    return kOk;
}

int kill_trading(const GatewayCalls& gateway, const KillRequest& request) {
    if (!request.yes) {
        confirm(question(gateway, request), request.scope.confirmation(), false);
    }
    Json body = scope_body(request.scope);
    body["cancel_open"] = request.cancel_open;
    body["reduce_only"] = request.reduce_only;
    body["reason"] = request.reason;
    const auto before = std::chrono::steady_clock::now();
    const Json answer = gateway.post("/kill", body);
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - before;
    print(fmt::format("{} {} in {:.1f} ms   {} {}   journal {}\n",
                      request.reduce_only ? "REDUCE ONLY" : "KILLED", request.scope.words(),
                      took.count(), request.cancel_open ? "cancels sent" : "orders still open",
                      cell(answer, "affected"), cell(answer, "seq")));
    return kOk;
}

int resume_trading(const GatewayCalls& gateway,
                   const NamedScope& scope,
                   const std::string& reason) {
    Json body = scope_body(scope);
    body["reason"] = reason;
    const Json answer = gateway.post("/resume", body);
    if (answer.contains("pending")) {
        print(cell(answer, "text") + "\n");
        return kOk;
    }
    print(fmt::format("RESUMED {}   orders stay canceled   journal {}\n", scope.words(),
                      cell(answer, "seq")));
    return kOk;
}

int approve_change(const GatewayCalls& gateway, const std::string& number) {
    const Json answer = gateway.post("/approve", {{"number", number}});
    print(fmt::format("{}   journal {}\n", cell(answer, "text"), cell(answer, "seq")));
    return kOk;
}

int rearm(const GatewayCalls& gateway, const NamedScope& scope, const std::string& reason) {
    Json body = scope_body(scope);
    body["reason"] = reason;
    const Json answer = gateway.post("/rearm", body);
    print(fmt::format("{}   journal {}\n", cell(answer, "text"), cell(answer, "seq")));
    return kOk;
}

int accept_config(const GatewayCalls& gateway, const std::string& reason) {
    const Json answer = gateway.post("/config-accept", {{"reason", reason}});
    print(fmt::format("{}   journal {}\n", cell(answer, "text"), cell(answer, "seq")));
    return kOk;
}

}  // namespace sluice::app
