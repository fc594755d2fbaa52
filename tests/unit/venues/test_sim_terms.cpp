// What an order may say beside quantity and price: a displayed part, a date, a stop price; and how
// the venue answers when it is asked about one.
#include <catch2/catch.hpp>

#include "tests/unit/venues/sim_house.hpp"

namespace sluice {
namespace {

using namespace test;

Ask iceberg(std::uint64_t id, std::int64_t quantity, std::int64_t shown) {
    Ask ask{id, Side::Sell, quantity, "100"};
    ask.shown = shown;
    return ask;
}

Ask until(std::uint64_t id, std::int64_t expire, std::string_view price = "100") {
    Ask ask{id, Side::Buy, 5, price};
    ask.expire = expire;
    return ask;
}

TEST_CASE("an iceberg trades in parts, each behind the others of its price, until all is done") {
    SimHouse sim;
    sim.add(iceberg(1, 10, 4));
    sim.add({2, Side::Sell, 5, "100"});
    CHECK(sim.add({3, Side::Buy, 12, "100"}) ==
          Lines{"3.0 new cum 0 leaves 12", "3.0 fill 4@100 cum 4 leaves 8",
                "1.0 fill 4@100 cum 4 leaves 6", "3.0 fill 5@100 cum 9 leaves 3",
                "2.0 fill 5@100 cum 5 leaves 0", "3.0 fill 3@100 cum 12 leaves 0",
                "1.0 fill 3@100 cum 7 leaves 3"});
    CHECK(sim.venue.working() == 1);
}

TEST_CASE("an iceberg that comes to trade does so with all of itself") {
    SimHouse sim;
    sim.add({1, Side::Buy, 9, "100"});
    CHECK(sim.add(iceberg(2, 10, 2)) == Lines{"2.0 new cum 0 leaves 10",
                                              "2.0 fill 9@100 cum 9 leaves 1",
                                              "1.0 fill 9@100 cum 9 leaves 0"});
}

TEST_CASE("fill or kill counts what is hidden") {
    SimHouse sim;
    sim.add(iceberg(1, 10, 2));
    Ask ask{2, Side::Buy, 10, "100", TimeInForce::FillOrKill};
    CHECK(sim.add(ask).back() == "1.0 fill 2@100 cum 10 leaves 0");
}

TEST_CASE("another displayed quantity costs an order its place") {
    SimHouse sim;
    sim.add(iceberg(1, 10, 4));
    sim.add({2, Side::Sell, 5, "100"});
    VenueRequest request = follow_up(VenueRequestKind::Replace, 1, 1);
    request.order_qty = qty(10);
    request.max_floor = qty(5);
    request.flags = command_flag::kHasMaxFloor;
    CHECK(sim.send(request) == Lines{"1.1 replaced cum 0 leaves 10"});
    CHECK(sim.add({3, Side::Buy, 1, "100"}).back() == "2.0 fill 1@100 cum 1 leaves 4");
}

TEST_CASE("an order that shows nothing, or too little at a time, is refused") {
    SimHouse sim;
    VenueRequest hidden = new_order({1, Side::Buy, 10, "100"});
    hidden.flags |= command_flag::kHasMaxFloor;
    CHECK(sim.send(hidden) == Lines{"1.0 rejected"});
    CHECK(sim.add(iceberg(2, 1'001, 1)) == Lines{"2.0 rejected"});
    CHECK(sim.add(iceberg(3, 1'000, 1)) == Lines{"3.0 new cum 0 leaves 1000"});
}

TEST_CASE("an order expires at its time, before what comes then") {
    SimHouse sim;
    sim.add(until(1, 50));
    CHECK(sim.pass(49).empty());
    CHECK(sim.venue.next_expiry() == UtcNanos{50});
    CHECK(sim.add({2, Side::Sell, 5, "100"}, 50) ==
          Lines{"1.0 expired cum 0 leaves 0", "2.0 new cum 0 leaves 5"});
    CHECK(sim.venue.next_expiry() == UtcNanos{std::numeric_limits<std::int64_t>::max()});
}

TEST_CASE("an order expires without a request, too, and with what it has filled") {
    SimHouse sim;
    sim.add(until(1, 50));
    sim.add({2, Side::Sell, 2, "100"}, 10);
    CHECK(sim.pass(60) == Lines{"1.0 expired cum 2 leaves 0"});
    CHECK(sim.events.back().transact_time == UtcNanos{50});
    CHECK(sim.venue.working() == 0);
}

TEST_CASE("orders expire in the order of their times, and those that are over do not") {
    SimHouse sim;
    sim.add(until(1, 70));
    sim.add(until(2, 50));
    sim.add(until(3, 60));
    sim.add(until(4, 55));
    sim.cancel(3);
    sim.add({5, Side::Sell, 5, "100"});  // fills 1
    CHECK(sim.pass(100) == Lines{"2.0 expired cum 0 leaves 0", "4.0 expired cum 0 leaves 0"});
}

TEST_CASE("a replace gives an order another time, or none") {
    SimHouse sim;
    sim.add(until(1, 50));
    sim.add(until(2, 50));
    VenueRequest later = follow_up(VenueRequestKind::Replace, 1, 1);
    later.order_qty = qty(5);
    later.expire = UtcNanos{90};
    later.flags = command_flag::kHasExpire;
    sim.send(later);
    sim.replace(2, 5, "100");
    CHECK(sim.pass(89).empty());
    CHECK(sim.pass(90) == Lines{"1.1 expired cum 0 leaves 0"});
    CHECK(sim.venue.working() == 1);
}

TEST_CASE("a time that has passed is refused, of a new order and of a replace") {
    SimHouse sim;
    CHECK(sim.add(until(1, 50), 50) == Lines{"1.0 rejected"});
    sim.add(until(2, 90), 51);
    VenueRequest earlier = follow_up(VenueRequestKind::Replace, 2, 1, 60);
    earlier.order_qty = qty(5);
    earlier.expire = UtcNanos{55};
    earlier.flags = command_flag::kHasExpire;
    CHECK(sim.send(earlier) == Lines{"2.1 replace-rejected cum 0 leaves 5"});
    CHECK(sim.pass(90) == Lines{"2.0 expired cum 0 leaves 0"});
}

TEST_CASE("a stop order says when it is in the market") {
    SimHouse sim;
    sim.add({1, Side::Sell, 5, "100"});
    Ask stop{2, Side::Buy, 3, "101"};
    stop.stop = "100";
    CHECK(sim.add(stop) == Lines{"2.0 new cum 0 leaves 3"});
    CHECK(sim.add({3, Side::Buy, 1, "100"}) ==
          Lines{"3.0 new cum 0 leaves 1", "3.0 fill 1@100 cum 1 leaves 0",
                "1.0 fill 1@100 cum 1 leaves 4", "2.0 triggered cum 0 leaves 3",
                "2.0 fill 3@100 cum 3 leaves 0", "1.0 fill 3@100 cum 4 leaves 1"});
}

TEST_CASE("a stop order waits for the stop price that a replace gave it") {
    SimHouse sim;
    sim.add({1, Side::Sell, 9, "100"});
    Ask stop{2, Side::Buy, 3, "101"};
    stop.stop = "102";
    sim.add(stop);
    VenueRequest request = follow_up(VenueRequestKind::Replace, 2, 1);
    request.order_qty = qty(3);
    request.price = px("101");
    request.stop_px = px("100");
    request.flags = command_flag::kHasPrice | command_flag::kHasStopPx;
    CHECK(sim.send(request) == Lines{"2.1 replaced cum 0 leaves 3"});
    CHECK(sim.add({3, Side::Buy, 1, "100"}).back() == "1.0 fill 3@100 cum 4 leaves 5");
}

TEST_CASE("an answer to a status request says where the order stands") {
    SimHouse sim;
    sim.add({1, Side::Buy, 5, "100"});
    sim.send(follow_up(VenueRequestKind::Status, 1, 1));
    CHECK(sim.events.back().ord_status == '0');
    sim.add({2, Side::Sell, 2, "100"});
    CHECK(sim.send(follow_up(VenueRequestKind::Status, 1, 1)) ==
          Lines{"1.0 status cum 2 leaves 3"});
    CHECK(sim.events.back().ord_status == '1');
    sim.cancel(1);
    sim.send(follow_up(VenueRequestKind::Status, 1, 2));
    CHECK(sim.events.back().ord_status == '8');
}

TEST_CASE("while answers about an order that is over are on their way, its status is not unknown") {
    SimConfig config;
    config.latency_ns = 100;
    SimHouse sim(config);
    sim.add({1, Side::Buy, 5, "100"}, 0);
    sim.add({2, Side::Sell, 5, "100"}, 10);
    sim.send(follow_up(VenueRequestKind::Status, 1, 1, 20));
    const Lines lines = sim.given(1'000);
    REQUIRE(lines.size() == 5);
    CHECK(lines[2] == "2.0 fill 5@100 cum 5 leaves 0");
    CHECK(lines[4] == "1.0 status cum 5 leaves 0");
    CHECK(sim.events.back().ord_status == '2');
}

}  // namespace
}  // namespace sluice
