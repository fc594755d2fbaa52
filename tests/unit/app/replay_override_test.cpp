#include <catch2/catch.hpp>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/replay_command.hpp"

using namespace sluice;
using namespace sluice::app;

TEST_CASE("a what-if names scope, owner, limit and value") {
    const LimitOverride limit = parse_override("account.DEMO.max_order_notional=15000");
    CHECK(limit.scope == ScopeKind::Account);
    CHECK(limit.scope_name.view() == "DEMO");
    CHECK(limit.key == LimitKey::MaxOrderNotional);
    CHECK(limit.value.value == Decimal::from_int(15'000));
}

TEST_CASE("without a scope the owner is an account") {
    CHECK(parse_override("DEMO.max_order_qty=5").scope == ScopeKind::Account);
    CHECK(parse_override("DEMO.max_order_qty=5").scope_name.view() == "DEMO");
}

TEST_CASE("an account's name may hold dots") {
    CHECK(parse_override("account.DESK.1.max_order_qty=5").scope_name.view() == "DESK.1");
}

TEST_CASE("a slash names an account's instrument") {
    const LimitOverride limit = parse_override("account.DEMO/AAPL.max_long=unlimited");
    CHECK(limit.scope == ScopeKind::AccountInstrument);
    CHECK(limit.scope_name.view() == "DEMO");
    CHECK(limit.symbol.view() == "AAPL");
    CHECK(limit.value == LimitValue::unlimited());
}

TEST_CASE("firm and instrument limits name no account") {
    CHECK(parse_override("firm.max_open_orders=1").scope == ScopeKind::Firm);
    CHECK(parse_override("firm.max_open_orders=1").scope_name.empty());
    CHECK(parse_override("instrument.AAPL.collar_bps=50").symbol.view() == "AAPL");
}

TEST_CASE("what cannot be a limit is a usage error") {
    const std::string text = GENERATE(
        as<std::string>{}, "", "max_order_qty=1", "DEMO.max_order_qty", "DEMO.max_order_qti=1",
        "DEMO.max_order_qty=1e5",
        "DEMO.max_order_qty=", "account.A_NAME_OF_MORE_THAN_24_CHARACTERS.max_order_qty=1");
    CHECK_THROWS_AS(parse_override(text), CliFailure);
}
