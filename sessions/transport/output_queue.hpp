// OutputQueue: the bytes a connection has to send, each tagged with the journal sequence number it
// waits for. Only the prefix whose tags are released may be gathered. Bytes and tags lie in small
// blocks of the reactor's pool; an empty queue owns nothing. Owner: the reactor's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <sys/uio.h>

#include "sessions/transport/block_pool.hpp"

namespace sluice::transport {

class OutputQueue {
public:
    explicit OutputQueue(BlockPool& pool) : pool_(pool) {}
    ~OutputQueue() { clear(); }
    OutputQueue(const OutputQueue&) = delete;
    OutputQueue& operator=(const OutputQueue&) = delete;

    // Tags do not go down: a lower tag waits for the one before it, since bytes keep their order.
    void append(std::string_view bytes, std::uint64_t journal_seq);
    // Fills `out` with released bytes from the front, bytes_max at most; answers how many entries
    // it used.
    std::size_t gather(std::uint64_t released_seq,
                       std::size_t bytes_max,
                       std::span<iovec> out) const;
    bool has_released(std::uint64_t released_seq) const;
    void consume(std::size_t bytes);  // the first `bytes` bytes were sent
    void clear();

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

private:
    struct Block;
    void add_block();
    void drop_head();

    BlockPool& pool_;
    Block* head_ = nullptr;
    Block* tail_ = nullptr;
    std::size_t size_ = 0;
    std::uint64_t last_seq_ = 0;
};

}  // namespace sluice::transport
