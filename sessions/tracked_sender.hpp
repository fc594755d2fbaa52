// TrackedSender: a channel's writing end that knows when an item has been taken out at the other
// end. The core takes an input out of its channel after it has appended its record, so "taken" is
// "in the journal". Owner: the thread that writes.
#pragma once

#include <cstdint>

#include "gateway/channels/channel.hpp"

namespace sluice {

template <class T>
class TrackedSender {
public:
    // The channel must be empty and have no other writer.
    explicit TrackedSender(Sender<T> sender) : sender_(sender), capacity_(sender_.room()) {}

    // The ticket of the item, 1 or more; 0: no room, nothing was sent.
    std::uint64_t send(const T& item) { return sender_.try_send(item) == Sent::Ok ? ++sent_ : 0; }
    bool was_taken(std::uint64_t ticket) {
        if (ticket > taken_) {
            taken_ = sent_ - (capacity_ - sender_.room());
        }
        return ticket <= taken_;
    }
    std::size_t room() { return sender_.room(); }
    std::size_t capacity() const { return capacity_; }

private:
    Sender<T> sender_;
    std::size_t capacity_;
    std::uint64_t sent_ = 0;
    std::uint64_t taken_ = 0;
};

}  // namespace sluice
