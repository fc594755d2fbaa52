// Cancel on disconnect, drop copies, and routes that hold.
#include <catch2/catch.hpp>

#include "gateway/orders/order_state.hpp"
#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

using Kind = SessionEvent::Kind;
using Wish = SessionEvent::CancelWish;

Adjust cancels(CancelOnDisconnect::Scope scope, std::int64_t grace_s, bool by_default = true) {
    return [=](CoreConfig& config) {
        auto& rule = config.sessions[0].cancel_on_disconnect;
        rule.scope = scope;
        rule.grace_ns = grace_s * kNanosPerSecond;
        rule.by_default = by_default;
    };
}

void enter(TestHouse& house, const std::string& id, const std::string& more = {}) {
    house.client("35=D|11=" + id + "|38=100|44=10" + more);
    house.venue("35=8|150=0|11=" + id);
}

}  // namespace

TEST_CASE("a lost session's day orders are canceled when it is not back in time") {
    TestHouse house(cancels(CancelOnDisconnect::Scope::Session, 3));
    house.client_session("S1", Kind::LoggedOn);
    enter(house, "A");
    enter(house, "G", "|59=1");
    house.client("S2", "35=D|11=X|38=100|44=10");
    house.forget_outputs();
    house.client_session("S1", Kind::Disconnected);
    house.pass(2);
    CHECK(house.requests_waiting() == 0);
    house.pass(1);
    CHECK(house.next_venue_request() == "35=F|11=KILL1|38=100");
    CHECK(house.requests_waiting() == 0);
    house.venue("35=8|150=4|11=KILL1");
    CHECK(house.next_report() == "35=8|11=A|150=4|39=4|378=12");
    CHECK(house.defects() == "");
}

TEST_CASE("a session that is back within the grace time keeps its orders") {
    TestHouse house(cancels(CancelOnDisconnect::Scope::Session, 3));
    house.client_session("S1", Kind::LoggedOn);
    enter(house, "A");
    house.forget_outputs();
    house.client_session("S1", Kind::Disconnected);
    house.pass(2);
    house.client_session("S1", Kind::LoggedOn);
    house.pass(10);
    CHECK(house.requests_waiting() == 0);
    CHECK(house.defects() == "");
}

TEST_CASE("a fill that crosses the cancel of a lost session is booked and told") {
    TestHouse house(cancels(CancelOnDisconnect::Scope::Session, 0));
    house.client_session("S1", Kind::LoggedOn);
    enter(house, "A");
    house.forget_outputs();
    house.client_session("S1", Kind::LoggedOut);
    house.venue_fills("A", "100@10");
    CHECK(house.next_report() == "35=8|11=A|150=F|14=100|39=6");
    house.venue("35=9|434=1|11=KILL1|102=0");
    CHECK(house.reports_waiting() == 0);
    CHECK(ord_status(*house.order("A")) == OrdStatus::Filled);
    CHECK(house.defects() == "");
}

TEST_CASE("the Logon(A) may ask for it or against it") {
    TestHouse house(cancels(CancelOnDisconnect::Scope::Session, 0, false));
    house.client_session("S1", Kind::LoggedOn);
    enter(house, "A");
    house.forget_outputs();
    house.client_session("S1", Kind::Disconnected);
    house.pass(1);
    CHECK(house.requests_waiting() == 0);
    house.client_session("S1", Kind::LoggedOn, Wish::Yes);
    house.client_session("S1", Kind::Disconnected);
    house.pass(1);
    CHECK(house.next_venue_request() == "35=F");
}

TEST_CASE("the scope account takes the other sessions' orders of the account along") {
    TestHouse house(cancels(CancelOnDisconnect::Scope::Account, 0));
    house.client_session("S1", Kind::LoggedOn);
    enter(house, "A");
    house.client("S2", "35=D|11=X|38=70|44=10");
    house.forget_outputs();
    house.client_session("S1", Kind::Disconnected);
    house.pass(1);
    CHECK(house.next_venue_request() == "35=F|38=100");
    CHECK(house.next_venue_request() == "35=F|38=70");
}

TEST_CASE("after a crash a session that does not return counts as lost from the restart on") {
    TestHouse house(cancels(CancelOnDisconnect::Scope::Session, 3));
    house.client_session("S1", Kind::LoggedOn);
    enter(house, "A");
    house.restart();
    house.venue_session(true);
    house.forget_outputs();
    house.pass(2);
    CHECK(house.requests_waiting() == 0);
    house.pass(2);
    CHECK(house.next_venue_request() == "35=F|38=100");
    CHECK(house.defects() == "");
}

TEST_CASE("a venue that was away gets the lost session's cancels when it is back") {
    TestHouse house(cancels(CancelOnDisconnect::Scope::Session, 0));
    house.client_session("S1", Kind::LoggedOn);
    enter(house, "A");
    house.venue_session(false);
    house.forget_outputs();
    house.client_session("S1", Kind::Disconnected);
    house.pass(1);
    CHECK(house.requests_waiting() == 0);
    house.venue_session(true);
    CHECK(house.next_venue_request() == "35=F|38=100");
}

