// A simulated venue whose answers an operator gives. The venue says exactly what it is told, right
// or wrong; what is left out is left out. For trials of how a client or this gateway takes what
// real venues do.
//
// SimDesk remembers which requests of an order are unanswered, since an answer to a cancel or
// replace carries its name. It is a function of requests and events, so both, recalled from the
// journal, rebuild it. Owner: the thread of its venue.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gateway/domain/result.hpp"
#include "gateway/domain/venue_event.hpp"
#include "gateway/domain/venue_request.hpp"

namespace sluice {

// What is to be said about event.order.
struct Saying {
    VenueEvent event;
    bool names_request = false;  // event.version is the request that is meant
};
struct Said {
    OrderId order;
    std::uint32_t version = 0;
};

class SimDesk {
public:
    void take(const VenueRequest& request);
    // Fills in which request is answered, when it is not named, and what the order is.
    Result<Said, std::string> name(VenueEvent& event, bool names_request) const;
    // Said, now or before a restart.
    void heard(const VenueEvent& event);

private:
    struct Order {
        std::uint32_t version = 0;            // the last request that was confirmed
        std::uint32_t cancel = 0;             // unanswered; 0: none
        std::vector<std::uint32_t> replaces;  // unanswered, oldest first
        SymbolName symbol;
        char side = 0;
    };
    static Result<std::uint32_t, std::string> answered(const Order& order, VenueEventKind kind);

    std::map<std::uint64_t, Order> orders_;  // by OrderId
};

}  // namespace sluice
