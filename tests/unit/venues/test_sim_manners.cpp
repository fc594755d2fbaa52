#include <catch2/catch.hpp>

#include "gateway/venues/sim_rules.hpp"
#include "tests/unit/venues/sim_house.hpp"

namespace sluice {
namespace {

using namespace test;

SimConfig with(const SimRule& rule) {
    SimConfig config;
    config.rules.push_back(rule);
    return config;
}

TEST_CASE("a rule matches by symbol, account, price and quantity") {
    VenueRequest request = new_order({1, Side::Buy, 10, "100"});
    SimRule rule;
    CHECK(matches(rule, request));
    rule.symbol = "AB*";
    rule.account = "ACC";
    rule.has_price = true;
    rule.price = px("100");
    rule.min_qty = qty(10);
    rule.has_max_qty = true;
    rule.max_qty = qty(10);
    CHECK(matches(rule, request));
    SECTION("another symbol") {
        request.symbol = SymbolName("XYZ");
    }
    SECTION("another account") {
        request.account = AccountName("ACC2");
    }
    SECTION("another price") {
        request.price = px("100.01");
    }
    SECTION("too little") {
        request.order_qty = qty(9);
    }
    SECTION("too much") {
        request.order_qty = qty(11);
    }
    if (request.order_qty != qty(10) || request.price != px("100") ||
        request.symbol.view() != "ABC" || request.account.view() != "ACC") {
        CHECK_FALSE(matches(rule, request));
    }
}

TEST_CASE("the first rule that matches holds") {
    std::vector<SimRule> rules(2);
    rules[0].symbol = "X*";
    rules[1].delay_ns = 7;
    CHECK(rule_for(rules, new_order({1, Side::Buy, 1, "1"})).delay_ns == 7);
}

TEST_CASE("a delay holds back each answer, and the latency adds to it") {
    SimConfig config = with({.symbol = "ABC", .delay_ns = 50});
    config.latency_ns = 5;
    SimHouse sim(config);
    CHECK(sim.add({1, Side::Buy, 1, "100"}, 1000).empty());
    CHECK(sim.venue.outbox().next_due() == 1055);
    CHECK(sim.given(1054).empty());
    CHECK(sim.given(1055).size() == 1);
    CHECK(sim.events.back().transact_time == UtcNanos{1055});
}

TEST_CASE("an instrument with a delay does not hold up the others") {
    SimHouse sim(with({.symbol = "SLOW", .delay_ns = 50}));
    sim.add({1, Side::Buy, 1, "100", TimeInForce::Day, "SLOW"}, 0);
    CHECK(sim.add({2, Side::Buy, 1, "100"}, 1) == Lines{"2.0 new cum 0 leaves 1"});
    CHECK(sim.given(50) == Lines{"1.0 new cum 0 leaves 1"});
    CHECK(sim.events[0].venue_seq == 1);
    CHECK(sim.events[1].venue_seq == 2);
}

TEST_CASE("an execution comes in slices that add up to it, in whole units") {
    SimHouse sim(with({.min_qty = qty(10), .fill_slices = 4, .slice_gap_ns = 10}));
    sim.add({1, Side::Sell, 9, "100"});
    sim.add({2, Side::Sell, 1, "100"});
    CHECK(sim.add({3, Side::Buy, 10, "100"}) ==
          Lines{"3.0 new cum 0 leaves 10", "3.0 fill 2@100 cum 2 leaves 8",
                "1.0 fill 9@100 cum 9 leaves 0", "2.0 fill 1@100 cum 1 leaves 0"});
    CHECK(sim.given(10) == Lines{"3.0 fill 2@100 cum 4 leaves 6"});
    CHECK(sim.given(30) == Lines{"3.0 fill 2@100 cum 6 leaves 4", "3.0 fill 3@100 cum 9 leaves 1",
                                 "3.0 fill 1@100 cum 10 leaves 0"});
}

TEST_CASE("a silent venue takes the order and never says a word about it") {
    SimHouse sim(with({.symbol = "MUTE", .silent = true}));
    CHECK(sim.add({1, Side::Buy, 1, "100", TimeInForce::Day, "MUTE"}).empty());
    CHECK(sim.send(follow_up(VenueRequestKind::Cancel, 1, 1, 0, "MUTE")).empty());
    CHECK(sim.send(follow_up(VenueRequestKind::Cancel, 2, 1, 0, "MUTE")).empty());
    CHECK(sim.add({3, Side::Sell, 1, "100", TimeInForce::Day, "MUTE"}).empty());
    CHECK(sim.venue.outbox().next_due() == INT64_MAX);
}

TEST_CASE("a refusal has the text that was configured") {
    SimHouse sim(with({.symbol = "ABC", .reject = "halted"}));
    CHECK(sim.add({1, Side::Buy, 1, "100"}) == Lines{"1.0 rejected"});
    CHECK(sim.events.back().text == "halted");
}

TEST_CASE("refused cancels and replaces leave the order as it was") {
    SimHouse sim(with({.reject_cancel = "no", .reject_replace = "not now"}));
    sim.add({1, Side::Buy, 1, "100"});
    CHECK(sim.cancel(1) == Lines{"1.1 cancel-rejected cum 0 leaves 1"});
    CHECK_FALSE(sim.events.back().has(venue_event_flag::kTooLate));
    CHECK(sim.replace(1, 5, "101") == Lines{"1.1 replace-rejected cum 0 leaves 1"});
    CHECK(sim.venue.book("ABC")->best(true) == px("100"));
}

TEST_CASE("an execution that is said twice has the same ExecID") {
    SimHouse sim(with({.symbol = "ABC", .duplicate_fills = true}));
    sim.add({1, Side::Sell, 1, "100"});
    CHECK(sim.add({2, Side::Buy, 1, "100"}).size() == 5);
    CHECK(sim.events[2].venue_exec_id == sim.events[3].venue_exec_id);
    CHECK(sim.events[2].venue_seq != sim.events[3].venue_seq);
}

TEST_CASE("an order may be canceled by the venue right after it was accepted") {
    SimHouse sim(with({.cancel_after_ack = true}));
    CHECK(sim.add({1, Side::Buy, 1, "100"}) ==
          Lines{"1.0 new cum 0 leaves 1", "1.0 canceled cum 0 leaves 0"});
    CHECK(sim.venue.working() == 0);
}

}  // namespace
}  // namespace sluice
