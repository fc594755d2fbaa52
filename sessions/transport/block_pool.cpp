#include "sessions/transport/block_pool.hpp"

#include <algorithm>
#include <utility>

namespace sluice::transport {

namespace {
constexpr std::size_t kSmallKept = 1024;  // 4 MiB
constexpr std::size_t kLargeKept = 16;    // 2 MiB with 64 KiB frames

// new char[n] without the zeroing that make_unique would do.
BlockPool::Block make_block(std::size_t bytes) {
    return BlockPool::Block(new char[bytes]);
}
}  // namespace

BlockPool::BlockPool(std::size_t frame_bytes_max)
    : frame_bytes_max_(frame_bytes_max),
      large_bytes_(std::max(frame_bytes_max, kSmallBytes) + kReadBytes),
      read_scratch_(make_block(kReadScratchBytes)),
      write_scratch_(make_block(kWriteScratchBytes)) {
    small_.free.reserve(kSmallKept);
    large_.free.reserve(kLargeKept);
}

BlockPool::Block BlockPool::take(Shelf& shelf, std::size_t bytes) {
    ++shelf.in_use;
    if (shelf.free.empty()) {
        return make_block(bytes);
    }
    Block block = std::move(shelf.free.back());
    shelf.free.pop_back();
    return block;
}

// Beyond the shelf's capacity the block goes back to the system: a burst does not stay for ever.
void BlockPool::give(Shelf& shelf, Block block) {
    --shelf.in_use;
    if (shelf.free.size() < shelf.free.capacity()) {
        shelf.free.push_back(std::move(block));
    }
}

}  // namespace sluice::transport
