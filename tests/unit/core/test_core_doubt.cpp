// Orders in doubt: silence, and venues that went away before they answered.
#include <catch2/catch.hpp>

#include "gateway/orders/order_state.hpp"
#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

using Way = VenueConfig::Reconcile;
using Action = OrderAction::Kind;

Adjust clears_up(Way way, std::int64_t after_s = 0) {
    return [=](CoreConfig& config) {
        config.venues[0].reconcile = way;
        config.venues[0].in_doubt_after_ns = after_s * kNanosPerSecond;
    };
}

void go_and_come_back(TestHouse& house) {
    house.venue_session(false);
    house.venue_session(true);
}

bool in_doubt(const TestHouse& house, const std::string& id) {
    return house.order(id)->has(order_flag::kInDoubt);
}

}  // namespace

TEST_CASE("an order that the venue never got is asked for when it is back, and refused") {
    TestHouse house(clears_up(Way::Status));
    house.client("35=D|11=A|38=100|44=10");
    house.forget_outputs();
    go_and_come_back(house);
    CHECK(in_doubt(house, "A"));
    CHECK(house.next_venue_request() == "35=H|11=A");
    house.venue("35=8|150=I|39=8|11=A");
    CHECK(house.next_report() == "35=8|11=A|150=8|39=8|151=0");
    CHECK_FALSE(in_doubt(house, "A"));
    CHECK(house.defects() == "");
}

TEST_CASE("an order that the venue holds is New when the venue says so") {
    TestHouse house(clears_up(Way::Status));
    house.client("35=D|11=A|38=100|44=10");
    house.forget_outputs();
    go_and_come_back(house);
    house.venue("35=8|150=I|39=0|14=0|11=A");
    CHECK(house.next_report() == "35=8|11=A|150=0|39=0|151=100");
    CHECK_FALSE(in_doubt(house, "A"));
    CHECK(house.defects() == "");
}

TEST_CASE(
    "executions that the venue counts and we do not keep the doubt until a person resolves it") {
    TestHouse house(clears_up(Way::Status));
    house.client("35=D|11=A|38=100|44=10");
    house.venue("35=8|150=0|11=A");
    house.client("35=F|11=B|41=A");
    house.forget_outputs();
    go_and_come_back(house);
    house.venue("35=8|150=I|39=1|14=40|11=A");
    CHECK(house.reports_waiting() == 0);
    CHECK(house.order("A")->has(order_flag::kMissesFills));
    house.order_action("A", Action::ResolveFilled, "40@9.5");
    CHECK(house.next_reply().ok);
    CHECK(house.next_report() == "35=8|11=A|150=F|32=40|31=9.5|14=40|39=6");
    CHECK_FALSE(house.order("A")->has(order_flag::kMissesFills));
    CHECK(house.defects() == "");
}

TEST_CASE("a replace is confirmed by the name under which the venue states the order, or refused") {
    TestHouse house(clears_up(Way::Status));
    house.client("35=D|11=A|38=100|44=10");
    house.venue("35=8|150=0|11=A");
    house.client("35=G|11=B|41=A|38=150|44=11");
    house.forget_outputs();
    go_and_come_back(house);
    SECTION("the venue has the new wording") {
        house.venue("35=8|150=I|39=0|14=0|38=150|11=B");
        CHECK(house.next_report() == "35=8|11=B|41=A|150=5|38=150|44=11");
    }
    SECTION("the venue has the old one") {
        house.venue("35=8|150=I|39=0|14=0|38=100|11=A");
        CHECK(house.next_report() == "35=9|11=B|41=A|434=2");
    }
    CHECK(house.reports_waiting() == 0);
    CHECK_FALSE(in_doubt(house, "A"));
    CHECK(house.defects() == "");
}

