#include <catch2/catch.hpp>

#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

constexpr const char* kNew = "35=D|55=ACME|54=1|38=1|40=2|44=10|11=";

AdminReply told(TestHouse& house, const Event& event) {
    house.admin(event);
    return house.next_reply();
}

TEST_CASE("a market's phase and an instrument's status are inputs, and replay alike") {
    TestHouse house([](CoreConfig& config) {
        MarketConfig market;
        market.id = "XNYS";
        market.accepts[static_cast<std::size_t>(Phase::Continuous)] =
            default_types(Phase::Continuous);
        config.markets.push_back(market);
        for (InstrumentConfig& instrument : config.instruments) {
            instrument.market = "XNYS";
        }
    });
    house.client(std::string(kNew) + "A1");
    CHECK(house.next_report() == "150=8|11=A1|why=SESSION_CLOSED");
    PhaseChange open;
    open.market = Name("XNYS");
    open.phase = Phase::Continuous;
    CHECK(told(house, open).ok);
    house.client(std::string(kNew) + "A2");
    CHECK(house.next_venue_request() == "35=D|11=A2");
    StatusChange halt;
    halt.symbol = SymbolName("ACME");
    halt.status = TradingStatus::Halted;
    CHECK(told(house, halt).ok);
    house.client(std::string(kNew) + "A3");
    CHECK(house.next_report() == "150=8|11=A3|why=HALTED");
    house.restart();
    house.client(std::string(kNew) + "A4");
    CHECK(house.next_report() == "150=8|11=A4|why=HALTED");
    CHECK(house.defects() == "");
}

TEST_CASE("a limit for a time ends by itself, without any traffic, and replays alike") {
    TestHouse house;
    LimitChange change;
    change.scope = ScopeKind::Account;
    change.scope_name = Name("ACC1");
    change.key = LimitKey::MaxOrderQty;
    change.state = LimitValue::State::Number;
    change.value = Decimal::from_int(5);
    change.until = UtcNanos{house.now().value + kNanosPerSecond};
    REQUIRE(told(house, change).ok);
    house.client("35=D|55=ACME|54=1|38=6|40=2|44=10|11=A1");
    CHECK(house.next_report() == "150=8|11=A1|why=MAX_ORDER_QTY");
    house.pass(2);
    CHECK(house.core().next_deadline().value == INT64_MAX);
    house.client("35=D|55=ACME|54=1|38=6|40=2|44=10|11=A2");
    CHECK(house.next_venue_request() == "35=D|11=A2");
    CHECK(house.defects() == "");
}

TEST_CASE("rates, positions and tickets are inputs that replay alike") {
    TestHouse house;
    PositionLoad load;
    load.account = Name("ACC1");
    load.symbol = SymbolName("ACME");
    load.position = Decimal::from_int(7);
    CHECK(told(house, load).ok);
    load.position = Decimal::from_int(9);
    CHECK_FALSE(told(house, load).ok);
    house.client(std::string(kNew) + "A1");
    CHECK(house.next_report() == "150=8|11=A1|why=KILLED");
    load.action = PositionLoad::Action::Accept;
    CHECK(told(house, load).ok);
    house.client(std::string(kNew) + "A2");
    CHECK(house.next_venue_request() == "35=D|11=A2");
    FxUpdate rate;
    rate.from = Text<3>("ZZZ");
    rate.to = Text<3>("USD");
    rate.rate = Decimal::from_int(2);
    CHECK_FALSE(told(house, rate).ok);
    OverrideTicket ticket;
    ticket.account = Name("ACC1");
    ticket.symbol = SymbolName("ACME");
    ticket.side = Side::Buy;
    ticket.max_qty = Quantity::from_int(100);
    ticket.bound = Price::from_int(10);
    ticket.lifts = std::uint64_t{1} << static_cast<unsigned>(RejectReason::MaxOrderQty);
    ticket.who = Name("alice");
    ticket.expires = UtcNanos{house.now().value + 60 * kNanosPerSecond};
    const AdminReply alone = told(house, ticket);
    CHECK_FALSE(alone.ok);
    CHECK(alone.needs_approval);
    ticket.approver = Name("bob");
    CHECK(told(house, ticket).ok);
    CHECK(house.defects() == "");
}

TEST_CASE("a changed configuration holds orders back until it is accepted, and cancels pass") {
    TestHouse house;
    house.client(std::string(kNew) + "A1");
    house.venue("35=8|150=0|11=A1");
    house.forget_outputs();
    KillChange gate;
    gate.who = Name(kConfigWho);
    CHECK(told(house, gate).ok);
    house.client(std::string(kNew) + "A2");
    CHECK(house.next_report() == "150=8|11=A2|why=KILLED");
    house.client("35=F|11=C1|41=A1|55=ACME|54=1");
    CHECK(house.next_venue_request() == "35=F|11=C1");
    KillChange accept;
    accept.action = KillChange::Action::AcceptConfig;
    accept.who = Name("alice");
    CHECK(told(house, accept).ok);
    house.client(std::string(kNew) + "A3");
    CHECK(house.next_venue_request() == "35=D|11=A3");
    CHECK(house.defects() == "");
}

TEST_CASE("with two people a killed firm is resumed by nobody alone") {
    TestHouse house([](CoreConfig& config) { config.two_person = true; });
    house.kill(ScopeKind::Firm, "", KillChange::Action::Kill);
    house.forget_outputs();
    KillChange resume;
    resume.action = KillChange::Action::Resume;
    resume.who = Name("alice");
    resume.approver = Name("alice");
    CHECK(told(house, resume).needs_approval);
    resume.approver = Name("bob");
    CHECK(told(house, resume).ok);
    house.client(std::string(kNew) + "A1");
    CHECK(house.next_venue_request() == "35=D|11=A1");
}

TEST_CASE("sums are audited every so many inputs and hold") {
    TestHouse house([](CoreConfig& config) { config.audit_every = 2; });
    for (int n = 0; n < 20; ++n) {
        house.client(std::string(kNew) + std::to_string(n));
    }
    CHECK_FALSE(house.core().risk().is_killed({ScopeKind::Firm, kNoIndex, kNoIndex}));
    CHECK(house.requests_waiting() == 20);
    CHECK(house.defects() == "");
}

}  // namespace
}  // namespace sluice::test
