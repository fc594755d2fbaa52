#include <catch2/catch.hpp>

#include "gateway/routing/routing_table.hpp"

namespace sluice {
namespace {

RouteConfig row(const char* destination,
                const char* account,
                const char* symbol,
                std::vector<std::string> venues) {
    return {destination, account, symbol, std::move(venues)};
}

struct House {
    CoreConfig config;
    NameTable names;
    VenueBoard board;
    RoutingTable table;

    explicit House(std::vector<RouteConfig> routes) {
        for (const char* id : {"ACC1", "ACC2"}) {
            config.accounts.emplace_back().id = id;
        }
        for (const char* symbol : {"ACME", "XYZ"}) {
            config.instruments.emplace_back().symbol = symbol;
        }
        for (const char* id : {"SIM", "LIT", "DARK"}) {
            config.venues.push_back({.id = id, .max_in_flight = 1});
        }
        config.routes = std::move(routes);
        names.learn(config);
        board.configure(config, names);
        table.configure(config, names);
        for (std::uint32_t v = 0; v < 3; ++v) {
            board.set_up(VenueId{v}, true);
        }
    }
    VenueId venue(const char* id) const { return VenueId{names.venues.find(id)}; }
    Route route(const char* destination, const char* account, const char* symbol) const {
        return table.choose(DestinationName(destination), AccountId{names.accounts.find(account)},
                            InstrumentId{names.instruments.find(symbol)}, board);
    }
};

TEST_CASE("the first routing row that matches decides, and its number and reason are told") {
    const House house({row("D", "", "", {"DARK"}), row("", "ACC1", "XYZ", {"LIT"}),
                       row("", "ACC1", "", {"SIM"}), row("", "", "XYZ", {"DARK"}),
                       row("", "", "", {"SIM"})});
    using Row = std::tuple<const char*, const char*, const char*, const char*, int, RouteReason>;
    const auto [destination, account, symbol, venue, rule, why] =
        GENERATE(table<const char*, const char*, const char*, const char*, int, RouteReason>({
            Row{"D", "ACC1", "XYZ", "DARK", 1, RouteReason::ExDestination},
            Row{"", "ACC1", "XYZ", "LIT", 2, RouteReason::AccountInstrument},
            Row{"", "ACC1", "ACME", "SIM", 3, RouteReason::Account},
            Row{"", "ACC2", "XYZ", "DARK", 4, RouteReason::Instrument},
            Row{"", "ACC2", "ACME", "SIM", 5, RouteReason::Default},
            Row{"ELSE", "ACC2", "ACME", "SIM", 5, RouteReason::Default},
        }));
    const auto route = house.route(destination, account, symbol);
    CHECK(route.ok());
    CHECK(route.venue == house.venue(venue));
    CHECK(route.rule == static_cast<std::uint32_t>(rule));
    CHECK(route.why == why);
}

TEST_CASE("ExDestination(100) equal to a venue's id leads there only when a row says so") {
    const House house({row("LIT", "", "", {"DARK"})});
    CHECK(house.route("LIT", "ACC1", "ACME").venue == house.venue("DARK"));
    CHECK(house.route("SIM", "ACC1", "ACME").refusal == RejectReason::NoRoute);
}

TEST_CASE("no routing row that matches is NoRoute, and no venue is named") {
    const House house({row("", "ACC1", "", {"SIM"})});
    const auto route = house.route("", "ACC2", "ACME");
    CHECK(route.refusal == RejectReason::NoRoute);
    CHECK(route.venue.value == kNoIndex);
    CHECK(route.rule == 0);
}

TEST_CASE("a row's venues are tried in order and the first that is up wins") {
    House house({row("", "", "", {"LIT", "DARK"})});
    house.board.set_up(house.venue("LIT"), false);
    CHECK(house.route("", "ACC1", "ACME").venue == house.venue("DARK"));
    house.board.set_up(house.venue("DARK"), false);
    const auto route = house.route("", "ACC1", "ACME");
    CHECK(route.refusal == RejectReason::VenueDown);
    CHECK(route.rule == 1);
}

TEST_CASE("a row whose venues are all down is not passed over for a later row") {
    House house({row("", "ACC1", "", {"LIT"}), row("", "", "", {"SIM"})});
    house.board.set_up(house.venue("LIT"), false);
    CHECK(house.route("", "ACC1", "ACME").refusal == RejectReason::VenueDown);
}

TEST_CASE("a venue without credit refuses as busy and the order does not spill over") {
    House house({row("", "", "", {"LIT", "SIM"})});
    house.board.take_credit(house.venue("LIT"), Lane::Orders);
    const auto route = house.route("", "ACC1", "ACME");
    CHECK(route.refusal == RejectReason::VenueBusy);
    CHECK(route.venue == house.venue("LIT"));
    house.board.return_credit(house.venue("LIT"), Lane::Orders);
    CHECK(house.route("", "ACC1", "ACME").ok());
}

TEST_CASE("a row that names what the document does not have matches nothing") {
    const House house({row("", "GHOST", "", {"SIM"}), row("", "", "GHOST", {"SIM"}),
                       row("LONGER-THAN-TWELVE", "", "", {"SIM"})});
    CHECK(house.route("", "ACC1", "ACME").refusal == RejectReason::NoRoute);
    CHECK(house.route("", "NOBODY", "ACME").refusal == RejectReason::NoRoute);
    CHECK(house.route("", "ACC1", "NOTHING").refusal == RejectReason::NoRoute);
}

TEST_CASE("a new document replaces the rows") {
    House house({row("", "", "", {"SIM"})});
    house.config.routes = {row("", "", "", {"DARK"})};
    house.table.configure(house.config, house.names);
    CHECK(house.route("", "ACC1", "ACME").venue == house.venue("DARK"));
}

}  // namespace
}  // namespace sluice
