#include <catch2/catch.hpp>

#include "tests/unit/venues/sim_house.hpp"

namespace sluice {
namespace {

using namespace test;

SimConfig liquid(std::int64_t replenish_ns) {
    SimConfig config;
    config.books = {{"ABC",
                     {{px("187.46"), qty(80)}},
                     {{px("187.48"), qty(60)}, {px("187.50"), qty(400)}},
                     replenish_ns}};
    return config;
}

const Lines kDemoFills = {"1.0 new cum 0 leaves 100", "1.0 fill 60@187.48 cum 60 leaves 40",
                          "1.0 fill 40@187.5 cum 100 leaves 0"};

TEST_CASE("the house's levels trade as orders do") {
    SimHouse sim(liquid(-1));
    CHECK(sim.add({1, Side::Buy, 100, "187.50"}) == kDemoFills);
    CHECK(sim.add({2, Side::Buy, 100, "187.48"}) == Lines{"2.0 new cum 0 leaves 100"});
}

TEST_CASE("a level is whole again for the first request that comes late enough") {
    SimHouse sim(liquid(1000));
    sim.add({1, Side::Buy, 100, "187.50"}, 0);
    SECTION("not earlier") {
        CHECK(sim.add({2, Side::Buy, 60, "187.48"}, 999).size() == 1);
    }
    SECTION("but then") {
        CHECK(sim.add({2, Side::Buy, 60, "187.48"}, 1000) ==
              Lines{"2.0 new cum 0 leaves 60", "2.0 fill 60@187.48 cum 60 leaves 0"});
    }
}

TEST_CASE("a level that comes back trades with what rests in its way") {
    SimHouse sim(liquid(1000));
    sim.add({1, Side::Buy, 470, "187.50"}, 0);  // takes 460, 10 rest at 187.50
    CHECK(sim.send(follow_up(VenueRequestKind::Status, 1, 0, 1000)) ==
          Lines{"1.0 fill 10@187.5 cum 470 leaves 0", "1.0 status"});
    CHECK(sim.venue.book("ABC")->best(false) == px("187.48"));
    CHECK(sim.venue.book("ABC")->available(true, px("187.48"), qty(100)) == qty(50));
    SECTION("and is whole again later") {
        sim.send(follow_up(VenueRequestKind::Status, 1, 0, 2000));
        CHECK(sim.venue.book("ABC")->available(true, px("187.48"), qty(100)) == qty(60));
    }
}

TEST_CASE("the house never comes back where it is told so") {
    SimHouse sim(liquid(-1));
    sim.add({1, Side::Buy, 460, "187.50"}, 0);
    sim.add({2, Side::Buy, 1, "187.46"}, 1'000'000'000'000);
    CHECK_FALSE(sim.venue.book("ABC")->best(false));
}

}  // namespace
}  // namespace sluice
