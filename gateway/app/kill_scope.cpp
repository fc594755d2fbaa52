#include "gateway/app/kill_scope.hpp"

#include <vector>

#include <fmt/format.h>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/nearest_word.hpp"
#include "gateway/domain/limits.hpp"

namespace sluice::app {

std::string NamedScope::words() const {
    return scope_words(scope, name, symbol);
}

std::string NamedScope::confirmation() const {
    return scope == "firm" ? scope : name.empty() ? symbol : name;
}

NamedScope kill_scope(const ScopeOptions& options) {
    std::vector<NamedScope> named;
    const auto add = [&named](const char* scope, const std::string& name) {
        if (!name.empty()) {
            named.push_back({scope, name, {}});
        }
    };
    add("account", options.account);
    add("session", options.session);
    add("trader", options.trader);
    add("venue", options.venue);
    add("group", options.group);
    if (options.firm) {
        named.push_back({"firm", {}, {}});
    }
    if (!options.symbol.empty()) {
        if (named.size() == 1 && named[0].scope == "account") {
            return {"account_instrument", options.account, options.symbol};
        }
        named.push_back({"instrument", {}, options.symbol});
    }
    if (named.size() != 1) {
        throw CliFailure{
            kUsage,
            "expected one of --account, --session, --trader, --symbol, --venue, --group, --firm "
            "(or --account with --symbol)",
            "sluice kill --help"};
    }
    return named[0];
}

NamedScope limit_scope(const std::string& name,
                       const std::string& scope,
                       const std::string& symbol) {
    NamedScope out{scope, name, symbol};
    if (scope.empty()) {
        out.scope = name == "firm" ? "firm" : symbol.empty() ? "account" : "account_instrument";
    }
    if (!scope_kind(out.scope)) {
        throw CliFailure{kUsage,
                         fmt::format("no scope '{}'.{}", scope,
                                     did_you_mean(scope, {"firm", "group", "session", "account",
                                                          "instrument", "account_instrument"})),
                         "sluice risk set --help"};
    }
    if (out.scope == "firm") {
        out.name.clear();
    }
    if (out.scope == "instrument" && out.symbol.empty()) {
        std::swap(out.name, out.symbol);
    } else if (out.scope == "instrument") {
        out.name.clear();
    }
    if (out.scope == "account_instrument" && out.symbol.empty()) {
        throw CliFailure{kUsage, "the scope account_instrument needs --symbol", {}};
    }
    return out;
}

std::string scope_words(const std::string& scope,
                        const std::string& name,
                        const std::string& symbol) {
    std::string words = scope == "account_instrument" ? "account" : scope;
    words += name.empty() ? "" : " " + name;
    words += symbol.empty() ? "" : " " + symbol;
    return words;
}

}  // namespace sluice::app
