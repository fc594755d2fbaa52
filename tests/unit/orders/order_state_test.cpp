#include "gateway/orders/order_state.hpp"

#include <catch2/catch.hpp>

using namespace sluice;

namespace {

Quantity lots(std::int64_t count) {
    return Quantity::from_int(count);
}

Price at(std::int64_t price) {
    return Price::from_int(price);
}

Order working(std::int64_t order_qty) {
    Order order;
    order.id = {1};
    order.cl_ord_id = ClOrdId("X");
    order.live.order_qty = lots(order_qty);
    acknowledge(order);
    return order;
}

OrderVersion version(std::int64_t order_qty) {
    OrderVersion wanted;
    wanted.order_qty = lots(order_qty);
    return wanted;
}

}  // namespace

TEST_CASE("an order is pending new until the venue or a fill says otherwise") {
    Order order = working(100);
    order.clear(order_flag::kAcknowledged);
    CHECK(ord_status(order) == OrdStatus::PendingNew);
    acknowledge(order);
    CHECK(ord_status(order) == OrdStatus::New);
    Order filled = working(100);
    filled.clear(order_flag::kAcknowledged);
    add_fill(filled, lots(1), at(10));
    CHECK(ord_status(filled) == OrdStatus::PartiallyFilled);
}

TEST_CASE("a pending cancel outranks a pending replace, which outranks filled") {
    Order order = working(100);
    begin_replace(order, version(120), {}, ClOrdId("Y"));
    CHECK(ord_status(order) == OrdStatus::PendingReplace);
    add_fill(order, lots(100), at(10));
    CHECK(ord_status(order) == OrdStatus::PendingReplace);
    const auto request = begin_cancel(order, ClOrdId("Z"));
    CHECK(ord_status(order) == OrdStatus::PendingCancel);
    CHECK(refuse_replace(order, 1));
    CHECK(refuse_cancel(order, request));
    CHECK(ord_status(order) == OrdStatus::Filled);
}

TEST_CASE("done for the day outranks filled, and stopped outranks partially filled") {
    Order order = working(100);
    add_fill(order, lots(10), at(10));
    order.set(order_flag::kStopped);
    CHECK(ord_status(order) == OrdStatus::Stopped);
    add_fill(order, lots(90), at(10));
    CHECK(ord_status(order) == OrdStatus::Filled);
    order.set(order_flag::kDoneForDay);
    CHECK(ord_status(order) == OrdStatus::DoneForDay);
}

TEST_CASE("suspended is shown while nothing is filled") {
    Order order = working(100);
    order.set(order_flag::kSuspended);
    CHECK(ord_status(order) == OrdStatus::Suspended);
    acknowledge(order);
    CHECK(ord_status(order) == OrdStatus::New);
}

TEST_CASE("a closed order reports how it closed and leaves nothing") {
    const auto [how, status] = GENERATE(table<Closed, OrdStatus>({
        {Closed::Canceled, OrdStatus::Canceled},
        {Closed::Expired, OrdStatus::Expired},
        {Closed::Rejected, OrdStatus::Rejected},
        {Closed::DoneForDay, OrdStatus::DoneForDay},
    }));
    Order order = working(100);
    add_fill(order, lots(30), at(10));
    begin_replace(order, version(200), {}, ClOrdId("Y"));
    begin_cancel(order, ClOrdId("Z"));
    close(order, how);
    CHECK(ord_status(order) == status);
    CHECK(leaves_qty(order).is_zero());
    CHECK(leaves_bound(order).is_zero());
    CHECK_FALSE(is_open(order));
    CHECK_FALSE(is_alive(order));
    CHECK(order.pending_count == 0);
}

TEST_CASE("OrderQty is CumQty plus LeavesQty while the order works") {
    Order order = working(100);
    for (const std::int64_t fill : {20, 30, 50}) {
        add_fill(order, lots(fill), at(10));
        CHECK(order.cum_qty + leaves_qty(order) == lots(100));
    }
    CHECK(ord_status(order) == OrdStatus::Filled);
}

TEST_CASE("AvgPx is the weighted price, rounded half away from zero") {
    Order order = working(100);
    CHECK(avg_px(order).is_zero());
    add_fill(order, lots(1), at(10));
    add_fill(order, lots(2), at(11));
    // 32 / 3
    CHECK(avg_px(order).to_string() == "10.66666667");
    add_fill(order, lots(3), at(-20));
    // -28 / 6
    CHECK(avg_px(order).to_string() == "-4.66666667");
}

TEST_CASE("AvgPx of the largest amounts neither wraps nor breaks") {
    Order order = working(100);
    order.live.order_qty = Quantity::from_units(INT64_MAX);
    for (int i = 0; i < 4; ++i) {
        add_fill(order, Quantity::from_units(INT64_MAX), Price::from_units(INT64_MAX));
    }
    CHECK(avg_px(order).units() > 0);
    CHECK(order.cum_qty == Quantity::from_units(INT64_MAX));
}

TEST_CASE("a fill keeps the live ClOrdID while a request is pending") {
    Order order = working(100);
    begin_replace(order, version(120), {}, ClOrdId("Y"));
    add_fill(order, lots(10), at(10));
    CHECK(order.cl_ord_id == "X");
    CHECK(order.live.order_qty == lots(100));
    CHECK(last_cl_ord_id(order) == ClOrdId("Y"));
    CHECK(names_current(order, ClOrdId("X")));
    CHECK(names_current(order, ClOrdId("Y")));
    CHECK_FALSE(names_current(order, ClOrdId("Z")));
}

