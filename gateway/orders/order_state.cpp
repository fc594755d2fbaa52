#include "gateway/orders/order_state.hpp"

#include <algorithm>
#include <limits>

#include "gateway/domain/check.hpp"

namespace sluice {
namespace {

constexpr Quantity kNothing{};

OrdStatus status_when_closed(Closed closed) {
    switch (closed) {
        case Closed::Rejected:
            return OrdStatus::Rejected;
        case Closed::Expired:
            return OrdStatus::Expired;
        case Closed::DoneForDay:
            return OrdStatus::DoneForDay;
        case Closed::Canceled:
        case Closed::No:
            break;
    }
    return OrdStatus::Canceled;
}

PendingReplace* find_pending_slot(Order& order, std::uint32_t request) {
    const auto end = order.pending.begin() + order.pending_count;
    const auto found = std::find_if(order.pending.begin(), end, [&](const PendingReplace& pending) {
        return pending.version.request == request;
    });
    return found == end ? nullptr : &*found;
}

void erase_pending(Order& order, PendingReplace* slot) {
    auto* const end = order.pending.data() + order.pending_count;
    std::move(slot + 1, end, slot);
    order.pending[--order.pending_count] = PendingReplace{};
}

// Sums of 128 bit products: saturate instead of wrapping; AvgPx(6) is information, not money.
void add_value(Wide& value, Quantity qty, Price price, bool taken_back) {
    const Wide product = Wide{qty.units()} * Wide{price.units()};
    constexpr Wide kMost = std::numeric_limits<Wide>::max();
    Wide sum = 0;
    const bool overflow = taken_back ? __builtin_sub_overflow(value, product, &sum)
                                     : __builtin_add_overflow(value, product, &sum);
    value = overflow ? (value < 0 ? -kMost : kMost) : sum;
}

bool fits_a_version(const Order& order, Quantity qty) {
    return qty <= leaves_bound(order);
}

Quantity saturating_sum(Quantity a, Quantity b) {
    std::int64_t sum = 0;
    return __builtin_add_overflow(a.units(), b.units(), &sum)
               ? Quantity::from_units(std::numeric_limits<std::int64_t>::max())
               : Quantity::from_units(sum);
}

}  // namespace

OrdStatus ord_status(const Order& order) {
    if (order.closed != Closed::No) {
        return status_when_closed(order.closed);
    }
    if (order.pending_cancel.active) {
        return OrdStatus::PendingCancel;
    }
    if (order.pending_count > 0) {
        return OrdStatus::PendingReplace;
    }
    if (order.has(order_flag::kDoneForDay)) {
        return OrdStatus::DoneForDay;
    }
    if (order.cum_qty > kNothing && leaves_qty(order).is_zero() && order.busted_qty.is_zero()) {
        return OrdStatus::Filled;
    }
    if (order.has(order_flag::kStopped)) {
        return OrdStatus::Stopped;
    }
    if (order.has(order_flag::kSuspended)) {
        return OrdStatus::Suspended;
    }
    if (order.cum_qty > kNothing) {
        return OrdStatus::PartiallyFilled;
    }
    return order.has(order_flag::kAcknowledged) ? OrdStatus::New : OrdStatus::PendingNew;
}

Quantity leaves_of(const Order& order, const OrderVersion& version) {
    const Quantity used = saturating_sum(order.cum_qty, order.busted_qty);
    return used < version.order_qty ? version.order_qty - used : kNothing;
}

Quantity leaves_qty(const Order& order) {
    return order.closed == Closed::No ? leaves_of(order, order.live) : kNothing;
}

Quantity leaves_bound(const Order& order) {
    if (order.closed != Closed::No) {
        return kNothing;
    }
    Quantity most = leaves_of(order, order.live);
    for (std::size_t i = 0; i < order.pending_count; ++i) {
        most = std::max(most, leaves_of(order, order.pending[i].version));
    }
    return most;
}

namespace {

// value / qty, rounded half away from zero.
Price average(Wide value, Wide qty) {
    if (qty <= 0) {
        return {};
    }
    const Wide magnitude = value < 0 ? -value : value;
    Wide rounded = magnitude / qty;
    const Wide rest = magnitude % qty;
    if (rest >= qty - rest) {
        ++rounded;
    }
    constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();
    const auto units = static_cast<std::int64_t>(std::min(rounded, kMost));
    return Price::from_units(value < 0 ? -units : units);
}

}  // namespace

Price avg_px(const Order& order) {
    return average(order.fill_value, order.cum_qty.units());
}

DayPart day_part(const Order& order) {
    DayPart day;
    const Quantity whole = std::max(order.live.order_qty, order.cum_qty);
    day.order_qty = whole - std::min(whole, order.prior_cum_qty);
    day.cum_qty = order.cum_qty - std::min(order.cum_qty, order.prior_cum_qty);
    day.avg_px = average(order.fill_value - order.prior_fill_value, day.cum_qty.units());
    return day;
}

bool is_open(const Order& order) {
    return order.closed == Closed::No &&
           (order.pending_count > 0 || !leaves_bound(order).is_zero());
}

bool is_alive(const Order& order) {
    return is_open(order) || (order.closed == Closed::No && order.pending_cancel.active);
}

bool is_unanswered(const Order& order) {
    return order.closed == Closed::No && (!order.has(order_flag::kAcknowledged) ||
                                          order.pending_count > 0 || order.pending_cancel.active);
}

bool is_good_till(const Order& order) {
    return order.time_in_force == TimeInForce::GoodTillCancel ||
           order.time_in_force == TimeInForce::GoodTillDate;
}

bool names_current(const Order& order, const ClOrdId& cl_ord_id) {
    if (order.cl_ord_id == cl_ord_id) {
        return true;
    }
    return std::any_of(order.pending.begin(), order.pending.begin() + order.pending_count,
                       [&](const PendingReplace& p) { return p.cl_ord_id == cl_ord_id; });
}

const ClOrdId& last_cl_ord_id(const Order& order) {
    return order.pending_count == 0 ? order.cl_ord_id
                                    : order.pending[order.pending_count - 1U].cl_ord_id;
}

const PendingReplace* find_pending(const Order& order, std::uint32_t request) {
    const auto end = order.pending.begin() + order.pending_count;
    const auto found = std::find_if(order.pending.begin(), end, [&](const PendingReplace& pending) {
        return pending.version.request == request;
    });
    return found == end ? nullptr : &*found;
}

void acknowledge(Order& order) {
    order.set(order_flag::kAcknowledged);
    order.clear(order_flag::kDoneForDay);
    order.clear(order_flag::kSuspended);
}

bool add_fill(Order& order, Quantity last_qty, Price last_px) {
    GW_CHECK(last_qty > kNothing);
    const bool over_fill = !fits_a_version(order, last_qty);
    order.cum_qty = saturating_sum(order.cum_qty, last_qty);
    add_value(order.fill_value, last_qty, last_px, false);
    order.set(order_flag::kAcknowledged);
    order.clear(order_flag::kDoneForDay);
    if (over_fill) {
        order.set(order_flag::kOverFilled);
    }
    return over_fill;
}

bool remove_fill(Order& order, Quantity last_qty, Price last_px) {
    if (last_qty > order.cum_qty) {
        return false;
    }
    order.cum_qty -= last_qty;
    order.busted_qty = saturating_sum(order.busted_qty, last_qty);
    add_value(order.fill_value, last_qty, last_px, true);
    return true;
}

void rebook_fill(Order& order, Quantity last_qty, Price last_px) {
    GW_CHECK(last_qty > kNothing);
    order.busted_qty -= std::min(order.busted_qty, last_qty);
    order.cum_qty = saturating_sum(order.cum_qty, last_qty);
    add_value(order.fill_value, last_qty, last_px, false);
}

void correct_prior_day(Order& order, Quantity old_qty, Price old_px, Quantity qty, Price px) {
    order.prior_cum_qty -= std::min(order.prior_cum_qty, old_qty);
    order.prior_cum_qty = saturating_sum(order.prior_cum_qty, qty);
    add_value(order.prior_fill_value, old_qty, old_px, true);
    add_value(order.prior_fill_value, qty, px, false);
}

void restate_leaves(Order& order, Quantity leaves) {
    const Quantity& whole = order.live.order_qty;
    const Quantity used = saturating_sum(order.cum_qty, std::max(leaves, kNothing));
    if (order.closed == Closed::No) {
        order.busted_qty = used < whole ? whole - used : kNothing;
    }
}

void rescale_cum_qty(Order& order, Quantity cum_qty) {
    const Quantity today = order.cum_qty - std::min(order.cum_qty, order.prior_cum_qty);
    order.cum_qty = std::max(cum_qty, kNothing);
    order.prior_cum_qty = order.cum_qty - std::min(order.cum_qty, today);
}

std::uint32_t begin_replace(Order& order,
                            OrderVersion version,
                            const OrderTerms& terms,
                            const ClOrdId& cl_ord_id) {
    GW_CHECK(order.pending_count < kPendingReplacesMax && order.closed == Closed::No);
    version.request = order.next_request++;
    order.pending[order.pending_count++] = {version, terms, cl_ord_id};
    return version.request;
}

std::uint32_t begin_cancel(Order& order, const ClOrdId& cl_ord_id, std::uint8_t why) {
    GW_CHECK(!order.pending_cancel.active && order.closed == Closed::No);
    order.pending_cancel = {cl_ord_id, order.next_request, true, why};
    return order.next_request++;
}

bool confirm_replace(Order& order, std::uint32_t request, std::optional<Quantity> order_qty) {
    auto* const slot = find_pending_slot(order, request);
    if (slot == nullptr) {
        return false;
    }
    order.live = slot->version;
    order.terms = slot->terms;
    order.cl_ord_id = slot->cl_ord_id;
    erase_pending(order, slot);
    order.live.order_qty =
        std::max(order_qty.value_or(order.live.order_qty),
                 order.cum_qty);  // below CumQty(14) it becomes CumQty(14): the order is Filled
    order.set(order_flag::kAcknowledged);
    order.set(order_flag::kReplaced);
    order.clear(order_flag::kDoneForDay);
    return true;
}

bool refuse_replace(Order& order, std::uint32_t request) {
    auto* const slot = find_pending_slot(order, request);
    if (slot == nullptr) {
        return false;
    }
    erase_pending(order, slot);
    return true;
}

bool refuse_cancel(Order& order, std::uint32_t request) {
    if (!order.pending_cancel.active || order.pending_cancel.request != request) {
        return false;
    }
    order.pending_cancel = PendingCancel{};
    return true;
}

void close(Order& order, Closed how) {
    GW_CHECK(how != Closed::No);
    if (how == Closed::DoneForDay && is_good_till(order)) {
        order.set(order_flag::kDoneForDay);
        return;
    }
    order.closed = how;
    while (order.pending_count > 0) {
        order.pending[--order.pending_count] = PendingReplace{};
    }
    order.pending_cancel = PendingCancel{};
    order.clear(order_flag::kInDoubt);
}

void carry_over(Order& order) {
    order.set(order_flag::kCarried);
    order.prior_cum_qty = order.cum_qty;
    order.prior_fill_value = order.fill_value;
}

bool restate(Order& order, Quantity leaves, std::optional<Price> price) {
    const bool grew = leaves > leaves_bound(order);
    order.live.order_qty = saturating_sum(order.cum_qty, std::max(leaves, kNothing));
    order.busted_qty = kNothing;
    if (price) {
        order.live.price = *price;
    }
    if (!leaves.is_zero()) {
        order.closed = Closed::No;
    }
    order.clear(order_flag::kDoneForDay);
    order.clear(order_flag::kSuspended);
    return grew;
}

}  // namespace sluice
