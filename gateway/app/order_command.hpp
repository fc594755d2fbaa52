// `sluice order list|show|explain`.
#pragma once

#include <string>

#include "gateway/app/gateway_calls.hpp"
#include "gateway/app/table.hpp"

namespace sluice::app {

struct OrderListRequest {
    std::string session;
    std::string account;
    std::string symbol;
    std::string after;  // OrderID(37)
    bool open_only = false;
    unsigned limit = 100;
};
int list_orders(const GatewayCalls& gateway, const OrderListRequest& request, OutputFormat format);

// The order's state from the gateway, and its life from the journal where that can be read. A
// refused request is no order: of it the journal alone tells.
int show_order(const GatewayCalls& gateway,
               const std::string& id,
               const std::string& session,
               bool with_messages,
               OutputFormat format);

// Why a request was accepted or refused, from the journal alone: the checks in their order, on the
// state as it was then.
int explain_order(const Place& place,
                  const std::string& id,
                  const std::string& session,
                  OutputFormat format);

// Asks the venue to cancel one order, whoever sent it.
int cancel_order(const GatewayCalls& gateway,
                 const std::string& id,
                 const std::string& session,
                 const std::string& reason);

// Says what became of an order in doubt, in the venue's place: as "filled" (with "QTY@PRICE"),
// "canceled", "rejected" or "working".
struct Resolution {
    std::string id;
    std::string session;
    std::string as;
    std::string fill;  // "40@187.5"
    std::string reason;
    bool yes = false;  // do not ask
};
int resolve_order(const GatewayCalls& gateway, const Resolution& resolution);

}  // namespace sluice::app
