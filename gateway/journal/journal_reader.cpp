#include "gateway/journal/journal_reader.hpp"

#include <fmt/format.h>

namespace sluice::journal {

JournalReader::JournalReader(ReaderOptions options) : options_(std::move(options)) {}

std::optional<Frame> JournalReader::next() {
    while (auto frame = step()) {
        if (frame->seq >= options_.from_seq && (options_.with_fill || !is_fill(frame->meta.type))) {
            return frame;
        }
    }
    return std::nullopt;
}

std::optional<Frame> JournalReader::step() {
    if (problem_ || ((!segment_ || offset_ >= segment_->size()) && !open_segment())) {
        return std::nullopt;
    }
    const auto bytes = std::as_const(*segment_).bytes();
    if (frame_len(bytes, offset_) == 0) {
        return std::nullopt;  // the present end
    }
    const auto header = check_frame(bytes, offset_, segment_->salt);
    if (!header || header->seq != expected_) {
        report(header ? fmt::format("sequence number {} where {} belongs", header->seq, expected_)
                      : std::string("a frame's length or sum is wrong"));
        return std::nullopt;
    }
    frame_bytes_ = bytes.subspan(offset_, header->len);
    const Frame frame = to_frame(bytes, segment_->number, offset_, *header);
    offset_ += align8(header->len);
    ++expected_;
    return frame;
}

// At first the segment that holds from_seq, later the one that begins with the expected number.
bool JournalReader::open_segment() {
    const auto names = list_segments(options_.dir, options_.instance);
    if (expected_ != 0) {
        for (const SegmentName& name : names) {
            if ((name.prepared || name.first_seq == expected_) && take(name)) {
                return true;
            }
        }
        return false;
    }
    const SegmentName* start = nullptr;
    for (const SegmentName& name : names) {
        if (!name.prepared && (start == nullptr || name.first_seq <= options_.from_seq)) {
            start = &name;
        }
    }
    if (start != nullptr) {
        expected_ = start->first_seq;
        return take(*start);
    }
    expected_ = 1;
    for (const SegmentName& name : names) {
        if (take(name)) {
            return true;
        }
    }
    expected_ = 0;
    return false;
}

bool JournalReader::take(const SegmentName& name) {
    auto opened = MappedSegment::open(name.path, Access::Read);
    if (!opened) {
        return false;  // renamed since it was listed: found again by the next call
    }
    auto segment = std::move(opened).value();
    const SegmentHeader header = segment->header();
    if (!header_ok(header) || header.first_seq != expected_) {
        if (!name.prepared) {
            segment_ = std::move(segment);
            offset_ = 0;
            report("the segment's header is wrong");
        }
        return false;
    }
    segment_ = std::move(segment);
    offset_ = kBlock;
    return true;
}

void JournalReader::report(std::string message) {
    problem_ = ReadProblem{.file = segment_->path,
                           .offset = offset_,
                           .expected_seq = expected_,
                           .message = std::move(message)};
}

}  // namespace sluice::journal
