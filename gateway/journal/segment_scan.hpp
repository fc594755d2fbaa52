// Walks the frames of one segment in memory: the common part of recovery and verification.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "gateway/journal/frame.hpp"
#include "gateway/journal/seal.hpp"

namespace sluice::journal {

// Where a walk stands after the last good frame.
struct ScanEnd {
    std::size_t offset = kBlock;
    std::uint64_t next_seq = 0;
    bool complete = false;  // SEGMENT_END reached the end of the file
    std::int64_t last_utc_ns = 0;
    std::int64_t last_mono_ns = 0;
    std::optional<Seal> last_seal;
};

// Called with every good frame and its bytes (without the padding).
using OnFrame = std::function<void(const Frame&, std::span<const std::byte>)>;

// Good frames from the header on: length inside, sum, salt and number right.
ScanEnd scan_segment(std::span<const std::byte> segment,
                     const SegmentHeader& header,
                     const OnFrame& on_frame = {});

// What the bytes behind `from` say: the highest `durable` of valid frames with a number above
// `expected_seq`, looked for at every multiple of 8. 0: nothing. Without a salt any is taken.
std::uint64_t find_proof(std::span<const std::byte> segment,
                         std::size_t from,
                         std::optional<std::uint32_t> salt,
                         std::uint64_t expected_seq);

// Bytes from `from` up to the last one that is not zero.
std::uint64_t used_bytes(std::span<const std::byte> segment, std::size_t from);

}  // namespace sluice::journal
