#include "gateway/orders/order_table.hpp"

#include <algorithm>

#include "gateway/domain/check.hpp"
#include "gateway/orders/order_state.hpp"

namespace sluice {
namespace {

constexpr std::size_t kIdsPerOrder = 2;

std::uint64_t hash_text(std::uint64_t seed, std::string_view text) {
    Digest digest;
    digest.add(seed);
    digest.add(text);
    return mix_bits(digest.value());
}

std::uint64_t hash_id(SessionId session, const ClOrdId& cl_ord_id) {
    return hash_text(session.value, cl_ord_id.view());
}

void add_version(Digest& digest, const OrderVersion& version) {
    digest.add_signed(version.order_qty.units());
    digest.add_signed(version.price.units());
    digest.add_signed(version.risk_px.units());
    digest.add_signed(version.fx.units());
    digest.add_signed(version.fx_firm.units());
    digest.add(std::uint64_t{version.request});
}

void add_terms(Digest& digest, const OrderTerms& terms) {
    digest.add_signed(terms.stop_px.units());
    digest.add_signed(terms.max_floor.units());
    digest.add_signed(terms.expire.value);
    digest.add(std::uint64_t{terms.extras} << 16U | terms.flags);
}

void add_order(Digest& digest, const Order& order) {
    digest.add(order.id.value);
    add_version(digest, order.live);
    digest.add_signed(order.cum_qty.units());
    digest.add_signed(order.busted_qty.units());
    digest.add_signed(order.reserved_qty.units());
    digest.add_signed(order.reserved_notional.units());
    digest.add_signed(order.reserved_notional_firm.units());
    digest.add(std::uint64_t{order.session.value} << 32U | order.account.value);
    digest.add(std::uint64_t{order.instrument.value} << 32U | order.venue.value);
    digest.add(std::uint64_t{order.position_row} << 32U | order.next_request);
    digest.add_signed(static_cast<std::int64_t>(order.side) << 24 |
                      static_cast<std::int64_t>(order.ord_type) << 16 |
                      static_cast<std::int64_t>(order.time_in_force) << 8 |
                      static_cast<std::int64_t>(order.closed));
    digest.add(std::uint64_t{order.flags} << 8U | order.pending_count);
    digest.add(order.fill_value);
    digest.add_signed(order.created.value);
    digest.add_signed(order.updated.value);
    digest.add_signed(order.asked.value);
    for (std::size_t i = 0; i < order.pending_count; ++i) {
        add_version(digest, order.pending[i].version);
        add_terms(digest, order.pending[i].terms);
        digest.add(order.pending[i].cl_ord_id.view());
    }
    add_terms(digest, order.terms);
    digest.add_signed(order.prior_cum_qty.units());
    digest.add(order.prior_fill_value);
    digest.add(std::uint64_t{order.pending_cancel.request} << 9U |
               std::uint64_t{order.pending_cancel.why} << 1U |
               (order.pending_cancel.active ? 1U : 0U));
    digest.add(order.pending_cancel.cl_ord_id.view());
    digest.add(order.root_cl_ord_id.view());
    digest.add(order.cl_ord_id.view());
    digest.add(order.ex_destination.view());
    digest.add(order.venue_order_id.view());
}

}  // namespace

std::uint64_t content_hash(const Command& command) {
    constexpr std::uint16_t kPresence = command_flag::kHasOrderQty | command_flag::kHasPrice |
                                        command_flag::kHasStopPx | command_flag::kHasMaxFloor |
                                        command_flag::kHasExpire | command_flag::kExpireIsDate;
    Digest digest;
    digest.add(std::uint64_t{static_cast<std::uint8_t>(command.kind)} << 8U |
               static_cast<std::uint64_t>(command.flags & kPresence));
    digest.add_signed(static_cast<std::int64_t>(command.side) << 16 |
                      static_cast<std::int64_t>(command.ord_type) << 8 |
                      static_cast<std::int64_t>(command.time_in_force));
    digest.add_signed(command.order_qty.units());
    digest.add_signed(command.price.units());
    digest.add_signed(command.stop_px.units());
    digest.add_signed(command.max_floor.units());
    digest.add_signed(command.expire.value);
    digest.add(command.extras.view());
    digest.add(command.cl_ord_id.view());
    digest.add(command.orig_cl_ord_id.view());
    digest.add(command.account.view());
    digest.add(command.symbol.view());
    digest.add(command.ex_destination.view());
    return digest.value();
}

void OrderTable::size_for(std::uint32_t max_orders) {
    GW_CHECK(orders_.empty() && ids_.empty() && max_orders > 0);
    max_orders_ = max_orders;
    max_ids_ = std::size_t{max_orders} * kIdsPerOrder;
    // Memory is reserved, not touched: pages become real as orders come.
    orders_.reserve(max_orders_);
    ids_.reserve(max_ids_);
    extras_.reserve(max_orders_);
    by_order_.size_for(max_orders_);
    by_cl_ord_id_.size_for(max_ids_);
}

std::uint32_t OrderTable::slot_of(OrderId id) const {
    return by_order_.find(mix_bits(id.value),
                          [&](std::uint32_t slot) { return orders_[slot].id == id; });
}

Order& OrderTable::create(OrderId id) {
    GW_CHECK(has_room() && id.value != 0 && slot_of(id) == kNoIndex);
    by_order_.insert(mix_bits(id.value), static_cast<std::uint32_t>(orders_.size()));
    Order& order = orders_.emplace_back();
    order.id = id;
    return order;
}

const Order* OrderTable::find(OrderId id) const {
    const auto slot = slot_of(id);
    return slot == kNoIndex ? nullptr : &orders_[slot];
}

Order* OrderTable::find(OrderId id) {
    const auto slot = slot_of(id);
    return slot == kNoIndex ? nullptr : &orders_[slot];
}

const Order* OrderTable::find(SessionId session, const ClOrdId& cl_ord_id) const {
    const ClOrdIdUse* const found = find_use(session, cl_ord_id);
    return found == nullptr ? nullptr : find(found->order);
}

Order* OrderTable::find(SessionId session, const ClOrdId& cl_ord_id) {
    const ClOrdIdUse* const found = find_use(session, cl_ord_id);
    return found == nullptr ? nullptr : find(found->order);
}

const ClOrdIdUse* OrderTable::find_use(SessionId session, const ClOrdId& cl_ord_id) const {
    const auto slot = by_cl_ord_id_.find(hash_id(session, cl_ord_id), [&](std::uint32_t candidate) {
        return ids_[candidate].session == session && ids_[candidate].cl_ord_id == cl_ord_id;
    });
    return slot == kNoIndex ? nullptr : &ids_[slot];
}

bool OrderTable::use(SessionId session,
                     const ClOrdId& cl_ord_id,
                     OrderId order,
                     std::uint64_t content) {
    if (cl_ord_id.empty() || !has_room_for_id() || find_use(session, cl_ord_id) != nullptr) {
        return false;
    }
    by_cl_ord_id_.insert(hash_id(session, cl_ord_id), static_cast<std::uint32_t>(ids_.size()));
    ids_.push_back({cl_ord_id, session, order, content, day_});
    return true;
}

std::uint32_t OrderTable::keep_extras(const Extras& extras) {
    if (extras.empty()) {
        return kNoIndex;
    }
    GW_CHECK(has_room_for_extras());
    std::uint32_t slot = free_extras_;
    if (slot == kNoIndex) {
        slot = static_cast<std::uint32_t>(extras_.size());
        extras_.push_back({extras, kNoIndex});
    } else {
        free_extras_ = extras_[slot].next_free;
        extras_[slot] = {extras, kNoIndex};
    }
    return slot;
}

void OrderTable::forget_extras(std::uint32_t slot) {
    if (slot != kNoIndex) {
        extras_[slot] = {Extras{}, free_extras_};
        free_extras_ = slot;
    }
}

const Extras& OrderTable::extras(std::uint32_t slot) const {
    static const Extras kNone;
    return slot == kNoIndex ? kNone : extras_[slot].extras;
}

void OrderTable::drop_extras(const Order& order) {
    forget_extras(order.terms.extras);
    for (std::size_t i = 0; i < order.pending_count; ++i) {
        forget_extras(order.pending[i].terms.extras);
    }
}

std::size_t OrderTable::day_roll() {
    const std::size_t before = orders_.size();
    ++day_;
    for (Order& order : orders_) {
        if (is_alive(order)) {
            carry_over(order);
        } else {
            drop_extras(order);
        }
    }
    std::erase_if(orders_, [](const Order& order) { return !is_alive(order); });
    by_order_.clear();
    for (std::uint32_t slot = 0; slot < orders_.size(); ++slot) {
        by_order_.insert(mix_bits(orders_[slot].id.value), slot);
    }
    std::erase_if(ids_, [this](const ClOrdIdUse& use) {
        return day_ - use.day > id_days_ && find(use.order) == nullptr;
    });
    by_cl_ord_id_.clear();
    for (std::uint32_t slot = 0; slot < ids_.size(); ++slot) {
        by_cl_ord_id_.insert(hash_id(ids_[slot].session, ids_[slot].cl_ord_id), slot);
    }
    return before - orders_.size();
}

void OrderTable::digest(Digest& digest) const {
    digest.add(std::uint64_t{orders_.size()});
    for (const Order& order : orders_) {
        add_order(digest, order);
    }
    digest.add(std::uint64_t{ids_.size()});
    for (const ClOrdIdUse& use : ids_) {
        digest.add(use.cl_ord_id.view());
        digest.add(std::uint64_t{use.session.value});
        digest.add(use.order.value);
        digest.add(use.content);
        digest.add(std::uint64_t{use.day});
    }
    digest.add(std::uint64_t{extras_.size()} << 32U | free_extras_);
    for (const ExtrasSlot& slot : extras_) {
        digest.add(slot.extras.view());
    }
}

}  // namespace sluice
