#include <catch2/catch.hpp>

#include "gateway/routing/venue_board.hpp"

namespace sluice {
namespace {

struct Board {
    CoreConfig config;
    NameTable names;
    VenueBoard board;
    VenueId sim{0};

    Board() {
        config.venues = {{.id = "SIM", .max_in_flight = 2}};
        apply();
    }
    void apply() {
        names.learn(config);
        board.configure(config, names);
    }
};

TEST_CASE("a venue starts down until it says that it is up") {
    Board b;
    CHECK_FALSE(b.board.is_up(b.sim));
    b.board.set_up(b.sim, true);
    CHECK(b.board.is_up(b.sim));
    CHECK_FALSE(b.board.is_up(VenueId{7}));
}

TEST_CASE("orders out of credit leave the cancels' credits alone") {
    Board b;
    b.board.take_credit(b.sim, Lane::Orders);
    b.board.take_credit(b.sim, Lane::Orders);
    CHECK_FALSE(b.board.has_credit(b.sim, Lane::Orders));
    CHECK(b.board.has_credit(b.sim, Lane::Cancels));
    b.board.return_credit(b.sim, Lane::Orders);
    CHECK(b.board.has_credit(b.sim, Lane::Orders));
    CHECK(b.board.in_flight(b.sim, Lane::Orders) == 1);
}

TEST_CASE("a new document keeps a venue's state and what it has in flight") {
    Board b;
    b.board.set_up(b.sim, true);
    b.board.take_credit(b.sim, Lane::Orders);
    b.config.venues = {{.id = "LIT", .max_in_flight = 1}, {.id = "SIM", .max_in_flight = 1}};
    b.apply();
    CHECK(b.board.is_up(b.sim));
    CHECK(b.board.in_flight(b.sim, Lane::Orders) == 1);
    CHECK_FALSE(b.board.has_credit(b.sim, Lane::Orders));
}

TEST_CASE("a venue that the document no longer names takes nothing more") {
    Board b;
    b.config.venues.clear();
    b.apply();
    CHECK_FALSE(b.board.has_credit(b.sim, Lane::Orders));
}

}  // namespace
}  // namespace sluice
