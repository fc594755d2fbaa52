// The bytes of a segment: the header of 4096 bytes and the frames behind it, little-endian.
// docs/journal_format.md is the same in words. Pure functions over memory; any thread.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

#include "gateway/crypto/sha256.hpp"
#include "gateway/journal/log.hpp"

namespace sluice::journal {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

using crypto::Digest;
using Uuid = std::array<std::uint8_t, 16>;

inline constexpr std::array<char, 8> kMagic{'S', 'L', 'U', 'I', 'C', 'E', 'J', '1'};
inline constexpr std::uint16_t kVersion = 1;
inline constexpr std::size_t kBlock = 4096;            // a commit ends on a multiple of it
inline constexpr std::size_t kPayloadMax = 960 << 10;  // fits the smallest segment
inline constexpr std::size_t kEndReserve = 512;        // kept free behind ordinary frames
inline constexpr std::size_t kSegmentBytesMin = 1 << 20;
inline constexpr std::byte kFill{0xa5};  // never zero: a hole is not a PAD

struct SegmentHeader {
    std::array<char, 8> magic = kMagic;
    std::uint16_t version = kVersion;
    std::uint16_t flags = 0;
    std::uint32_t header_len = kBlock;
    Uuid uuid{};  // of the journal: equal in all its segments
    std::uint64_t segment_no = 0;
    std::uint64_t first_seq = 0;
    std::int64_t created_ns = 0;
    std::uint32_t salt = 0;
    std::uint32_t key_id = 0;  // 0: not encrypted
    Digest prev_seal{};        // hash of the last seal that lies before this segment
    Digest config_sha{};
    std::array<char, 64> instance{};
    std::array<char, 64> build{};
    std::array<std::byte, 3836> zero{};
    std::uint32_t crc = 0;  // masked, over all bytes before it
};
static_assert(sizeof(SegmentHeader) == kBlock);
static_assert(std::has_unique_object_representations_v<SegmentHeader>);

struct FrameHeader {
    std::uint32_t len = 0;  // header and payload, without the padding to 8; 0: nothing here yet
    std::uint32_t crc = 0;  // masked, over bytes 0..3 and 8..len-1
    std::uint64_t seq = 0;
    std::uint64_t durable = 0;
    std::int64_t t_utc_ns = 0;
    std::int64_t t_mono_ns = 0;
    std::uint32_t salt = 0;
    std::uint16_t type = 0;
    std::uint16_t schema = 0;
    std::uint64_t order_id = 0;
    std::uint32_t session = 0;
    std::uint32_t account = 0;
};
static_assert(sizeof(FrameHeader) == 64);
static_assert(std::has_unique_object_representations_v<FrameHeader>);

constexpr std::size_t align8(std::size_t n) {
    return (n + 7U) & ~std::size_t{7};
}
constexpr std::size_t align_block(std::size_t n) {
    return (n + kBlock - 1) & ~(kBlock - 1);
}

void finish_header(SegmentHeader& header);  // sets the sum
// Magic, version, length and sum are right.
bool header_ok(const SegmentHeader& header);

struct FrameStamp {
    std::uint64_t seq = 0;
    std::uint64_t durable = 0;
    std::uint32_t salt = 0;
};

// Writes a frame; its length is stored last and with release order, so that a reader of the live
// segment sees the whole frame or none. Memory behind it must be zero. Returns the bytes used.
std::size_t write_frame(std::byte* at,
                        const RecordMeta& meta,
                        const FrameStamp& stamp,
                        std::span<const std::span<const std::byte>> parts);

// A frame of exactly `size` bytes (at least 64, a multiple of 8) filled with kFill.
void write_fill(std::byte* at, const RecordMeta& meta, const FrameStamp& stamp, std::size_t size);

// The length of the frame at `offset`, read with acquire order; 0: none, or none can be there.
std::uint32_t frame_len(std::span<const std::byte> segment, std::size_t offset);

// The frame at `offset` if its length lies inside the segment and its sum is right. Without a salt
// any salt is taken.
std::optional<FrameHeader> check_frame(std::span<const std::byte> segment,
                                       std::size_t offset,
                                       std::optional<std::uint32_t> salt);

Frame to_frame(std::span<const std::byte> segment,
               std::uint64_t segment_no,
               std::size_t offset,
               const FrameHeader& header);

}  // namespace sluice::journal
