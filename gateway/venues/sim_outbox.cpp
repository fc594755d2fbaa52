#include "gateway/venues/sim_outbox.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <tuple>

namespace sluice {
namespace {

ForeignId exec_id(std::uint64_t number) {
    std::array<char, 24> text{'X'};
    const auto end = std::to_chars(text.data() + 1, text.data() + text.size(), number).ptr;
    return ForeignId(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())));
}

// 0 when the text is none of ours.
std::uint64_t number_in(const ForeignId& id) {
    const std::string_view text = id.view();
    std::uint64_t number = 0;
    if (text.starts_with('X')) {
        (void)std::from_chars(text.data() + 1, text.data() + text.size(), number);
    }
    return number;
}

bool same(const VenueEvent& a, const VenueEvent& b) {
    return a.venue_exec_id == b.venue_exec_id && a.order == b.order && a.version == b.version &&
           a.kind == b.kind && a.last_qty == b.last_qty && a.last_px == b.last_px &&
           a.cum_qty == b.cum_qty && a.leaves_qty == b.leaves_qty;
}

}  // namespace

SimOutbox::SimOutbox(std::size_t reserved) {
    slots_.reserve(reserved);
    free_.reserve(reserved);
    queue_.reserve(reserved);
}

bool SimOutbox::later(const Waiting& a, const Waiting& b) {
    return std::tie(a.due, a.number) > std::tie(b.due, b.number);
}

std::uint32_t SimOutbox::keep(const VenueEvent& event) {
    if (free_.empty()) {
        slots_.push_back(event);
        return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    slots_[slot] = event;
    return slot;
}

void SimOutbox::enqueue(const Waiting& waiting) {
    queue_.push_back(waiting);
    std::push_heap(queue_.begin(), queue_.end(), later);
}

std::uint64_t SimOutbox::put(const VenueEvent& event, UtcNanos due, std::uint64_t repeat_of) {
    const std::uint64_t number = ++numbered_;
    const Waiting waiting{due, number, keep(event)};
    slots_[waiting.slot].transact_time = due;
    if (event.venue_exec_id.empty()) {
        slots_[waiting.slot].venue_exec_id = exec_id(repeat_of == 0 ? number : repeat_of);
    }
    if (recovering_) {
        recalled_.emplace(number, waiting);
    } else {
        enqueue(waiting);
    }
    return number;
}

const VenueEvent* SimOutbox::due(UtcNanos now) {
    if (queue_.empty() || queue_.front().due > now) {
        return nullptr;
    }
    VenueEvent& event = slots_[queue_.front().slot];
    event.venue_seq = given_ + 1;
    return &event;
}

void SimOutbox::pop() {
    std::pop_heap(queue_.begin(), queue_.end(), later);
    free_.push_back(queue_.back().slot);
    queue_.pop_back();
    ++given_;
}

// A repeated execution has the ExecID(17) of the answer before it, so the next number is tried,
// too.
bool SimOutbox::recall(const VenueEvent& event) {
    given_ = std::max(given_, event.venue_seq);
    const std::uint64_t number = number_in(event.venue_exec_id);
    for (const std::uint64_t candidate : {number, number + 1}) {
        const auto found = recalled_.find(candidate);
        if (found != recalled_.end() && same(slots_[found->second.slot], event)) {
            free_.push_back(found->second.slot);
            recalled_.erase(found);
            return true;
        }
    }
    numbered_ = std::max(numbered_, number);
    return false;
}

void SimOutbox::recovered(bool discard) {
    recovering_ = false;
    for (const auto& [number, waiting] : recalled_) {
        if (discard) {
            free_.push_back(waiting.slot);
        } else {
            enqueue(waiting);
        }
    }
    recalled_.clear();
}

std::int64_t SimOutbox::next_due() const {
    return queue_.empty() ? std::numeric_limits<std::int64_t>::max() : queue_.front().due.value;
}

}  // namespace sluice
