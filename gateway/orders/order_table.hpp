// All orders of the day and everything alive from before, by OrderID(37) and by the session's
// ClOrdID(11). Sized once; allocates nothing afterwards. Orders lie in creation order and are
// iterated in it. Owner: the core thread. References and pointers stay good until day_roll().
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gateway/domain/command.hpp"
#include "gateway/orders/digest.hpp"
#include "gateway/orders/order.hpp"
#include "gateway/orders/slot_index.hpp"

namespace sluice {

// What a ClOrdID(11) was used for. It stays used for the trading day, and longer while the order
// lives.
struct ClOrdIdUse {
    ClOrdId cl_ord_id;
    SessionId session;
    OrderId order;              // 0: the request was refused, there is no order
    std::uint64_t content = 0;  // content_hash() of the request
    std::uint32_t day = 0;      // on which it was used, counted in day rolls
    std::uint32_t reserved = 0;
};

// Equal for requests that ask the same thing, whatever their sequence numbers and PossResend(97):
// kind, ids, account, symbol, destination, side, type, time in force, quantity and prices.
std::uint64_t content_hash(const Command& command);

class OrderTable {
public:
    OrderTable() = default;
    explicit OrderTable(std::uint32_t max_orders) { size_for(max_orders); }

    // Room for max_orders orders and two ClOrdIDs for each. Called once, before the first order;
    // GW_CHECK otherwise.
    void size_for(std::uint32_t max_orders);

    // False: new orders must be refused ("order table full") until the day roll.
    bool has_room() const { return orders_.size() < max_orders_; }
    // False: ClOrdIDs can no longer be remembered; refuse new orders and replaces, pass cancels.
    bool has_room_for_id() const { return ids_.size() < max_ids_; }

    // A blank order with this id at the end. GW_CHECK: has_room(), the id is new and not 0.
    Order& create(OrderId id);
    Order* find(OrderId id);
    const Order* find(OrderId id) const;
    // The order that a session's ClOrdID(11) belongs to; null when unknown or used by a refused
    // request.
    Order* find(SessionId session, const ClOrdId& cl_ord_id);
    const Order* find(SessionId session, const ClOrdId& cl_ord_id) const;

    // Null when the id is free.
    const ClOrdIdUse* find_use(SessionId session, const ClOrdId& cl_ord_id) const;
    // Marks the id used. False, and nothing changed, when it is used already, empty, or there is no
    // room. A throttled request must not come here: its id stays free.
    bool use(SessionId session, const ClOrdId& cl_ord_id, OrderId order, std::uint64_t content);

    // The extras of a request, kept until forget_extras() or the day roll drops their order.
    // kNoIndex for empty ones. GW_CHECK: has_room_for_extras().
    bool has_room_for_extras() const {
        return free_extras_ != kNoIndex || extras_.size() < max_orders_;
    }
    std::uint32_t keep_extras(const Extras& extras);
    void forget_extras(std::uint32_t slot);  // kNoIndex: nothing
    // Empty for kNoIndex.
    const Extras& extras(std::uint32_t slot) const;

    // How many trading days a ClOrdID(11) stays used after its own; 0: until the day roll.
    void remember_ids_for(std::uint32_t days) { id_days_ = days; }
    // A new trading day: orders that are over are forgotten, and so is every ClOrdID(11) whose
    // order is gone or was never made, when its days are over. Orders that live on are carried
    // over. Returns how many orders were dropped.
    std::size_t day_roll();

    std::size_t size() const { return orders_.size(); }
    std::size_t max_orders() const { return max_orders_; }
    std::size_t ids_size() const { return ids_.size(); }
    std::span<Order> orders() { return orders_; }  // in creation order
    std::span<const Order> orders() const { return orders_; }
    // In the order in which they were used.
    std::span<const ClOrdIdUse> uses() const { return ids_; }

    // Equal tables digest equally on any machine.
    void digest(Digest& digest) const;

private:
    std::uint32_t slot_of(OrderId id) const;
    void drop_extras(const Order& order);

    struct ExtrasSlot {
        Extras extras;
        std::uint32_t next_free = kNoIndex;
    };
    std::vector<ExtrasSlot> extras_;
    std::uint32_t free_extras_ = kNoIndex;
    std::uint32_t id_days_ = 0;
    std::uint32_t day_ = 0;
    std::size_t max_orders_ = 0;
    std::size_t max_ids_ = 0;
    std::vector<Order> orders_;
    std::vector<ClOrdIdUse> ids_;
    SlotIndex by_order_;
    SlotIndex by_cl_ord_id_;
};

}  // namespace sluice
