// A simulated venue whose answers an operator gives, in the words of an ExecutionReport(8) or
// OrderCancelReject(9): "35=8|150=F|11=G3-17|32=100|31=10.5". The venue says exactly that, right or
// wrong; what is left out is left out. For trials of how a client or this gateway takes what real
// venues do.
//
// SimDesk remembers which requests of an order are unanswered, since an answer to a cancel or
// replace carries its name. It is a function of requests and events, so both, recalled from the
// journal, rebuild it. Owner: the thread of its venue.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/result.hpp"
#include "gateway/domain/venue_event.hpp"
#include "gateway/domain/venue_request.hpp"

namespace sluice {

// What is to be said. `event` lacks its names: whom `cl_ord_id` means is known to the core.
struct Saying {
    VenueEvent event;
    std::string cl_ord_id;       // ClOrdID(11) as the operator wrote it
    bool names_request = false;  // event.version is the request that is meant
};
struct Said {
    OrderId order;
    std::uint32_t version = 0;
};

// '|' or SOH between the fields. An error says which field and what was expected. Understood: 35
// (8, 9), 11, 14, 17, 19, 31, 32, 37, 38, 39, 44, 58, 102, 150, 151, 378, 434; any other field is
// handed on to the client beside (LastMkt(30), ...).
Result<Saying, std::string> read_saying(std::string_view text);

class SimDesk {
public:
    void take(const VenueRequest& request);
    // Fills in which request is answered, when it is not named.
    Result<Said, std::string> complete(Saying& saying) const;
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
