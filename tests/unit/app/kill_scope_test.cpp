#include "gateway/app/kill_scope.hpp"

#include <catch2/catch.hpp>

#include "gateway/app/cli_failure.hpp"

using namespace sluice::app;

TEST_CASE("one scope option names the scope of a kill switch") {
    ScopeOptions options;
    options.account = "DEMO";
    const NamedScope scope = kill_scope(options);
    CHECK(scope.scope == "account");
    CHECK(scope.words() == "account DEMO");
    CHECK(scope.confirmation() == "DEMO");
}

TEST_CASE("a symbol alone is an instrument, and with an account one account's instrument") {
    ScopeOptions options;
    options.symbol = "AAPL";
    CHECK(kill_scope(options).scope == "instrument");
    CHECK(kill_scope(options).confirmation() == "AAPL");
    options.account = "DEMO";
    CHECK(kill_scope(options).scope == "account_instrument");
    CHECK(kill_scope(options).words() == "account DEMO AAPL");
}

TEST_CASE("the firm is confirmed by its own word") {
    ScopeOptions options;
    options.firm = true;
    CHECK(kill_scope(options).confirmation() == "firm");
}

TEST_CASE("no scope, or two, is a usage error and never the whole firm") {
    ScopeOptions options;
    CHECK_THROWS_AS(kill_scope(options), CliFailure);
    options.account = "DEMO";
    options.session = "TRADER1";
    CHECK_THROWS_AS(kill_scope(options), CliFailure);
    options = {};
    options.venue = "SIM";
    options.symbol = "AAPL";
    CHECK_THROWS_AS(kill_scope(options), CliFailure);
}

TEST_CASE("a limit is an account's unless the scope says otherwise") {
    CHECK(limit_scope("DEMO", "", "").scope == "account");
    CHECK(limit_scope("DEMO", "", "AAPL").scope == "account_instrument");
    CHECK(limit_scope("firm", "", "").scope == "firm");
    CHECK(limit_scope("firm", "", "").name.empty());
    CHECK(limit_scope("TRADER1", "session", "").scope == "session");
}

TEST_CASE("an instrument's limit names it as NAME or as --symbol") {
    CHECK(limit_scope("AAPL", "instrument", "").symbol == "AAPL");
    CHECK(limit_scope("AAPL", "instrument", "").name.empty());
    CHECK(limit_scope("any", "instrument", "AAPL").symbol == "AAPL");
    CHECK(limit_scope("any", "instrument", "AAPL").name.empty());
}

TEST_CASE("an unknown scope is a usage error that names the nearest") {
    try {
        limit_scope("DEMO", "acount", "");
        FAIL("was taken");
    } catch (const CliFailure& failure) {
        CHECK(failure.exit_code == kUsage);
        CHECK(failure.text.find("Did you mean 'account'?") != std::string::npos);
    }
}
