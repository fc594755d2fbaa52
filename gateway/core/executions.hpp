// The executions of the day, and those of earlier days whose orders still live, by the venue's
// ExecID(17): recognises one that is delivered twice, and gives back what was booked when a venue
// busts or corrects it. Sized once; allocates nothing
// afterwards. When it is full, fills are still booked, but can no longer be recognised: the core
// alerts. Owner: core thread.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/domain/ids.hpp"
#include "gateway/domain/text.hpp"
#include "gateway/orders/digest.hpp"
#include "gateway/orders/slot_index.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice {

struct Execution {
    ForeignId venue_exec_id;
    VenueId venue;
    OrderId order;  // 0: none of ours
    ExecId exec;    // of our last report about it: what a correction's ExecRefID(19) names
    BookedFill fill;
    std::uint32_t successor = kNoIndex;  // the correction that took its place
    bool standing = true;                // false: a bust, or busted
    bool carried = false;                // of an earlier day
};

class Executions {
public:
    void size_for(std::size_t entries);
    // Null when this venue never gave this id for this order today.
    Execution* find(VenueId venue, OrderId order, const ForeignId& venue_exec_id);
    // Today's, else an earlier day's: a venue may give an ExecID(17) again on another day.
    Execution* find_any_day(VenueId venue, OrderId order, const ForeignId& venue_exec_id);
    // The newest correction of an execution.
    Execution& latest(Execution& execution);
    // Null when there is no room.
    Execution* add(VenueId venue, OrderId order, const ForeignId& venue_exec_id);
    // a was corrected: b stands in its place.
    void replace(Execution& a, const Execution& b);
    // Forgets those whose order is gone; the others are from now on an earlier day's.
    template <class Lives>
    void day_roll(Lives lives) {
        for (std::size_t from = 0; from < entries_.size(); ++from) {
            moved_[from] = lives(entries_[from].order) ? 1 : kNoIndex;
        }
        keep_marked();
    }
    std::size_t size() const { return entries_.size(); }
    void digest(Digest& digest) const;

private:
    static std::uint64_t hash(VenueId venue, OrderId order, const ForeignId& id);
    Execution* find(VenueId venue, OrderId order, const ForeignId& id, bool carried);
    void keep_marked();
    std::vector<Execution> entries_;
    std::vector<std::uint32_t> moved_;  // where each entry goes; used by day_roll() alone
    std::size_t max_ = 0;
    SlotIndex index_;
};

}  // namespace sluice
