#include "gateway/venues/sim_adapter.hpp"

#include <algorithm>

namespace sluice {

SimAdapter::SimAdapter(VenueId id,
                       std::string name,
                       const SimConfig& config,
                       Receiver<VenueRequest> requests,
                       Sender<VenueEvent> events)
    : id_(id),
      name_(std::move(name)),
      venue_(id, name_, config),
      requests_(requests),
      events_(events) {}

void SimAdapter::recall_request(const VenueRequest& request) {
    venue_.submit(request);
    ++taken_;
}

// SessionUp is not an answer: it has no number and is said anew after each start.
void SimAdapter::recall_event(const VenueEvent& event) {
    if (event.venue_seq != 0) {
        venue_.recall(event);
    }
}

void SimAdapter::recovered(UtcNanos now) {
    rebuilt_ = venue_.recovered(now);
}

bool SimAdapter::announce(UtcNanos now) {
    VenueEvent event;
    event.kind = VenueEventKind::SessionUp;
    event.venue = id_;
    event.transact_time = now;
    up_ = events_.try_send(event) == Sent::Ok;
    return up_;
}

std::size_t SimAdapter::give(UtcNanos now, std::size_t budget) {
    std::size_t done = 0;
    blocked_ = false;
    while (done < budget) {
        const VenueEvent* event = venue_.outbox().due(now);
        if (event == nullptr) {
            break;
        }
        if (events_.try_send(*event) != Sent::Ok) {
            blocked_ = true;
            break;
        }
        venue_.outbox().pop();
        ++done;
    }
    return done;
}

std::size_t SimAdapter::take(std::size_t budget) {
    std::size_t done = 0;
    while (done < budget) {
        const VenueRequest* request = requests_.peek();
        if (request == nullptr) {
            break;
        }
        venue_.submit(*request);
        requests_.pop();
        ++done;
    }
    taken_ += done;
    return done;
}

std::size_t SimAdapter::poll(UtcNanos now, std::size_t budget) {
    std::size_t done = 0;
    if (!up_) {
        if (!announce(now)) {
            return 0;
        }
        ++done;
    }
    const std::size_t given = give(now, budget);
    done += given;
    if (blocked_ || given == budget) {
        return done;
    }
    done += take(budget);
    if (requests_.peek() == nullptr) {
        venue_.advance(now);  // later requests are not earlier than now
    }
    return done + give(now, budget - given);
}

UtcNanos SimAdapter::next_deadline() const {
    return std::min(UtcNanos{venue_.outbox().next_due()}, venue_.next_expiry());
}

VenueAdapter::Status SimAdapter::status() const {
    return {up_, taken_, venue_.outbox().given(),
            venue_.is_manual() ? "simulated, an operator answers"
            : rebuilt_         ? "simulated, price-time books"
                       : "simulated; changed since the last start, open orders were canceled"};
}

}  // namespace sluice
