#include "sessions/transport/input_buffer.hpp"

#include <cstring>

namespace sluice::transport {

// A leftover of at most a small block is copied back into the scratch, so that a busy peer is
// always read in full slices; a longer one is read in place, so that a slow long frame is not
// copied at every byte.
std::span<char> InputBuffer::room() {
    if (place_ == Place::None || place_ == Place::Small) {
        move_to(Place::Scratch);
    }
    std::size_t capacity = BlockPool::kReadScratchBytes;
    if (place_ == Place::Large) {
        capacity = pool_.large_bytes();
        if (capacity - end_ < BlockPool::kSmallBytes) {
            compact();
        }
    }
    return {data_ + end_, capacity - end_};
}

void InputBuffer::added(std::size_t bytes) {
    end_ += bytes;
}

void InputBuffer::settle() {
    if (empty()) {
        clear();
    } else if (end_ - begin_ <= BlockPool::kSmallBytes) {
        move_to(Place::Small);
    } else {
        move_to(Place::Large);
    }
}

void InputBuffer::clear() {
    begin_ = end_ = 0;
    move_to(Place::None);
}

void InputBuffer::compact() {
    std::memmove(data_, data_ + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
}

void InputBuffer::move_to(Place place) {
    if (place == place_) {
        return;
    }
    BlockPool::Block next;
    char* to = nullptr;
    if (place == Place::Small) {
        next = pool_.take_small();
        to = next.get();
    } else if (place == Place::Large) {
        next = pool_.take_large();
        to = next.get();
    } else if (place == Place::Scratch) {
        to = pool_.read_scratch();
    }
    const std::size_t size = end_ - begin_;
    if (size > 0) {
        std::memcpy(to, data_ + begin_, size);
    }
    if (place_ == Place::Small) {
        pool_.give_small(std::move(block_));
    } else if (place_ == Place::Large) {
        pool_.give_large(std::move(block_));
    }
    block_ = std::move(next);
    data_ = to;
    begin_ = 0;
    end_ = size;
    place_ = place;
}

}  // namespace sluice::transport
