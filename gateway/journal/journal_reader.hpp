// Reads a journal directory in order of sequence numbers, across segments and into the live one:
// recovery's replay, the audit commands, later a standby. Any thread, any process; needs no lock.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "gateway/journal/log.hpp"
#include "gateway/journal/segment_file.hpp"

namespace sluice::journal {

struct ReadProblem {
    std::string file;
    std::uint64_t offset = 0;
    std::uint64_t expected_seq = 0;
    std::string message;
};

struct ReaderOptions {
    std::string dir;
    std::string instance;  // empty: whatever is there, if it is one
    std::uint64_t from_seq = 0;
    bool with_fill = false;  // PAD and SEGMENT_END too
};

class JournalReader final : public LogReader {
public:
    explicit JournalReader(ReaderOptions options);
    std::optional<Frame> next() override;
    // Set when next() gave nothing because of a bad frame, not because of the present end.
    const std::optional<ReadProblem>& problem() const { return problem_; }
    // All bytes of the frame that next() gave last, as sums and seals cover them.
    std::span<const std::byte> frame_bytes() const { return frame_bytes_; }

private:
    std::optional<Frame> step();
    bool open_segment();
    bool take(const SegmentName& name);
    void report(std::string message);

    ReaderOptions options_;
    std::shared_ptr<MappedSegment> segment_;
    std::size_t offset_ = 0;
    std::uint64_t expected_ = 0;  // 0: not known before the first segment is open
    std::span<const std::byte> frame_bytes_;
    std::optional<ReadProblem> problem_;
};

}  // namespace sluice::journal
