#include "gateway/app/order_pages.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "gateway/app/record_view.hpp"
#include "gateway/domain/names.hpp"
#include "gateway/orders/name_table.hpp"
#include "gateway/orders/order_state.hpp"
#include "gateway/orders/order_table.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice::app {
namespace {

// Why an operator should look at the order; empty when there is nothing.
std::string_view doubt_of(const Order& order) {
    return order.has(order_flag::kMissesFills) ? "executions missing"
           : order.has(order_flag::kInDoubt)   ? "in doubt"
                                               : "";
}

Json order_json(const Core& core, const Order& order) {
    const NameTable& names = core.names();
    const Instance instance(core.config().instance);
    const auto name_in = [](const Names& table, std::uint32_t id) {
        return id < table.size() ? std::string(table.name(id)) : std::string();
    };
    return {
        {"order", order_id_text(instance, order.id).view()},
        {"session", name_in(names.sessions, order.session.value)},
        {"cl_ord_id", order.cl_ord_id.view()},
        {"root_cl_ord_id", order.root_cl_ord_id.view()},
        {"account", name_in(names.accounts, order.account.value)},
        {"side", to_text(order.side)},
        {"qty", order.live.order_qty.to_string()},
        {"symbol", name_in(names.instruments, order.instrument.value)},
        {"type", to_text(order.ord_type)},
        {"price", order.ord_type == OrdType::Market ? std::string() : order.live.price.to_string()},
        {"tif", to_text(order.time_in_force)},
        {"status", to_text(ord_status(order))},
        {"cum", order.cum_qty.to_string()},
        {"leaves", leaves_qty(order).to_string()},
        {"avg", order.cum_qty.is_zero() ? std::string() : avg_px(order).to_string()},
        {"venue", name_in(names.venues, order.venue.value)},
        {"venue_order_id", order.venue_order_id.view()},
        {"pending", order.pending_count + (order.pending_cancel.active ? 1 : 0)},
        {"doubt", doubt_of(order)},
        {"created", iso_time(order.created.value)},
        {"updated", iso_time(order.updated.value)}};
}

bool wanted(const Core& core, const OrderQuery& query, const Order& order) {
    const NameTable& names = core.names();
    return (!query.open_only || is_open(order)) &&
           (query.session.empty() || names.sessions.find(query.session) == order.session.value) &&
           (query.account.empty() || names.accounts.find(query.account) == order.account.value) &&
           (query.symbol.empty() || names.instruments.find(query.symbol) == order.instrument.value);
}

}  // namespace

OrderQuery order_query(const AdminRequest& request) {
    const auto value = [&request](const char* key) {
        const auto found = request.query.find(key);
        return found == request.query.end() ? std::string() : found->second;
    };
    OrderQuery query;
    query.session = value("session");
    query.account = value("account");
    query.symbol = value("symbol");
    const std::string state = value("state");
    if (!state.empty() && state != "open" && state != "all") {
        throw BadRequest{kUsage, fmt::format("state '{}' is not open or all", state)};
    }
    query.open_only = state == "open";
    query.after_text = value("after");
    const std::string limit = value("limit");
    if (!limit.empty()) {
        const auto [end, error] =
            std::from_chars(limit.data(), limit.data() + limit.size(), query.limit);
        if (error != std::errc() || end != limit.data() + limit.size() || query.limit == 0 ||
            query.limit > 10'000) {
            throw BadRequest{kUsage,
                             fmt::format("limit '{}' is not a number from 1 to 10000", limit)};
        }
    }
    return query;
}

void OrderPage::take_slice(const Core& core) {
    if (!started_) {
        started_ = true;
        if (!query_.after_text.empty()) {
            const auto after = parse_order_id(Instance(core.config().instance), query_.after_text);
            if (!after) {
                throw BadRequest{
                    kUsage, fmt::format("after '{}' is not an OrderID(37)", query_.after_text)};
            }
            query_.after = after->value;
        }
    }
    const auto orders = core.orders().orders();
    auto at =
        std::upper_bound(orders.begin(), orders.end(), query_.after,
                         [](std::uint64_t id, const Order& order) { return id < order.id.value; });
    for (std::size_t looked = 0;
         at != orders.end() && looked < kSlice && rows_.size() < query_.limit; ++at, ++looked) {
        query_.after = at->id.value;
        if (wanted(core, query_, *at)) {
            rows_.push_back(order_json(core, *at));
        }
    }
    complete_ = at == orders.end() || rows_.size() == query_.limit;
}

namespace {

const Order* order_named(const Core& core, const std::string& id, const std::string& session) {
    const OrderTable& orders = core.orders();
    if (const auto order_id = parse_order_id(Instance(core.config().instance), id)) {
        return orders.find(*order_id);
    }
    ClOrdId cl_ord_id;
    if (!cl_ord_id.assign(id)) {
        return nullptr;
    }
    const Names& sessions = core.names().sessions;
    for (std::uint32_t i = sessions.size(); i-- > 0;) {
        if (!session.empty() && sessions.name(i) != session) {
            continue;
        }
        if (const Order* order = orders.find(SessionId{i}, cl_ord_id)) {
            return order;
        }
    }
    return nullptr;
}

}  // namespace

Json find_order(const Core& core, const std::string& id, const std::string& session) {
    const Order* order = order_named(core, id, session);
    return order == nullptr ? Json() : order_json(core, *order);
}

OrderId order_id_of(const Core& core, const std::string& id, const std::string& session) {
    const Order* order = order_named(core, id, session);
    return order == nullptr ? OrderId{} : order->id;
}

std::optional<NamedRequest> named_request(const Core& core, const std::string& id) {
    if (const auto name = parse_venue_cl_ord_id(Instance(core.config().instance), id)) {
        return NamedRequest{name->order, name->version, true};
    }
    const Order* order = order_named(core, id, {});
    if (order == nullptr) {
        return std::nullopt;
    }
    if (order->pending_cancel.active && order->pending_cancel.cl_ord_id == id) {
        return NamedRequest{order->id, order->pending_cancel.request, true};
    }
    for (std::size_t i = 0; i < order->pending_count; ++i) {
        if (order->pending[i].cl_ord_id == id) {
            return NamedRequest{order->id, order->pending[i].version.request, true};
        }
    }
    if (order->cl_ord_id == id) {
        return NamedRequest{order->id, order->live.request, true};
    }
    return NamedRequest{order->id, 0, false};
}

std::size_t open_orders(const Core& core) {
    return core.risk().exposure().firm().open_orders;
}

}  // namespace sluice::app