TEST_CASE("a cancel that got lost is sent again under its own name when the order still works") {
    TestHouse house(clears_up(Way::Status));
    house.client("35=D|11=A|38=100|44=10");
    house.venue("35=8|150=0|11=A");
    house.client("35=F|11=B|41=A");
    house.forget_outputs();
    go_and_come_back(house);
    CHECK(house.next_venue_request() == "35=H|11=A");
    house.venue("35=8|150=I|39=0|14=0|11=A");
    CHECK(house.next_venue_request() == "35=F|11=B|97=Y");
    house.venue("35=8|150=4|11=B");
    CHECK(house.next_report() == "35=8|11=B|41=A|150=4|39=4");
    CHECK(house.defects() == "");
}

TEST_CASE("poss_resend sends what is unanswered again, marked, under the same name") {
    TestHouse house(clears_up(Way::PossResend));
    house.client("35=D|11=A|38=100|44=10");
    house.client("35=D|11=B|38=100|44=10");
    house.venue("35=8|150=0|11=B");
    house.client("35=G|11=C|41=B|38=150|44=11");
    house.forget_outputs();
    go_and_come_back(house);
    CHECK(house.next_venue_request() == "35=D|11=A|97=Y|38=100");
    CHECK(house.next_venue_request() == "35=G|11=C|97=Y|38=150|44=11");
    house.venue("35=8|150=0|11=A");
    house.venue("35=8|150=5|11=C|38=150");
    CHECK(house.next_report() == "35=8|11=A|150=0");
    CHECK(house.next_report() == "35=8|11=C|150=5");
    CHECK_FALSE(in_doubt(house, "A"));
    CHECK(house.defects() == "");
}

TEST_CASE("mass_status asks once; flag asks nobody but says so") {
    {
        TestHouse house(clears_up(Way::MassStatus));
        house.client("35=D|11=A|38=100|44=10");
        house.client("35=D|11=B|38=100|44=10");
        house.forget_outputs();
        go_and_come_back(house);
        CHECK(house.next_venue_request() == "35=AF");
        CHECK(house.requests_waiting() == 0);
    }
    TestHouse house(clears_up(Way::Flag));
    house.client("35=D|11=A|38=100|44=10");
    house.forget_outputs();
    const auto alerts = house.stage().alerts();
    go_and_come_back(house);
    CHECK(house.requests_waiting() == 0);
    CHECK(house.stage().alerts() == alerts + 1);
    CHECK(in_doubt(house, "A"));
    house.order_action("A", Action::ResolveRejected);
    CHECK(house.next_report() == "35=8|11=A|150=8|39=8");
    CHECK(house.defects() == "");
}

TEST_CASE("what is answered is not in doubt, and nothing is asked") {
    TestHouse house(clears_up(Way::Status));
    house.client("35=D|11=A|38=100|44=10");
    house.venue("35=8|150=0|11=A");
    house.forget_outputs();
    go_and_come_back(house);
    CHECK(house.requests_waiting() == 0);
    CHECK_FALSE(in_doubt(house, "A"));
    house.order_action("A", Action::ResolveCanceled);
    CHECK_FALSE(house.next_reply().ok);
}

TEST_CASE("a venue that does not answer in time puts the order in doubt and is asked about it") {
    TestHouse house(clears_up(Way::Status, 10));
    house.client("35=D|11=A|38=100|44=10");
    house.forget_outputs();
    house.pass(9);
    CHECK_FALSE(in_doubt(house, "A"));
    house.pass(2);
    CHECK(in_doubt(house, "A"));
    CHECK(house.next_venue_request() == "35=H|11=A");
    house.pass(60);
    CHECK(house.requests_waiting() == 0);  // asked once
    house.venue("35=8|150=0|11=A");
    CHECK(house.next_report() == "35=8|11=A|150=0");
    CHECK_FALSE(in_doubt(house, "A"));
    CHECK(house.defects() == "");
}

TEST_CASE("after a crash what was unanswered is asked for when the venue is back") {
    TestHouse house(clears_up(Way::Status));
    house.client("35=D|11=A|38=100|44=10");
    house.restart();
    house.forget_outputs();
    house.venue_session(true);
    CHECK(house.next_venue_request() == "35=H|11=A");
    CHECK(house.defects() == "");
}

}  // namespace sluice::test
