// What an account may still do: switches that are independent of each other, and credit that cannot
// be counted.
#include <catch2/catch.hpp>

#include "tests/unit/risk/desk.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("ending the kill of one scope leaves the kills of the scopes above it") {
    CoreConfig config = plain_config();
    config.groups.push_back({"DESK", "", {}});
    config.accounts[0].group = "DESK";
    Desk desk(config);
    REQUIRE(desk.kill(ScopeKind::Firm, "", "").ok);
    REQUIRE(desk.kill(ScopeKind::Group, "DESK", "").ok);
    REQUIRE(desk.kill(ScopeKind::Account, "ACC1", "").ok);

    REQUIRE(desk.kill(ScopeKind::Account, "ACC1", "", KillChange::Action::Resume).ok);

    const Assessment refused = desk.enter({"A1", Side::Buy, "1", "10.00"});
    CHECK(refused.reason == RejectReason::Killed);
    CHECK(refused.breach.scope.kind == ScopeKind::Firm);
    CHECK(desk.risk.state_in({ScopeKind::Group, 0, kNoIndex}) == TradingState::Killed);
    CHECK(desk.risk.state_in({ScopeKind::Account, 0, kNoIndex}) == TradingState::Active);
}

TEST_CASE("a position that cannot be valued uses up all credit") {
    CoreConfig config = plain_config();
    config.accounts[0].limits[LimitKey::Credit] = LimitValue::number(dec("1000000"));
    InstrumentConfig foreign;
    foreign.symbol = "YEN";
    foreign.currency = "JPY";
    config.instruments.push_back(foreign);
    Desk desk(config);
    REQUIRE(desk.enter({"A1", Side::Buy, "1", "10.00"}).accepted());

    const Booked booked = desk.risk.on_unmatched_fill({0}, {1}, Side::Buy, qty("1"), px("10.00"));

    CHECK(booked == Booked::Degraded);
    const Assessment refused = desk.enter({"A2", Side::Buy, "1", "10.00"});
    CHECK(refused.reason == RejectReason::Credit);
    CHECK(refused.breach.words == "credit_limit: a position has no mark price");
}
