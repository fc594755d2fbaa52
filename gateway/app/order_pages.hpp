// Orders for the admin API: pages taken from the order table on the hot thread in slices of bounded
// length.
#pragma once

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
std::size_t open_orders(const Core& core);

}  // namespace sluice::app
