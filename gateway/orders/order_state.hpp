// What follows from an order's facts, and how events change the facts. Pure functions over one
// Order: no tables, no time, no risk. The core calls a transition, then RiskEngine::settle(order),
// then reports what the functions of the first group say. Owner: the core thread.
#pragma once

#include <optional>

#include "gateway/orders/order.hpp"

namespace sluice {

// --- functions of the facts ------------------------------------------------------------------

// OrdStatus(39) by the precedence of FIX's Appendix D; a closed order reports how it closed. In FIX
// 4.3+ words: the codec says Replaced(5) to a FIX 4.2 client.
OrdStatus ord_status(const Order& order);
// LeavesQty(151) of the live version; 0 when closed.
Quantity leaves_qty(const Order& order);
// AvgPx(6), rounded half away from zero to 10^-8; 0 when CumQty(14) is 0.
Price avg_px(const Order& order);
// What may still fill: the maximum over the live and all pending versions; 0 when closed. Rule of
// the reservation.
Quantity leaves_bound(const Order& order);
// What one version may still fill.
Quantity leaves_of(const Order& order, const OrderVersion& version);
// Counts as open: not closed, and something may still fill or a replace is unanswered.
bool is_open(const Order& order);
// A request is unanswered or something may fill: the day roll keeps it.
bool is_alive(const Order& order);
// The venue owes an answer: the new order, a replace or a cancel.
bool is_unanswered(const Order& order);
// Good-till-cancel or good-till-date: it may live on after the day.
bool is_good_till(const Order& order);
// What a good-till order did today: OrderQty(38) left at the day's begin, CumQty(14) and AvgPx(6)
// since.
struct DayPart {
    Quantity order_qty;
    Quantity cum_qty;
    Price avg_px;
};
DayPart day_part(const Order& order);
// The id is that of the live version or of a pending replace: a valid OrigClOrdID(41).
bool names_current(const Order& order, const ClOrdId& cl_ord_id);
// The last ClOrdID(11) that was not refused: what a pipelined request's OrigClOrdID(41) names.
const ClOrdId& last_cl_ord_id(const Order& order);
// The pending replace of a venue request; null when there is none.
const PendingReplace* find_pending(const Order& order, std::uint32_t request);

// --- transitions ------------------------------------------------------------------------------

// The venue accepted the order.
void acknowledge(Order& order);
// Books a fill into CumQty(14) and AvgPx(6), whatever the state. True when it is an over-fill: it
// goes beyond what any version allowed, or it hit a closed order. LastQty must be positive.
bool add_fill(Order& order, Quantity last_qty, Price last_px);
// Takes a fill out again (ExecType(150)=H, or the old half of G). The quantity does not work again.
// False, and unchanged, when CumQty(14) is smaller than the fill.
bool remove_fill(Order& order, Quantity last_qty, Price last_px);
// The new half of ExecType(150)=G; what a previous remove_fill freed is used up first.
void rebook_fill(Order& order, Quantity last_qty, Price last_px);
// An execution of an earlier day was taken out (qty 0) or corrected: what counts as filled before
// today changes with it.
void correct_prior_day(Order& order, Quantity old_qty, Price old_px, Quantity qty, Price px);
// The venue says how much of the order works after a fill was taken out. More than OrderQty(38)
// leaves room for does not; nothing of a closed order does.
void restate_leaves(Order& order, Quantity leaves);
// A corporate action: CumQty(14) is another, its money is the same, and all of the change is of
// earlier days.
void rescale_cum_qty(Order& order, Quantity cum_qty);
// A replace goes to the venue. Sets version.request to the next request number and returns it.
// GW_CHECK: fewer than kPendingReplacesMax are pending.
std::uint32_t begin_replace(Order& order,
                            OrderVersion version,
                            const OrderTerms& terms,
                            const ClOrdId& cl_ord_id);
// A cancel goes to the venue. Returns the request number. GW_CHECK: none is pending.
// `why` as in PendingCancel.
std::uint32_t begin_cancel(Order& order, const ClOrdId& cl_ord_id, std::uint8_t why = 0);
// The venue replaced: the pending version becomes the live one, with the venue's OrderQty(38) where
// it states one; below CumQty(14) it becomes CumQty(14). False when no such request pends.
bool confirm_replace(Order& order, std::uint32_t request, std::optional<Quantity> order_qty);
// The venue refused. False when no such request pends.
bool refuse_replace(Order& order, std::uint32_t request);
bool refuse_cancel(Order& order, std::uint32_t request);
// Over for good: rejected, canceled, expired, or done for the day with a day order. Drops what
// pends, so answer pending requests (OrderCancelReject(9)) from the order before this call. A good-
// till order that is done for the day stays alive and reserved.
void close(Order& order, Closed how);
// A new day begins for an order that lives on.
void carry_over(Order& order);
// ExecType(150)=D: the venue says what works now. LeavesQty(151) given here revives a closed order.
// True when leaves grew beyond what was reserved before: worth an alert.
bool restate(Order& order, Quantity leaves, std::optional<Price> price);

}  // namespace sluice
