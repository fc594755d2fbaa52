#include <catch2/catch.hpp>

#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

std::string new_order(int n) {
    return "35=D|55=ACME|54=1|38=1|40=2|44=10|11=N" + std::to_string(n);
}

// Counts, per input, how many requests were journaled.
std::size_t most_requests_of_one_input(const MemoryLog& log) {
    std::map<std::uint64_t, std::size_t> counts;
    std::size_t most = 0;
    for (std::size_t i = 0; i < log.records.size(); ++i) {
        if (log.records[i].meta.type == journal::RecordType::Egress) {
            most = std::max(most, ++counts[log.frame(i).head<VenueRequest>()->cause]);
        }
    }
    return most;
}

TEST_CASE("a kill switch with cancel sends its cancels in slices until every order has one") {
    TestHouse house([](CoreConfig& config) { config.venues[0].max_in_flight = 200; });
    for (int n = 0; n < 100; ++n) {
        house.client(new_order(n));
        house.venue("35=8|150=0|11=N" + std::to_string(n));
    }
    house.forget_outputs();
    house.kill(ScopeKind::Firm, "", KillChange::Action::KillAndCancel);
    CHECK(house.requests_waiting() == 100);
    CHECK(most_requests_of_one_input(house.log()) == 32);
    CHECK_FALSE(house.core().wants_tick());
    const auto reply = house.next_reply();
    CHECK(reply.ok);
    CHECK(reply.affected == 100);
    CHECK(house.defects() == "");
}

TEST_CASE("a kill switch's cancels wait for credit without ticking, and go on when it returns") {
    TestHouse house([](CoreConfig& config) { config.venues[0].max_in_flight = 3; });
    for (int n = 0; n < 5; ++n) {
        house.client(new_order(n));
        house.venue("35=8|150=0|11=N" + std::to_string(n));
    }
    house.forget_outputs();
    house.kill(ScopeKind::Firm, "", KillChange::Action::KillAndCancel);
    CHECK(house.requests_waiting() == 3);
    CHECK_FALSE(house.core().wants_tick());
    house.venue("35=8|150=4|11=KILL1");
    CHECK(house.requests_waiting() == 4);
    house.venue("35=8|150=4|11=KILL2");
    CHECK(house.requests_waiting() == 5);
    CHECK(house.defects() == "");
}

TEST_CASE("the cancels of a kill switch reach a venue that was down when it comes back") {
    TestHouse house;
    house.client(new_order(1));
    house.venue("35=8|150=0|11=N1");
    house.venue_session(false);
    house.forget_outputs();
    house.kill(ScopeKind::Account, "ACC1", KillChange::Action::KillAndCancel);
    CHECK(house.requests_waiting() == 0);
    house.venue_session(true);
    CHECK(house.next_venue_request() == "35=F|11=KILL1");
    CHECK(house.defects() == "");
}

TEST_CASE("a resumed scope's cancels are not sent any more") {
    TestHouse house;
    house.client(new_order(1));
    house.venue_session(false);
    house.kill(ScopeKind::Firm, "", KillChange::Action::KillAndCancel);
    house.kill(ScopeKind::Firm, "", KillChange::Action::Resume);
    house.forget_outputs();
    house.venue_session(true);
    CHECK(house.requests_waiting() == 0);
    house.client(new_order(2));
    CHECK(house.next_venue_request() == "35=D|11=N2");
}

TEST_CASE("the answer to a changed limit says what it was and what it is") {
    TestHouse house;
    house.set_limit(ScopeKind::Account, "ACC1", LimitKey::MaxOrderQty, "10000");
    (void)house.next_reply();
    house.set_limit(ScopeKind::Account, "ACC1", LimitKey::MaxOrderQty, "25000");
    const auto reply = house.next_reply();
    CHECK(reply.ok);
    CHECK(std::string(reply.text.view()).find("10000 -> 25000") != std::string::npos);
    house.set_limit(ScopeKind::Account, "NOBODY", LimitKey::MaxOrderQty, "1");
    CHECK_FALSE(house.next_reply().ok);
}

TEST_CASE("while the journal is behind, new orders and replaces are refused and cancels pass") {
    TestHouse house;
    house.client(new_order(1));
    house.venue("35=8|150=0|11=N1");
    house.forget_outputs();
    house.stage().set_journal_stalled(true);
    house.poll();
    CHECK(house.core().halted());
    house.client(new_order(2));
    CHECK(house.next_report() == "35=j|11=N2|why=GATEWAY_HALTED");
    house.client("35=G|11=G1|41=N1|55=ACME|54=1|38=2|40=2|44=10");
    CHECK(house.next_report() == "35=j|11=G1|why=GATEWAY_HALTED");
    house.client("35=F|11=C1|41=N1|55=ACME|54=1");
    CHECK(house.next_venue_request() == "35=F|11=C1");
    house.stage().set_journal_stalled(false);
    house.poll();
    house.client(new_order(2));  // the id was not used up
    CHECK(house.next_venue_request() == "35=D|11=N2");
    CHECK(house.defects() == "");
}

TEST_CASE("the journal's halt leaves an operator's kill switch as it is") {
    TestHouse house;
    house.kill(ScopeKind::Firm, "", KillChange::Action::Kill);
    house.stage().set_journal_stalled(true);
    house.poll();
    house.stage().set_journal_stalled(false);
    house.poll();
    house.client(new_order(1));
    CHECK(house.next_report() == "35=8|150=8|why=KILLED");
}

TEST_CASE("a day roll forgets what is over and keeps what lives") {
    TestHouse house;
    house.client(new_order(1));
    house.client(new_order(2));
    house.venue("35=8|150=F|11=N1|32=1");
    house.venue("35=8|150=0|11=N2");
    house.input(DayRoll{7});
    CHECK(house.order("N1") == nullptr);
    REQUIRE(house.order("N2") != nullptr);
    house.forget_outputs();
    house.venue("35=8|150=F|11=N2|32=1");
    CHECK(house.next_report() == "35=8|11=N2|150=F|39=2");
    CHECK(house.defects() == "");
}

TEST_CASE("a new configuration applies between two messages and live orders stay") {
    TestHouse house;
    house.client(new_order(1));
    house.venue("35=8|150=0|11=N1");
    house.forget_outputs();
    house.reconfigure([](CoreConfig& config) {
        config.accounts[0].limits[LimitKey::MaxOrderQty] =
            LimitValue::number(Decimal::from_units(Decimal::kScale / 2));
    });
    house.client(new_order(2));
    CHECK(house.next_report() == "35=8|150=8|why=MAX_ORDER_QTY");
    house.venue("35=8|150=F|11=N1|32=1");
    CHECK(house.next_report() == "35=8|11=N1|150=F|39=2");
    CHECK(house.defects() == "");
}

}  // namespace
}  // namespace sluice::test
