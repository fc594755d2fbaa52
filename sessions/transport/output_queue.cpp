#include "sessions/transport/output_queue.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include "gateway/domain/check.hpp"

namespace sluice::transport {

namespace {
struct Mark {  // bytes of the block before `end` wait for `seq`
    std::uint64_t seq = 0;
    std::uint64_t end = 0;
};
constexpr std::size_t kBlockHeader = 32;
constexpr std::size_t kBlockSpace = BlockPool::kSmallBytes - kBlockHeader;
}  // namespace

// Bytes grow from the front of the space, marks from its end towards them.
struct OutputQueue::Block {
    Block* next = nullptr;
    std::uint32_t begin = 0;  // first unsent byte
    std::uint32_t end = 0;    // behind the last byte
    std::uint32_t mark_begin = 0;
    std::uint32_t mark_end = 0;
    std::uint64_t spare = 0;
    std::array<char, kBlockSpace> space;

    char* mark_place(std::uint32_t i) {
        return space.data() + kBlockSpace - sizeof(Mark) * (i + 1);
    }
    Mark mark(std::uint32_t i) const {
        Mark out;
        std::memcpy(&out, space.data() + kBlockSpace - sizeof(Mark) * (i + 1), sizeof out);
        return out;
    }
    void set_mark(std::uint32_t i, const Mark& value) {
        std::memcpy(mark_place(i), &value, sizeof value);
    }
    std::size_t room(std::uint32_t marks) const {
        const std::size_t used = end + sizeof(Mark) * marks;
        return used < kBlockSpace ? kBlockSpace - used : 0;
    }
    std::uint32_t released_end(std::uint64_t seq) const {
        if (mark_begin != mark_end && mark(mark_end - 1).seq <= seq) {
            return end;
        }
        std::uint32_t out = begin;
        for (std::uint32_t i = mark_begin; i < mark_end && mark(i).seq <= seq; ++i) {
            out = static_cast<std::uint32_t>(mark(i).end);
        }
        return out;
    }
};

void OutputQueue::add_block() {
    static_assert(sizeof(Block) == BlockPool::kSmallBytes);
    auto* block = new (pool_.take_small().release()) Block;
    (tail_ == nullptr ? head_ : tail_->next) = block;
    tail_ = block;
}

void OutputQueue::drop_head() {
    Block* block = head_;
    head_ = block->next;
    if (head_ == nullptr) {
        tail_ = nullptr;
    }
    block->~Block();
    pool_.give_small(BlockPool::Block(reinterpret_cast<char*>(block)));
}

void OutputQueue::append(std::string_view bytes, std::uint64_t journal_seq) {
    if (empty()) {
        last_seq_ = 0;
    }
    last_seq_ = std::max(last_seq_, journal_seq);
    size_ += bytes.size();
    while (!bytes.empty()) {
        const auto extends = [&] {
            return tail_->mark_begin != tail_->mark_end &&
                   tail_->mark(tail_->mark_end - 1).seq == last_seq_;
        };
        bool same = tail_ != nullptr && extends();
        if (tail_ == nullptr || tail_->room(tail_->mark_end + (same ? 0U : 1U)) == 0) {
            add_block();
            same = false;
        }
        const std::uint32_t marks = tail_->mark_end + (same ? 0U : 1U);
        const std::size_t n = std::min(bytes.size(), tail_->room(marks));
        std::memcpy(tail_->space.data() + tail_->end, bytes.data(), n);
        tail_->end += static_cast<std::uint32_t>(n);
        tail_->mark_end = marks;
        tail_->set_mark(marks - 1, {last_seq_, tail_->end});
        bytes.remove_prefix(n);
    }
}

std::size_t OutputQueue::gather(std::uint64_t released_seq,
                                std::size_t bytes_max,
                                std::span<iovec> out) const {
    std::size_t used = 0;
    for (Block* block = head_; block != nullptr && used < out.size() && bytes_max > 0;
         block = block->next) {
        const std::uint32_t end = block->released_end(released_seq);
        const std::size_t n = std::min<std::size_t>(end - block->begin, bytes_max);
        if (n == 0) {
            break;
        }
        out[used++] = {block->space.data() + block->begin, n};
        bytes_max -= n;
        if (end != block->end) {
            break;
        }
    }
    return used;
}

bool OutputQueue::has_released(std::uint64_t released_seq) const {
    return head_ != nullptr && head_->released_end(released_seq) > head_->begin;
}

void OutputQueue::consume(std::size_t bytes) {
    GW_CHECK(bytes <= size_);
    size_ -= bytes;
    while (bytes > 0) {
        const std::size_t n = std::min<std::size_t>(bytes, head_->end - head_->begin);
        head_->begin += static_cast<std::uint32_t>(n);
        bytes -= n;
        while (head_->mark_begin < head_->mark_end &&
               head_->mark(head_->mark_begin).end <= head_->begin) {
            ++head_->mark_begin;
        }
        if (head_->begin == head_->end) {
            drop_head();
        }
    }
}

void OutputQueue::clear() {
    while (head_ != nullptr) {
        drop_head();
    }
    size_ = 0;
}

}  // namespace sluice::transport
