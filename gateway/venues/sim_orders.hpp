// The simulated venue's own record of the orders that work there, by our OrderId. Sized once.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <unordered_map>
#include <vector>

#include "gateway/domain/venue_request.hpp"
#include "gateway/venues/order_book.hpp"
#include "gateway/venues/sim_config.hpp"

namespace sluice {

struct SimOrder {
    OrderId id;
    const SimRule* rule = nullptr;
    Quantity qty;
    Quantity cum;
    Price price;
    Price stop_px;
    Quantity display;           // MaxFloor(111); 0: all of it is shown
    UtcNanos expire;            // of a good-till-date order; 0: none
    UtcNanos last_due;          // answers on one order keep their order
    std::uint64_t number = 0;   // in OrderID(37)
    std::uint32_t version = 0;  // the last request that was accepted
    std::uint32_t book = 0;
    BookHandle handle = kNoHandle;
    SymbolName symbol;
    Side side = Side::None;
    OrdType type = OrdType::None;
    TimeInForce tif = TimeInForce::Day;
    bool silent = false;   // nobody is told anything
    bool waiting = false;  // a stop order before its price

    Quantity leaves() const { return qty - cum; }
};

class SimOrders {
public:
    explicit SimOrders(std::uint32_t max_orders);

    static constexpr std::uint32_t kNone = 0xffff'ffffU;
    std::uint32_t find(OrderId id) const;  // kNone
    bool full() const { return index_.size() >= max_orders_; }
    std::uint32_t add(const SimOrder& order);
    void drop(std::uint32_t slot);
    void clear();
    SimOrder& operator[](std::uint32_t slot) { return orders_[slot]; }
    const SimOrder& operator[](std::uint32_t slot) const { return orders_[slot]; }
    std::size_t size() const { return index_.size(); }

private:
    std::size_t max_orders_;
    std::pmr::unsynchronized_pool_resource memory_;
    std::pmr::unordered_map<std::uint64_t, std::uint32_t> index_;  // never iterated
    std::vector<SimOrder> orders_;
    std::vector<std::uint32_t> free_;
};

}  // namespace sluice
