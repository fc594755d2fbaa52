#include "gateway/journal/segment_scan.hpp"

#include <algorithm>

#include "gateway/journal/segment_file.hpp"

namespace sluice::journal {
namespace {
// No frame is longer; a bound on the work that garbage lengths can cause.
constexpr std::size_t kFrameMax = sizeof(FrameHeader) + kPayloadMax + kEndReserve + 2 * kBlock;
}  // namespace

ScanEnd scan_segment(std::span<const std::byte> segment,
                     const SegmentHeader& header,
                     const OnFrame& on_frame) {
    ScanEnd end;
    end.next_seq = header.first_seq;
    while (!end.complete) {
        const auto found = check_frame(segment, end.offset, header.salt);
        if (!found || found->seq != end.next_seq) {
            break;
        }
        const Frame frame = to_frame(segment, header.segment_no, end.offset, *found);
        if (frame.meta.type == RecordType::SegmentSeal) {
            if (const auto seal = frame.head<Seal>()) {
                end.last_seal = seal;
            }
        }
        if (on_frame) {
            on_frame(frame, segment.subspan(end.offset, found->len));
        }
        end.offset += align8(found->len);
        end.last_utc_ns = found->t_utc_ns;
        end.last_mono_ns = found->t_mono_ns;
        end.complete = frame.meta.type == RecordType::SegmentEnd && end.offset == segment.size();
        ++end.next_seq;
    }
    return end;
}

std::uint64_t find_proof(std::span<const std::byte> segment,
                         std::size_t from,
                         std::optional<std::uint32_t> salt,
                         std::uint64_t expected_seq) {
    std::uint64_t proof = 0;
    for (std::size_t at = align8(from); at + sizeof(FrameHeader) <= segment.size(); at += 8) {
        const std::uint32_t len = frame_len(segment, at);
        if (len < sizeof(FrameHeader) || len > kFrameMax) {
            continue;
        }
        const auto found = check_frame(segment, at, salt);
        if (found && found->seq > expected_seq && found->durable < found->seq) {
            proof = std::max(proof, found->durable);
        }
    }
    return proof;
}

std::uint64_t used_bytes(std::span<const std::byte> segment, std::size_t from) {
    std::size_t end = segment.size();
    while (end >= from + kBlock && all_zero(segment.subspan(end - kBlock, kBlock))) {
        end -= kBlock;
    }
    while (end > from && segment[end - 1] == std::byte{0}) {
        --end;
    }
    return end > from ? end - from : 0;
}

}  // namespace sluice::journal
