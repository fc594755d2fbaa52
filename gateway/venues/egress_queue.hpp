// EgressQueue: requests that an adapter has taken and may not send yet, because the venue's session
// is down and their route may hold (command_flag::kMayHold), or because of pacing. Owner: the
// adapter.
//
// Order. The requests of one order leave in the order in which they came. Among different orders
// cancels leave first; everything else leaves as it came.
//
// What has not left need not leave. A Cancel takes the New of its order, or its unsent Replaces,
// out of the queue; a Replace is merged into its unsent New. Nothing is said to the venue, so the
// adapter answers itself, with VenueEvents that say kNotSent and are journaled like a venue's. A
// request that says kPossResend may be at the venue already and is never taken back.
//
// Bound. Each unanswered New, Replace and Cancel holds one of the venue's credits in the core
// (VenueConfig::max_in_flight orders and as many cancels), a merged Replace gives its credit back
// and leaves no entry, and of status requests one for an order stays. `lane_room` above that is
// never reached; should it be, push() refuses and the adapter answers kNotSent.
//
// Restart. What is in the queue has no FIX_OUT record, so recovery knows it: the adapter gives all
// unsent requests of the journal to recall(), then its own journaled answers to recall_answer(),
// and calls recalled(). The queue then stands as it stood. An adapter sends nothing that an answer
// of its own changed before the core has that answer; otherwise the merged New would be known to
// the venue, and its Replace would come back as unsent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <unordered_map>
#include <vector>

#include "gateway/domain/venue_event.hpp"
#include "gateway/domain/venue_request.hpp"

namespace sluice {

class EgressQueue {
public:
    using Answers = std::vector<VenueEvent>;

    // lane_room: cancels that fit, and as many other requests.
    explicit EgressQueue(std::size_t lane_room) : lane_room_(lane_room) {}

    // False: no room, nothing was changed. What is answered without the venue is added to answers.
    [[nodiscard]] bool push(const VenueRequest& request, Answers& answers);
    // The request that leaves next; null when there is none. Good until the next call.
    const VenueRequest* next() const;
    void pop();  // next() has left

    // Takes out what may not wait for a venue that is away, oldest first.
    std::vector<VenueRequest> take_unheld();

    bool empty() const { return all_.empty(); }
    std::size_t size() const { return all_.size(); }

    void recall(const VenueRequest& request);
    void recall_answer(const VenueEvent& event);
    void recalled(Answers& answers);

private:
    using Entries = std::list<VenueRequest>;
    using Entry = Entries::iterator;
    using Chain = std::vector<Entry>;  // of one order, as they came

    bool place(const VenueRequest& request, std::size_t room, Answers& answers);
    Chain* chain_of(OrderId order);
    void append(const VenueRequest& request);
    void erase(Entry entry);
    void drop_status(OrderId order);
    bool is_known(const VenueRequest& request);
    bool annihilate(const VenueRequest& cancel, Answers& answers);
    void drop_replaces(VenueRequest& cancel, Answers& answers);
    bool merge(const VenueRequest& replace, Answers& answers);
    Entry find(OrderId order, std::uint32_t version);
    Entry unsent_new(OrderId order);

    std::size_t lane_room_;
    std::size_t cancels_ = 0;
    Entries all_;  // as they came
    std::unordered_map<std::uint64_t, Chain> chains_;
    std::deque<Entry> ready_cancels_;  // nothing of their order is before them
};

}  // namespace sluice
