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

}  // namespace sluice::test
