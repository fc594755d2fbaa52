// Orders for the admin API: pages taken from the order table on the hot thread in slices of bounded
// length.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/app/admin_json.hpp"
#include "gateway/core/core.hpp"

namespace sluice::app {

struct OrderQuery {
    std::string session;
    std::string account;
    std::string symbol;
    bool open_only = false;
    std::size_t limit = 100;
    std::uint64_t after = 0;  // orders created after this one
    std::string after_text;   // OrderID(37), resolved in the first slice
};
OrderQuery order_query(const AdminRequest& request);  // throws BadRequest

class OrderPage {
public:
    explicit OrderPage(OrderQuery query) : query_(std::move(query)) {}
    bool complete() const { return complete_; }
    // Hot thread: looks at up to kSlice orders.
    void take_slice(const Core& core);
    Json json() const { return rows_; }

private:
    static constexpr std::size_t kSlice = 4'096;
    OrderQuery query_;
    Json rows_ = Json::array();
    bool started_ = false;
    bool complete_ = false;
};

// Hot thread. By OrderID(37), or by ClOrdID(11) (in one session, or the newest that any session
// used). Null: none.
Json find_order(const Core& core, const std::string& id, const std::string& session);
// Likewise; 0: none.
OrderId order_id_of(const Core& core, const std::string& id, const std::string& session);
std::size_t open_orders(const Core& core);

// Hot thread. Which order, and which request to its venue, an operator means by `id`: the
// ClOrdID(11) that the venue sees (G3-17.2) or a client's ClOrdID(11) of an unanswered or the live
// request names one exactly; our OrderID(37) names only the order.
struct NamedRequest {
    OrderId order;
    std::uint32_t version = 0;
    bool is_exact = false;
};
std::optional<NamedRequest> named_request(const Core& core, const std::string& id);

}  // namespace sluice::app
