// A simulated venue whose answers an operator gives. The venue says exactly what it is told, right
// or wrong; what is left out is left out. For trials of how a client or this gateway takes what
// real venues do.
//
// SimDesk remembers which requests of an order are unanswered, since an answer to a cancel or
// replace carries its name, and the newest requests as they came, for who wants to know what to
// answer. It is a function of requests and events, so both, recalled from the journal, rebuild it.
// Owner: the thread of its venue.
#pragma once

#include <cstdint>
#include <deque>
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

// A request as it came; numbered from 1 through all starts of the gateway.
struct Asked {
    std::uint64_t number = 0;
    VenueRequest request;
};

class SimDesk {
public:
    static constexpr std::size_t kAskedKept = 1'000;

    void take(const VenueRequest& request);
    // The requests after that number that are still kept, oldest first, at most `limit`.
    std::vector<Asked> asked(std::uint64_t after, std::size_t limit) const;
    // Fills in which request is answered, when it is not named, and what the order is. An event
    // about an order of somebody else (kUnknownOrder) stays as it is.
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
    std::deque<Asked> asked_;                // the newest kAskedKept
    std::uint64_t taken_ = 0;
};

}  // namespace sluice
