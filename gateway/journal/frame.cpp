#include "gateway/journal/frame.hpp"

#include <cstring>

#include "gateway/crypto/crc32c.hpp"
#include "gateway/domain/check.hpp"

namespace sluice::journal {
namespace {

constexpr std::size_t kSumFrom = 8;  // len (0..3) is covered too, crc (4..7) is not

std::uint32_t header_sum(const SegmentHeader& header) {
    return crypto::crc32c_mask(
        crypto::crc32c_extend(0, &header, sizeof header - sizeof header.crc));
}

std::uint32_t frame_sum(const FrameHeader& header, const std::byte* payload) {
    std::uint32_t sum = crypto::crc32c_extend(0, &header.len, sizeof header.len);
    sum = crypto::crc32c_extend(sum, &header.seq, sizeof header - kSumFrom);
    sum = crypto::crc32c_extend(sum, payload, header.len - sizeof header);
    return crypto::crc32c_mask(sum);
}

FrameHeader make_header(const RecordMeta& meta, const FrameStamp& stamp, std::size_t len) {
    return {.len = static_cast<std::uint32_t>(len),
            .crc = 0,
            .seq = stamp.seq,
            .durable = stamp.durable,
            .t_utc_ns = meta.t_utc_ns,
            .t_mono_ns = meta.t_mono_ns,
            .salt = stamp.salt,
            .type = static_cast<std::uint16_t>(meta.type),
            .schema = meta.schema,
            .order_id = meta.order_id,
            .session = meta.session,
            .account = meta.account};
}

// The payload is in place already. The header joins it first, so that one walk sums both.
void publish(std::byte* at, const FrameHeader& header) {
    std::memcpy(at + kSumFrom, reinterpret_cast<const std::byte*>(&header) + kSumFrom,
                sizeof header - kSumFrom);
    std::uint32_t sum = crypto::crc32c_extend(0, &header.len, sizeof header.len);
    sum = crypto::crc32c_mask(crypto::crc32c_extend(sum, at + kSumFrom, header.len - kSumFrom));
    std::memcpy(at + sizeof header.len, &sum, sizeof sum);
    __atomic_store_n(reinterpret_cast<std::uint32_t*>(at), header.len, __ATOMIC_RELEASE);
}

}  // namespace

void finish_header(SegmentHeader& header) {
    header.crc = header_sum(header);
}

bool header_ok(const SegmentHeader& header) {
    return header.magic == kMagic && header.version == kVersion && header.header_len == kBlock &&
           header.crc == header_sum(header);
}

std::size_t write_frame(std::byte* at,
                        const RecordMeta& meta,
                        const FrameStamp& stamp,
                        std::span<const std::span<const std::byte>> parts) {
    std::size_t len = sizeof(FrameHeader);
    for (const auto part : parts) {
        if (!part.empty()) {
            std::memcpy(at + len, part.data(), part.size());
            len += part.size();
        }
    }
    publish(at, make_header(meta, stamp, len));
    return align8(len);
}

void write_fill(std::byte* at, const RecordMeta& meta, const FrameStamp& stamp, std::size_t size) {
    GW_CHECK(size >= sizeof(FrameHeader) && size % 8 == 0);
    std::memset(at + sizeof(FrameHeader), std::to_integer<int>(kFill), size - sizeof(FrameHeader));
    publish(at, make_header(meta, stamp, size));
}

std::uint32_t frame_len(std::span<const std::byte> segment, std::size_t offset) {
    if (offset % 8 != 0 || offset > segment.size() ||
        segment.size() - offset < sizeof(FrameHeader)) {
        return 0;
    }
    return __atomic_load_n(reinterpret_cast<const std::uint32_t*>(segment.data() + offset),
                           __ATOMIC_ACQUIRE);
}

std::optional<FrameHeader> check_frame(std::span<const std::byte> segment,
                                       std::size_t offset,
                                       std::optional<std::uint32_t> salt) {
    const std::uint32_t len = frame_len(segment, offset);
    if (len < sizeof(FrameHeader) || len > segment.size() - offset ||
        align8(len) > segment.size() - offset) {
        return std::nullopt;
    }
    FrameHeader header;
    constexpr std::size_t kLen = sizeof header.len;
    std::memcpy(reinterpret_cast<std::byte*>(&header) + kLen, segment.data() + offset + kLen,
                sizeof header - kLen);
    header.len = len;
    if ((salt && header.salt != *salt) ||
        header.crc != frame_sum(header, segment.data() + offset + sizeof header)) {
        return std::nullopt;
    }
    return header;
}

Frame to_frame(std::span<const std::byte> segment,
               std::uint64_t segment_no,
               std::size_t offset,
               const FrameHeader& header) {
    return {.meta = {.type = static_cast<RecordType>(header.type),
                     .schema = header.schema,
                     .order_id = header.order_id,
                     .session = header.session,
                     .account = header.account,
                     .t_utc_ns = header.t_utc_ns,
                     .t_mono_ns = header.t_mono_ns},
            .seq = header.seq,
            .durable = header.durable,
            .position = Position::of(segment_no, offset),
            .payload = segment.subspan(offset + sizeof header, header.len - sizeof header)};
}

}  // namespace sluice::journal
