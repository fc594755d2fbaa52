// Requests about many orders, lists, and operators who act on one order.
#include <algorithm>
#include <utility>

#include <catch2/catch.hpp>

#include "gateway/domain/names.hpp"
#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

void enter(TestHouse& house, const std::string& id, const std::string& more = {}) {
    house.client("35=D|11=" + id + "|38=100|44=10" + more);
    house.venue("35=8|150=0|11=" + id);
}

const MemoryRecord& last_decision(TestHouse& house) {
    const auto& records = house.log().records;
    return *std::find_if(records.rbegin(), records.rend(), [](const MemoryRecord& record) {
        return record.meta.type == journal::RecordType::Decision;
    });
}

}  // namespace

TEST_CASE(
    "a mass cancel asks the venue to cancel each open order of the session, then says how many") {
    TestHouse house;
    enter(house, "A");
    enter(house, "B");
    enter(house, "C", "|55=XYZ");
    house.client("S2", "35=D|11=X|38=100|44=10");
    house.venue_fills("B", "100@10");
    house.forget_outputs();
    house.client("35=q|11=M|530=7");
    CHECK(house.next_venue_request() == "35=F|38=100|55=ACME");
    CHECK(house.next_venue_request() == "35=F|38=100|55=XYZ");
    CHECK(house.requests_waiting() == 0);
    CHECK(house.next_report() == "35=r|11=M|530=7|531=7|533=2");
    CHECK(house.defects() == "");
}

TEST_CASE("a mass cancel of one security, one side leaves the others") {
    TestHouse house;
    enter(house, "A");
    enter(house, "B", "|54=2");
    enter(house, "C", "|55=XYZ");
    house.forget_outputs();
    house.client("35=q|11=M|530=1|55=ACME|54=1");
    CHECK(house.next_venue_request() == "35=F|38=100|55=ACME|54=1");
    CHECK(house.requests_waiting() == 0);
    CHECK(house.next_report() == "35=r|531=1|533=1");
    house.client("35=q|11=M2|530=1|55=GHOST");
    CHECK(house.next_report() == "35=r|531=1|533=0");
}

TEST_CASE(
    "a mass cancel of a kind that is not served, or under a used id, is refused with a reason") {
    TestHouse house;
    enter(house, "A");
    house.forget_outputs();
    house.client("35=q|11=M|530=3");
    CHECK(house.next_report() == "35=r|11=M|531=0|why=INVALID_FIELD");
    house.client("35=q|11=A|530=7");
    CHECK(house.next_report() == "35=r|11=A|531=0|why=DUP_CLORDID");
    CHECK(house.requests_waiting() == 0);
}

TEST_CASE("a mass cancel larger than one input's share goes on by ticks until all are asked") {
    TestHouse house([](CoreConfig& config) { config.venues[0].max_in_flight = 256; });
    for (int n = 0; n < 100; ++n) {
        enter(house, "A" + std::to_string(n));
    }
    house.forget_outputs();
    house.client("35=q|11=M|530=7");
    CHECK(house.requests_waiting() == 100);
    CHECK(house.next_report() == "35=r|533=100");
    CHECK(house.defects() == "");
}

TEST_CASE("a mass status states each open order of the session, numbered, the last one marked") {
    TestHouse house;
    enter(house, "A");
    enter(house, "B");
    enter(house, "C");
    house.venue_fills("B", "100@10");
    house.venue_fills("C", "40@10");
    house.forget_outputs();
    house.client("35=AF|584=R1|585=7");
    CHECK(house.next_report() == "35=8|11=A|150=I|39=0|584=R1|911=2|912=-");
    CHECK(house.next_report() == "35=8|11=C|150=I|39=1|14=40|151=60|584=R1|911=2|912=Y");
    CHECK(house.reports_waiting() == 0);
    house.client("35=AF|584=R2|585=1|55=XYZ");
    CHECK(house.next_report() == "35=8|37=NONE|150=I|39=8|584=R2|911=0|912=Y");
    house.client("35=AF|584=R3|585=4");
    CHECK(house.next_report() == "35=j|372=AF|11=R3|why=INVALID_FIELD");
    CHECK(house.defects() == "");
}

TEST_CASE("the orders of a list are accepted or refused one by one, each with its list status") {
    TestHouse house([](CoreConfig& config) {
        config.accounts[0].limits[LimitKey::MaxOrderQty] =
            LimitValue::number(Decimal::from_int(500));
    });
    house.client("35=E|66=L1|68=2|67=1|11=A|38=100|44=10");
    house.client("35=E|66=L1|68=2|67=2|11=B|38=900|44=10");
    CHECK(house.next_report() == "35=N|66=L1|82=2|83=1|11=A|39=A");
    CHECK(house.next_report() == "35=8|11=B|150=8|39=8|why=MAX_ORDER_QTY");
    CHECK(house.next_report() == "35=N|66=L1|82=2|83=2|11=B|39=8");
    CHECK(house.next_venue_request() == "35=D|11=A|38=100");
    CHECK(house.requests_waiting() == 0);
    CHECK(house.defects() == "");
}

