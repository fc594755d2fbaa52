#include <catch2/catch.hpp>

#include "tests/unit/venues/sim_house.hpp"

namespace sluice {
namespace {

using namespace test;

// Orders 1 and 2, both to buy 10 at 100, in this order.
SimHouse& two_orders(SimHouse& sim) {
    sim.add({1, Side::Buy, 10, "100"});
    sim.add({2, Side::Buy, 10, "100"});
    return sim;
}
// Which order trades first when somebody sells one.
std::string first_in_line(SimHouse& sim) {
    return sim.add({99, Side::Sell, 1, "100"}).back();
}

TEST_CASE("a cancel takes the order out and answers with the cancel's version") {
    SimHouse sim;
    two_orders(sim);
    CHECK(sim.cancel(1) == Lines{"1.1 canceled cum 0 leaves 0"});
    CHECK(first_in_line(sim) == "2.0 fill 1@100 cum 1 leaves 9");
}

TEST_CASE("a cancel of an order that is done or unknown is too late") {
    SimHouse sim;
    CHECK(sim.cancel(7) == Lines{"7.1 cancel-rejected"});
    CHECK(sim.events.back().has(venue_event_flag::kTooLate));
}

TEST_CASE("less quantity at the same price keeps the place") {
    SimHouse sim;
    two_orders(sim);
    CHECK(sim.replace(1, 5, "100") == Lines{"1.1 replaced cum 0 leaves 5"});
    CHECK(first_in_line(sim) == "1.1 fill 1@100 cum 1 leaves 4");
}

TEST_CASE("more quantity loses the place") {
    SimHouse sim;
    two_orders(sim);
    CHECK(sim.replace(1, 11, "100") == Lines{"1.1 replaced cum 0 leaves 11"});
    CHECK(first_in_line(sim) == "2.0 fill 1@100 cum 1 leaves 9");
}

TEST_CASE("another price loses the place, also when it comes back") {
    SimHouse sim;
    two_orders(sim);
    sim.replace(1, 10, "99");
    sim.replace(1, 10, "100", 2);
    CHECK(first_in_line(sim) == "2.0 fill 1@100 cum 1 leaves 9");
}

TEST_CASE("a new price may trade at once") {
    SimHouse sim;
    sim.add({1, Side::Sell, 4, "101"});
    sim.add({2, Side::Buy, 10, "100"});
    CHECK(sim.replace(2, 10, "101") == Lines{"2.1 replaced cum 0 leaves 10",
                                             "2.1 fill 4@101 cum 4 leaves 6",
                                             "1.0 fill 4@101 cum 4 leaves 0"});
}

TEST_CASE("a quantity at or below what was executed ends the order") {
    SimHouse sim;
    sim.add({1, Side::Buy, 10, "100"});
    sim.add({2, Side::Sell, 4, "100"});
    CHECK(sim.replace(1, 3, "100") == Lines{"1.1 replaced cum 4 leaves 0"});
    CHECK(sim.events.back().order_qty == qty(4));
    CHECK(sim.venue.working() == 0);
    CHECK_FALSE(sim.venue.book("ABC")->best(true));
}

TEST_CASE("a replace of an order that is done is too late") {
    SimHouse sim;
    CHECK(sim.replace(7, 1, "1") == Lines{"7.1 replace-rejected"});
    CHECK(sim.events.back().has(venue_event_flag::kTooLate));
}

TEST_CASE("a stop order that waits can be changed and canceled") {
    SimHouse sim;
    sim.add({1, Side::Buy, 5, "", TimeInForce::Day, "ABC", "105"});
    CHECK(sim.replace(1, 7, "0") == Lines{"1.1 replaced cum 0 leaves 7"});
    CHECK(sim.cancel(1, 2) == Lines{"1.2 canceled cum 0 leaves 0"});
    CHECK(sim.venue.working() == 0);
}

TEST_CASE("a status request says where the order stands") {
    SimHouse sim;
    sim.add({1, Side::Buy, 10, "100"});
    sim.add({2, Side::Sell, 4, "100"});
    CHECK(sim.send(follow_up(VenueRequestKind::Status, 1, 0)) ==
          Lines{"1.0 status cum 4 leaves 6"});
}

}  // namespace
}  // namespace sluice
