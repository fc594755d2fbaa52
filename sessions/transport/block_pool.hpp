// BlockPool: the memory of a reactor's connections. An idle connection holds none; small blocks
// serve queued output and short leftovers of input, large blocks leftovers of long frames, the
// scratch every fresh read. Owner: the reactor's thread. In steady state a take finds a block that
// an earlier give left here.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace sluice::transport {

class BlockPool {
public:
    static constexpr std::size_t kSmallBytes = std::size_t{4} * 1024;
    static constexpr std::size_t kReadBytes =
        std::size_t{64} * 1024;  // the most one read may bring

    // large_bytes: one whole frame and one more read must fit.
    explicit BlockPool(std::size_t frame_bytes_max);

    using Block = std::unique_ptr<char[]>;
    Block take_small() { return take(small_, kSmallBytes); }
    Block take_large() { return take(large_, large_bytes_); }
    void give_small(Block block) { give(small_, std::move(block)); }
    void give_large(Block block) { give(large_, std::move(block)); }
    std::size_t large_bytes() const { return large_bytes_; }
    std::size_t frame_bytes_max() const { return frame_bytes_max_; }

    // For the connection whose turn it is, until it leaves its read or its flush.
    char* read_scratch() { return read_scratch_.get(); }
    char* write_scratch() { return write_scratch_.get(); }
    static constexpr std::size_t kReadScratchBytes = kSmallBytes + kReadBytes;
    static constexpr std::size_t kWriteScratchBytes = std::size_t{64} * 1024;

    std::size_t small_in_use() const { return small_.in_use; }
    std::size_t large_in_use() const { return large_.in_use; }

private:
    struct Shelf {
        std::vector<Block> free;
        std::size_t in_use = 0;
    };
    static Block take(Shelf& shelf, std::size_t bytes);
    static void give(Shelf& shelf, Block block);

    std::size_t frame_bytes_max_;
    std::size_t large_bytes_;
    Shelf small_;
    Shelf large_;
    Block read_scratch_;
    Block write_scratch_;
};

}  // namespace sluice::transport