TEST_CASE("a trade that the client does not know is an alert and changes nothing") {
    TestHouse house;
    enter(house, "A");
    house.venue_fills("A", "40@10");
    house.forget_outputs();
    const auto alerts = house.stage().alerts();
    house.client("35=Q|11=A|17=G1-E3|127=D");
    CHECK(house.stage().alerts() == alerts + 1);
    CHECK(house.reports_waiting() == 0);
    CHECK(house.order("A")->cum_qty == Quantity::from_int(40));
    CHECK(house.defects() == "");
}

TEST_CASE(
    "the order of a trade that is not known is found by OrderID(37), in its own session only") {
    TestHouse house;
    enter(house, "A");
    house.forget_outputs();
    const Order& order = *house.order("A");
    const std::string id(order_id_text(Instance("G"), order.id).view());
    for (const auto& [session, found] : {std::pair{"S1", order.id}, std::pair{"S2", OrderId{}}}) {
        house.client(session, "35=Q|37=" + id + "|17=G1-E3|127=D");
        CHECK(last_decision(house).meta.order_id == found.value);
    }
}

TEST_CASE("stop price, display quantity and what is handed on unread reach venue and reports") {
    TestHouse house;
    house.client("35=D|11=A|38=100|44=10|40=4|99=9.5|111=20|18=G|528=A|5001=desk7");
    CHECK(house.next_venue_request() == "35=D|11=A|44=10|99=9.5|111=20|18=G|528=A|5001=desk7");
    house.venue("35=8|150=0|11=A|30=XNAS");
    CHECK(house.next_report() == "35=8|150=0|99=9.5|111=20|18=G|528=A|5001=desk7|30=XNAS");
    house.client("35=G|11=B|41=A|38=120|44=11|40=4|99=10|18=6");
    CHECK(house.next_venue_request() == "35=G|11=B|44=11|99=10|111=-|18=6|528=-");
    house.venue_fills("A", "10@10");
    CHECK(house.next_report() == "35=8|150=F|99=9.5|18=G|528=A");
    house.venue("35=8|150=5|11=B|38=120");
    CHECK(house.next_report() == "35=8|150=5|99=10|111=-|18=6|528=-");
    CHECK(house.defects() == "");
}

TEST_CASE("an operator cancels one order; without a venue the reply says why not") {
    TestHouse house;
    enter(house, "A");
    house.forget_outputs();
    house.order_action("A", OrderAction::Kind::Cancel);
    CHECK(house.next_reply().ok);
    CHECK(house.next_venue_request() == "35=F|11=KILL1");
    house.order_action("A", OrderAction::Kind::Cancel);
    CHECK_FALSE(house.next_reply().ok);
    house.venue("35=8|150=4|11=KILL1");
    CHECK(house.next_report() == "35=8|11=A|150=4|39=4|378=4");
    house.order_action("A", OrderAction::Kind::Cancel);
    CHECK(house.next_reply().text == "the order is over");
    enter(house, "B");
    house.venue_session(false);
    house.order_action("B", OrderAction::Kind::Cancel);
    CHECK_FALSE(house.next_reply().ok);
    CHECK(house.defects() == "");
}

TEST_CASE("a good-till-cancel order of an earlier day states what it did today") {
    TestHouse house;
    house.client("35=D|11=A|38=100|44=10|59=1");
    house.venue("35=8|150=0|11=A");
    house.venue_fills("A", "20@10");
    house.input(DayRoll{1});
    house.forget_outputs();
    house.venue_fills("A", "10@11");
    CHECK(house.next_report() == "35=8|150=F|14=30|151=70|424=80|425=10|426=11");
    CHECK(house.defects() == "");
}

TEST_CASE("a ClOrdID(11) stays used for the configured number of further days") {
    TestHouse house([](CoreConfig& config) { config.cl_ord_id_days = 1; });
    enter(house, "A");
    house.venue_fills("A", "100@10");
    house.input(DayRoll{1});
    house.forget_outputs();
    house.client("35=D|11=A|38=100|44=10");
    CHECK(house.next_report() == "35=8|150=8|103=6");
    house.input(DayRoll{2});
    house.client("35=D|11=A|38=100|44=10");
    CHECK(house.next_venue_request() == "35=D|11=A");
}

}  // namespace sluice::test
