// SimAdapter: the simulated venue behind the interface that every venue has. Polled by whichever
// thread app/ gives it to, usually the core's own.
#pragma once

#include <string>

#include "gateway/venues/adapter.hpp"
#include "gateway/venues/sim_venue.hpp"

namespace sluice {

class SimAdapter final : public VenueAdapter {
public:
    SimAdapter(VenueId id,
               std::string name,
               const SimConfig& config,
               Receiver<VenueRequest> requests,
               Sender<VenueEvent> events);

    VenueId id() const override { return id_; }
    std::string_view name() const override { return name_; }
    void recall_request(const VenueRequest& request) override;
    void recall_event(const VenueEvent& event) override;
    void recovered(UtcNanos now) override;
    std::size_t poll(UtcNanos now, std::size_t budget) override;
    UtcNanos next_deadline() const override;
    Status status() const override;

    // On the thread that polls; given with the next poll.
    Result<Said, std::string> say(const Saying& saying, UtcNanos now) {
        return venue_.say(saying, now);
    }

    const SimVenue& venue() const { return venue_; }

private:
    bool announce(UtcNanos now);
    std::size_t give(UtcNanos now, std::size_t budget);
    std::size_t take(std::size_t budget);

    VenueId id_;
    std::string name_;
    SimVenue venue_;
    Receiver<VenueRequest> requests_;
    Sender<VenueEvent> events_;
    std::uint64_t taken_ = 0;
    bool rebuilt_ = true;
    bool up_ = false;
    bool blocked_ = false;  // the events channel is full: no requests are taken
};

}  // namespace sluice
