// InputBuffer: the received bytes of one connection that are not yet consumed. Empty it owns
// nothing: a read goes into the pool's scratch, and only an incomplete frame is kept, in a small
// block while it is short. Owner: the reactor's thread. Between room() and settle() the scratch
// belongs to this buffer.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "sessions/transport/block_pool.hpp"

namespace sluice::transport {

class InputBuffer {
public:
    explicit InputBuffer(BlockPool& pool) : pool_(pool) {}
    ~InputBuffer() { clear(); }
    InputBuffer(const InputBuffer&) = delete;
    InputBuffer& operator=(const InputBuffer&) = delete;

    std::span<char> room();  // where the next read goes, at least kReadBytes
    void added(std::size_t bytes);
    std::string_view view() const { return {data_ + begin_, end_ - begin_}; }
    // The dropped bytes stay readable until settle(): frames are handed out after they are dropped.
    void drop(std::size_t bytes) { begin_ += bytes; }
    void settle();  // gives back what is not needed while waiting
    void clear();
    bool empty() const { return begin_ == end_; }

private:
    enum class Place : std::uint8_t { None, Scratch, Small, Large };
    void move_to(Place place);
    void compact();

    BlockPool& pool_;
    BlockPool::Block block_;
    char* data_ = nullptr;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    Place place_ = Place::None;
};

}  // namespace sluice::transport
