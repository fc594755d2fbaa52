#include <catch2/catch.hpp>

#include "tests/unit/venues/sim_house.hpp"

namespace sluice {
namespace {

using namespace test;

TEST_CASE("an order that meets nothing is accepted and rests") {
    SimHouse sim;
    CHECK(sim.add({1, Side::Buy, 10, "100"}) == Lines{"1.0 new cum 0 leaves 10"});
    CHECK(sim.venue.book("ABC")->best(true) == px("100"));
    CHECK(sim.events[0].venue_order_id == "SIM-1");
    CHECK(sim.events[0].venue_exec_id == "X1");
    CHECK(sim.events[0].venue_seq == 1);
}

TEST_CASE("both sides of an execution are told, at the price of the resting order") {
    SimHouse sim;
    sim.add({1, Side::Sell, 10, "100"});
    CHECK(sim.add({2, Side::Buy, 4, "101"}) == Lines{"2.0 new cum 0 leaves 4",
                                                     "2.0 fill 4@100 cum 4 leaves 0",
                                                     "1.0 fill 4@100 cum 4 leaves 6"});
    CHECK(sim.venue.working() == 1);
}

TEST_CASE("what does not trade at once rests with its leaves") {
    SimHouse sim;
    sim.add({1, Side::Sell, 3, "100"});
    sim.add({2, Side::Buy, 10, "100"});
    CHECK(sim.add({3, Side::Sell, 7, "100"}) == Lines{"3.0 new cum 0 leaves 7",
                                                      "3.0 fill 7@100 cum 7 leaves 0",
                                                      "2.0 fill 7@100 cum 10 leaves 0"});
    CHECK(sim.venue.working() == 0);
}

TEST_CASE("an immediate-or-cancel order never rests") {
    SimHouse sim;
    sim.add({1, Side::Sell, 3, "100"});
    CHECK(sim.add({2, Side::Buy, 10, "100", TimeInForce::ImmediateOrCancel}) ==
          Lines{"2.0 new cum 0 leaves 10", "2.0 fill 3@100 cum 3 leaves 7",
                "1.0 fill 3@100 cum 3 leaves 0", "2.0 canceled cum 3 leaves 0"});
    CHECK_FALSE(sim.venue.book("ABC")->best(true));
}

TEST_CASE("a fill-or-kill order trades in full or not at all") {
    SimHouse sim;
    sim.add({1, Side::Sell, 3, "100"});
    CHECK(sim.add({2, Side::Buy, 4, "100", TimeInForce::FillOrKill}) ==
          Lines{"2.0 new cum 0 leaves 4", "2.0 canceled cum 0 leaves 0"});
    CHECK(sim.add({3, Side::Buy, 3, "100", TimeInForce::FillOrKill}).size() == 3);
}

TEST_CASE("a market order takes any price, and its rest is canceled") {
    SimHouse sim;
    sim.add({1, Side::Sell, 3, "100"});
    sim.add({2, Side::Sell, 3, "500"});
    const Lines lines = sim.add({3, Side::Buy, 8, ""});
    CHECK(lines.back() == "3.0 canceled cum 6 leaves 0");
    CHECK(sim.venue.working() == 0);
}

TEST_CASE("instruments do not trade with each other") {
    SimHouse sim;
    sim.add({1, Side::Sell, 3, "100", TimeInForce::Day, "ABC"});
    CHECK(sim.add({2, Side::Buy, 3, "100", TimeInForce::Day, "XYZ"}).size() == 1);
}

TEST_CASE("a stop order waits for its price to trade") {
    SimHouse sim;
    sim.add({1, Side::Sell, 5, "100"});
    sim.add({2, Side::Sell, 5, "101"});
    CHECK(sim.add({3, Side::Buy, 5, "", TimeInForce::Day, "ABC", "100"}) ==
          Lines{"3.0 new cum 0 leaves 5"});
    const Lines lines = sim.add({4, Side::Buy, 5, "100"});
    CHECK(lines == Lines{"4.0 new cum 0 leaves 5", "4.0 fill 5@100 cum 5 leaves 0",
                         "1.0 fill 5@100 cum 5 leaves 0", "3.0 triggered cum 0 leaves 5",
                         "3.0 fill 5@101 cum 5 leaves 0", "2.0 fill 5@101 cum 5 leaves 0"});
}

TEST_CASE("a triggered stop-limit order keeps to its limit") {
    SimHouse sim;
    sim.add({1, Side::Buy, 5, "100"});
    sim.add({2, Side::Sell, 5, "99.5", TimeInForce::Day, "ABC", "100"});
    sim.add({3, Side::Sell, 5, "100"});
    CHECK(sim.venue.book("ABC")->best(false) == px("99.5"));
}

TEST_CASE("a venue that is full refuses new orders and goes on") {
    SimConfig config;
    config.max_orders = 1;
    SimHouse sim(config);
    sim.add({1, Side::Buy, 1, "100"});
    CHECK(sim.add({2, Side::Buy, 1, "100"}) == Lines{"2.0 rejected"});
    sim.cancel(1);
    CHECK(sim.add({3, Side::Buy, 1, "100"}) == Lines{"3.0 new cum 0 leaves 1"});
}

TEST_CASE("with any_symbol off, only configured instruments are taken") {
    SimConfig config;
    config.any_symbol = false;
    config.books = {{"ABC", {}, {}, -1}};
    SimHouse sim(config);
    CHECK(sim.add({1, Side::Buy, 1, "1"}).size() == 1);
    CHECK(sim.add({2, Side::Buy, 1, "1", TimeInForce::Day, "XYZ"}) == Lines{"2.0 rejected"});
}

}  // namespace
}  // namespace sluice