TEST_CASE("drop copy sessions are told what those they listen to are told, and nothing else") {
    TestHouse house([](CoreConfig& config) {
        for (const char* id : {"DROP1", "DROP2"}) {
            auto& session = config.sessions.emplace_back();
            session.id = id;
            session.drop_copy.enabled = true;
        }
        config.sessions[2].drop_copy.sessions = {"S1"};
        config.sessions[3].drop_copy.venues = {"SIM"};
    });
    house.client("35=D|11=A|38=100|44=10");
    house.client("S2", "35=D|11=X|38=100|44=10");
    house.forget_outputs();
    house.venue("35=8|150=0|11=A");
    CHECK(house.next_report() == "to=0|11=A|150=0|797=-");
    CHECK(house.next_report() == "to=2|11=A|150=0|797=Y");
    CHECK(house.next_report() == "to=3|11=A|150=0|797=Y");
    house.venue("35=8|150=0|11=X");
    CHECK(house.next_report() == "to=1|11=X|150=0|797=-");
    CHECK(house.next_report() == "to=3|11=X|150=0|797=Y");
    house.client("35=H|11=A");  // an answer to a question is no news
    CHECK(house.next_report() == "to=0|150=I");
    CHECK(house.reports_waiting() == 0);
    house.client("DROP1", "35=D|11=Z|38=100|44=10");
    CHECK(house.next_report() == "to=2|35=j|why=NOT_ENTITLED");
    CHECK(house.requests_waiting() == 0);
    CHECK(house.defects() == "");
}

TEST_CASE("a route that holds gives the order to its venue while that is away, marked so") {
    TestHouse house([](CoreConfig& config) { config.routes[0].hold = true; });
    house.venue_session(false);
    house.client("35=D|11=A|38=100|44=10");
    CHECK(house.next_venue_request() == "35=D|11=A|hold=Y");
    house.client("35=F|11=B|41=A");
    CHECK(house.next_venue_request() == "35=F|11=B|hold=Y");
    house.venue("35=8|150=4|11=B");
    CHECK(house.next_report() == "35=8|11=B|41=A|150=4|39=4");
    CHECK(house.defects() == "");
}

namespace {

// What an adapter says of a request that waited with it.
VenueEvent of_the_queue(const TestHouse& house, const std::string& cl_ord_id, VenueEventKind kind) {
    VenueEvent event;
    event.kind = kind;
    event.order = house.asked(cl_ord_id)->order;
    event.version = house.asked(cl_ord_id)->version;
    event.flags = venue_event_flag::kNotSent;
    event.text = Prose("it never left");
    return event;
}

Adjust holds(std::uint32_t max_in_flight) {
    return [=](CoreConfig& config) {
        config.routes[0].hold = true;
        config.venues[0].max_in_flight = max_in_flight;
        config.venues[0].in_doubt_after_ns = kNanosPerSecond;
        config.venues[0].reconcile = VenueConfig::Reconcile::Flag;
    };
}

}  // namespace

TEST_CASE("a replace merged into an order that waits changes it, and the order still waits") {
    TestHouse house(holds(2));
    house.venue_session(false);
    house.client("35=D|11=A|38=100|44=10");
    house.client("35=G|11=B|41=A|38=50|44=10");
    house.forget_outputs();
    house.venue_event(of_the_queue(house, "B", VenueEventKind::Replaced));
    CHECK(house.next_report() == "35=8|11=B|41=A|150=5|39=A|38=50|151=50|58=it never left");
    // It holds its credit, so that no client fills the queue by replacing what waits.
    CHECK(house.core().venues().in_flight({0}, Lane::Orders) == 1);
    house.venue_session(true);
    house.venue("35=8|150=0|11=B");
    CHECK(house.next_report() == "35=8|11=B|150=0|39=0|38=50|151=50");
    CHECK(house.core().venues().in_flight({0}, Lane::Orders) == 0);
    CHECK(house.defects() == "");
}

TEST_CASE("a replace that a cancel overtook in the queue was too late, then the cancel is told") {
    TestHouse house(holds(8));
    house.client("35=D|11=A|38=100|44=10");
    house.venue("35=8|150=0|11=A");
    house.venue_session(false);
    house.client("35=G|11=B|41=A|38=50|44=10");
    house.client("35=F|11=C|41=B");
    house.forget_outputs();
    VenueEvent overtaken = of_the_queue(house, "B", VenueEventKind::ReplaceRejected);
    overtaken.flags |= venue_event_flag::kTooLate;
    house.venue_event(overtaken);
    CHECK(house.next_report() == "35=9|11=B|41=A|434=2|39=6|102=0|58=it never left");
    house.venue_session(true);
    house.venue("35=8|150=4|11=C");
    CHECK(house.next_report() == "35=8|11=C|41=A|150=4|39=4");
    CHECK(house.defects() == "");
}

TEST_CASE("an order that waits for its venue is not in doubt: it is canceled, not resolved") {
    TestHouse house(holds(8));
    house.venue_session(false);
    house.client("35=D|11=A|38=100|44=10");
    house.pass(5);
    CHECK_FALSE(house.order("A")->has(order_flag::kInDoubt));
    house.order_action("A", OrderAction::Kind::ResolveCanceled);
    CHECK_FALSE(house.next_reply().ok);
    house.order_action("A", OrderAction::Kind::Cancel);
    CHECK(house.next_reply().ok);
    house.forget_outputs();
    house.venue_event(of_the_queue(house, "KILL1", VenueEventKind::Canceled));
    CHECK(house.next_report() == "35=8|11=A|150=4|39=4|58=it never left");
    CHECK(house.core().risk().exposure().account({0}).own.reserved() == 0);
    CHECK(house.defects() == "");
}

}  // namespace sluice::test