TEST_CASE("a confirmed replace makes its version the live one") {
    Order order = working(100);
    add_fill(order, lots(10), at(10));
    const auto request = begin_replace(order, version(80), {}, ClOrdId("Y"));
    REQUIRE(find_pending(order, request) != nullptr);
    CHECK(confirm_replace(order, request, std::nullopt));
    CHECK(order.cl_ord_id == "Y");
    CHECK(leaves_qty(order) == lots(70));
    CHECK(ord_status(order) == OrdStatus::PartiallyFilled);
    CHECK(order.has(order_flag::kReplaced));
    CHECK_FALSE(confirm_replace(order, request, std::nullopt));
}

TEST_CASE("a replace below CumQty becomes CumQty and the order is filled") {
    Order order = working(100);
    add_fill(order, lots(60), at(10));
    const auto request = begin_replace(order, version(50), {}, ClOrdId("Y"));
    CHECK(confirm_replace(order, request, std::nullopt));
    CHECK(order.live.order_qty == lots(60));
    CHECK(ord_status(order) == OrdStatus::Filled);
}

TEST_CASE("of two pipelined replaces each is answered by its own request number") {
    Order order = working(100);
    const auto first = begin_replace(order, version(80), {}, ClOrdId("Y"));
    const auto second = begin_replace(order, version(60), {}, ClOrdId("Z"));
    CHECK(first != second);
    CHECK(refuse_replace(order, first));
    CHECK(order.cl_ord_id == "X");
    CHECK(order.pending_count == 1);
    CHECK(confirm_replace(order, second, std::nullopt));
    CHECK(order.cl_ord_id == "Z");
    CHECK_FALSE(refuse_replace(order, second));
}

TEST_CASE("a cancel is refused only under its own request number") {
    Order order = working(100);
    const auto request = begin_cancel(order, ClOrdId("C"));
    CHECK_FALSE(refuse_cancel(order, request + 1));
    CHECK(refuse_cancel(order, request));
    CHECK_FALSE(refuse_cancel(order, request));
}

TEST_CASE("what may fill is the most that any version allows") {
    Order order = working(100);
    add_fill(order, lots(50), at(10));
    begin_replace(order, version(150), {}, ClOrdId("Y"));
    CHECK(leaves_bound(order) == lots(100));
    CHECK(leaves_qty(order) == lots(50));
    CHECK_FALSE(add_fill(order, lots(70), at(10)));
    CHECK(add_fill(order, lots(31), at(10)));
    CHECK(order.has(order_flag::kOverFilled));
}

TEST_CASE("a bust undoes CumQty and AvgPx and frees nothing") {
    Order order = working(100);
    add_fill(order, lots(40), at(10));
    add_fill(order, lots(60), at(20));
    CHECK(remove_fill(order, lots(60), at(20)));
    CHECK(order.cum_qty == lots(40));
    CHECK(avg_px(order) == at(10));
    CHECK(leaves_qty(order).is_zero());
    CHECK(ord_status(order) == OrdStatus::PartiallyFilled);
    CHECK_FALSE(is_open(order));
    CHECK_FALSE(remove_fill(order, lots(41), at(10)));
}

TEST_CASE("after a bust the venue may say how much works again, never more than OrderQty leaves") {
    Order order = working(100);
    add_fill(order, lots(100), at(10));
    CHECK(remove_fill(order, lots(60), at(10)));
    restate_leaves(order, lots(25));
    CHECK(leaves_qty(order) == lots(25));
    CHECK(is_open(order));
    restate_leaves(order, lots(1'000));
    CHECK(leaves_qty(order) == lots(60));
    close(order, Closed::Canceled);
    restate_leaves(order, lots(25));
    CHECK(leaves_qty(order).is_zero());
}

TEST_CASE("a correction of an earlier day's fill changes that day's part and not today's") {
    Order order = working(100);
    add_fill(order, lots(20), at(10));
    carry_over(order);
    add_fill(order, lots(10), at(12));
    CHECK(remove_fill(order, lots(20), at(10)));
    rebook_fill(order, lots(15), at(9));
    correct_prior_day(order, lots(20), at(10), lots(15), at(9));
    const DayPart day = day_part(order);
    CHECK(day.order_qty == lots(85));
    CHECK(day.cum_qty == lots(10));
    CHECK(day.avg_px == at(12));
}

TEST_CASE("a stock split changes what was filled before today, not its money nor today's part") {
    Order order = working(100);
    add_fill(order, lots(20), at(10));
    carry_over(order);
    add_fill(order, lots(10), at(10));
    rescale_cum_qty(order, lots(50));
    CHECK(order.cum_qty == lots(50));
    CHECK(avg_px(order) == at(6));
    CHECK(day_part(order).cum_qty == lots(10));
}

TEST_CASE("a restatement brings a closed order back with what the venue says") {
    Order order = working(100);
    add_fill(order, lots(40), at(10));
    close(order, Closed::Canceled);
    CHECK(restate(order, lots(25), at(12)));
    CHECK(is_open(order));
    CHECK(leaves_qty(order) == lots(25));
    CHECK(order.live.price == at(12));
    CHECK_FALSE(restate(order, lots(20), std::nullopt));
}

TEST_CASE("a filled order with an unanswered cancel is alive and not open") {
    Order order = working(100);
    begin_cancel(order, ClOrdId("C"));
    add_fill(order, lots(100), at(10));
    CHECK_FALSE(is_open(order));
    CHECK(is_alive(order));
}
