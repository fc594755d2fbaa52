// The scope of a limit or a kill switch as options name it: --account A, --symbol X, --firm.
#pragma once

#include <string>

namespace sluice::app {

struct ScopeOptions {
    std::string account;
    std::string session;
    std::string trader;
    std::string symbol;
    std::string venue;
    std::string group;
    bool firm = false;
};

struct NamedScope {
    std::string scope;  // "account", as the admin API spells it
    std::string name;
    std::string symbol;
    std::string words() const;  // "account DEMO"
    // What an operator types to confirm: the name, the symbol, or "firm".
    std::string confirmation() const;
};

// Exactly one scope, or --account with --symbol for one account's instrument. Throws CliFailure.
NamedScope kill_scope(const ScopeOptions& options);
// Of `risk set NAME --scope S --symbol X`; an empty scope means account, and NAME firm the firm.
NamedScope limit_scope(const std::string& name,
                       const std::string& scope,
                       const std::string& symbol);
// "account DEMO", "instrument AAPL", "firm".
std::string scope_words(const std::string& scope,
                        const std::string& name,
                        const std::string& symbol);

}  // namespace sluice::app
