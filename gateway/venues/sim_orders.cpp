#include "gateway/venues/sim_orders.hpp"

#include <algorithm>

namespace sluice {

SimOrders::SimOrders(std::uint32_t max_orders) : max_orders_(max_orders), index_(&memory_) {
    constexpr std::uint32_t kReservedMax = 4096;
    const std::uint32_t reserved = std::min(max_orders, kReservedMax);
    index_.reserve(reserved);
    orders_.reserve(reserved);
    free_.reserve(reserved);
}

std::uint32_t SimOrders::find(OrderId id) const {
    const auto found = index_.find(id.value);
    return found == index_.end() ? kNone : found->second;
}

std::uint32_t SimOrders::add(const SimOrder& order) {
    std::uint32_t slot = 0;
    if (free_.empty()) {
        slot = static_cast<std::uint32_t>(orders_.size());
        orders_.push_back(order);
    } else {
        slot = free_.back();
        free_.pop_back();
        orders_[slot] = order;
    }
    GW_CHECK(index_.emplace(order.id.value, slot).second);
    return slot;
}

void SimOrders::clear() {
    index_.clear();
    orders_.clear();
    free_.clear();
}

void SimOrders::drop(std::uint32_t slot) {
    index_.erase(orders_[slot].id.value);
    free_.push_back(slot);
}

}  // namespace sluice
