// SimOutbox: answers of the simulated venue that wait for their time. Each answer has a number, a
// function of the requests alone, which is in its ExecID(17) ("X17"). The order of giving is due
// time, then number; venue_seq counts what was given. After a restart the same requests make the
// same answers again: those that the core has journaled are recalled and not given twice.
// Owner: the thread of its venue.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "gateway/domain/venue_event.hpp"

namespace sluice {

class SimOutbox {
public:
    explicit SimOutbox(std::size_t reserved);

    // Numbers the answer and keeps it until `due`. Its ExecID(17) is made of the number, unless it
    // has one; with `repeat_of`, it is that of an earlier answer. Returns the number.
    std::uint64_t put(const VenueEvent& event, UtcNanos due, std::uint64_t repeat_of = 0);

    // The next answer that is due at `now`, with its venue_seq; null when there is none. Valid
    // until the next call.
    const VenueEvent* due(UtcNanos now);
    void pop();  // it was given

    // Recovery: this event was given before. Called after the request that caused it. False when
    // the requests did not make such an answer.
    bool recall(const VenueEvent& event);
    // Ends recovery; what was not recalled is given now, or with `discard` never.
    void recovered(bool discard = false);

    std::int64_t next_due() const;  // nanoseconds; INT64_MAX when nothing waits
    std::uint64_t given() const { return given_; }
    std::size_t waiting() const { return queue_.size(); }

private:
    struct Waiting {
        UtcNanos due;
        std::uint64_t number = 0;
        std::uint32_t slot = 0;
    };
    static bool later(const Waiting& a, const Waiting& b);
    std::uint32_t keep(const VenueEvent& event);
    void enqueue(const Waiting& waiting);

    std::vector<VenueEvent> slots_;
    std::vector<std::uint32_t> free_;
    std::vector<Waiting> queue_;                 // a heap, the next one first
    std::map<std::uint64_t, Waiting> recalled_;  // during recovery in place of the heap
    std::uint64_t numbered_ = 0;
    std::uint64_t given_ = 0;  // the last venue_seq
    bool recovering_ = true;
};

}  // namespace sluice
