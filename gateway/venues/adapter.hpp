// What a venue is to the core: requests go in, events come out, both over bounded channels. An
// adapter runs on the thread that polls it and owns its wire. It never invents an execution, never
// drops one, and never sends a request that was not journaled (EGRESS) before it arrived here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/channels/channel.hpp"
#include "gateway/domain/venue_event.hpp"
#include "gateway/domain/venue_request.hpp"

namespace sluice {

class VenueAdapter {
public:
    virtual ~VenueAdapter() = default;
    virtual VenueId id() const = 0;
    virtual std::string_view name() const = 0;

    // Recovery, before the first poll: each request of the journal in order, with whether this
    // adapter had already taken it before the restart (a SIM rebuilds its book from them, a FIX
    // venue remembers what its session store holds) and, each in its place, the events that it gave
    // and the core has journaled.
    virtual void recall_request(const VenueRequest& request) = 0;
    virtual void recall_event(const VenueEvent& event) = 0;
    // End of recovery at `now`. From here on requests arrive over the channel.
    virtual void recovered(UtcNanos now) = 0;

    // Takes requests, moves its wire, gives events; at most `budget` of each. Events are taken
    // before requests. When the events channel is full it stops reading its wire. Returns how much
    // it did.
    virtual std::size_t poll(UtcNanos now, std::size_t budget) = 0;
    // When the adapter next has something to do without outside cause (a delayed answer); no value:
    // never.
    virtual UtcNanos next_deadline() const = 0;  // INT64_MAX when none

    struct Status {
        bool up = false;
        std::uint64_t requests = 0;
        std::uint64_t events = 0;
        const char* detail = "";
    };
    virtual Status status() const = 0;
};

}  // namespace sluice
