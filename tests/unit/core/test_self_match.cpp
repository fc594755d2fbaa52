#include <catch2/catch.hpp>

#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

void cancel_resting(CoreConfig& config) {
    for (AccountConfig& account : config.accounts) {
        account.self_match = SelfMatch::CancelResting;
    }
}

TEST_CASE("own orders in the way are canceled before the new order goes out") {
    TestHouse house(cancel_resting);
    house.client("35=D|55=ACME|54=1|38=1|40=2|44=10|11=A1");
    house.client("35=D|55=ACME|54=1|38=1|40=2|44=11|11=A2");
    house.client("35=D|55=ACME|54=1|38=1|40=2|44=9|11=A3");
    for (const char* id : {"A1", "A2", "A3"}) {
        house.venue(std::string("35=8|150=0|11=") + id);
    }
    house.forget_outputs();
    house.client("35=D|55=ACME|54=2|38=5|40=2|44=10|11=B1");
    CHECK(house.next_venue_request() == "35=F|55=ACME|44=11");
    CHECK(house.next_venue_request() == "35=F|55=ACME|44=10");
    CHECK(house.next_venue_request() == "35=D|44=10|54=2");
    CHECK(house.requests_waiting() == 0);
    // A second one does not cancel them again.
    house.client("35=D|55=ACME|54=2|38=5|40=2|44=10|11=B2");
    CHECK(house.next_venue_request() == "35=D|44=10|54=2");
    CHECK(house.defects() == "");
}

TEST_CASE("an order is refused when what is in its way cannot be canceled now") {
    TestHouse house([](CoreConfig& config) {
        cancel_resting(config);
        config.venues[0].max_in_flight = 1;
    });
    house.client("35=D|55=ACME|54=1|38=1|40=2|44=10|11=A1");
    house.venue("35=8|150=0|11=A1");
    house.client("35=D|55=ACME|54=1|38=1|40=2|44=11|11=A2");
    house.venue("35=8|150=0|11=A2");
    house.forget_outputs();
    house.client("35=D|55=ACME|54=2|38=5|40=2|44=10|11=B1");
    CHECK(house.next_report() == "35=8|150=8|11=B1|why=SELF_MATCH");
    CHECK(house.requests_waiting() == 0);
    CHECK(house.defects() == "");
}

}  // namespace
}  // namespace sluice::test
