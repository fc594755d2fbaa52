#include "gateway/journal/verify.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "gateway/journal/durable_mark.hpp"
#include "gateway/journal/segment_file.hpp"
#include "gateway/journal/segment_scan.hpp"

namespace sluice::journal {
namespace {

class Verifier {
public:
    explicit Verifier(VerifyReport& report) : report_(report) {}

    void segment(const SegmentName& name, const MappedSegment& mapped, bool last);

private:
    void header(const SegmentName& name, const SegmentHeader& header);
    void frame(const Frame& frame, std::span<const std::byte> bytes);
    void check_seal(const Frame& frame);
    void begin(const SegmentHeader& header);
    void problem(std::uint64_t offset, std::uint64_t seq, std::string message) {
        report_.problems.push_back({file_, offset, seq, std::move(message)});
    }

    VerifyReport& report_;
    std::string file_;
    Uuid uuid_{};
    std::uint64_t next_no_ = 0;
    std::uint64_t next_seq_ = 0;
    std::int64_t last_utc_ns_ = 0;
    std::vector<Digest> leaves_;      // of frames that no seal covers yet
    std::uint64_t leaves_first_ = 0;  // number of the first of them
    MerkleTree tree_;
};

void Verifier::begin(const SegmentHeader& header) {
    uuid_ = header.uuid;
    report_.first_seq = header.first_seq;
    report_.sealed_through = header.first_seq - 1;
    report_.last_seal = header.prev_seal;
    if (header.segment_no != 1 || header.first_seq != 1) {
        problem(0, header.first_seq,
                fmt::format("the journal begins with segment {}: earlier ones are not here",
                            header.segment_no));
    }
}

void Verifier::header(const SegmentName& name, const SegmentHeader& header) {
    if (next_seq_ == 0) {
        begin(header);
    } else if (header.uuid != uuid_) {
        problem(0, next_seq_, "the segment belongs to another journal");
    } else if (header.segment_no != next_no_ || header.first_seq != next_seq_) {
        problem(0, next_seq_,
                fmt::format("segment {} beginning with record {} follows where segment {} "
                            "beginning with record {} belongs",
                            header.segment_no, header.first_seq, next_no_, next_seq_));
    } else if (header.prev_seal != report_.last_seal) {
        problem(0, next_seq_, "the header names another seal than the one before the segment");
    }
    if (!name.prepared && name.first_seq != header.first_seq) {
        problem(0, header.first_seq, "the file's name and its header disagree");
    }
}

void Verifier::segment(const SegmentName& name, const MappedSegment& mapped, bool last) {
    file_ = name.path;
    const SegmentHeader head = mapped.header();
    if (!header_ok(head)) {
        problem(0, next_seq_, "the header's magic, version or sum is wrong");
        return;
    }
    header(name, head);
    if (head.first_seq != next_seq_ && next_seq_ != 0) {
        leaves_.clear();  // a hole: what follows cannot be in one tree with what was before
        leaves_first_ = head.first_seq;
    }
    if (leaves_first_ == 0) {
        leaves_first_ = head.first_seq;
    }
    const ScanEnd end =
        scan_segment(mapped.bytes(), head,
                     [this](const Frame& f, std::span<const std::byte> bytes) { frame(f, bytes); });
    ++report_.segments;
    next_no_ = head.segment_no + 1;
    next_seq_ = end.next_seq;
    report_.last_seq = end.next_seq - 1;
    const auto after = check_frame(mapped.bytes(), end.offset, head.salt);
    const bool grew = last && after && after->seq == end.next_seq;  // it is live
    if (!end.complete && !grew && (!last || frame_len(mapped.bytes(), end.offset) != 0)) {
        problem(end.offset, end.next_seq,
                "the frame is damaged or missing: its length, sum, salt or number is wrong");
    }
}

void Verifier::frame(const Frame& frame, std::span<const std::byte> bytes) {
    ++report_.records;
    if (frame.meta.t_utc_ns < last_utc_ns_) {
        report_.warnings.push_back(
            {file_, frame.position.offset(), frame.seq, "the time goes back"});
    }
    last_utc_ns_ = frame.meta.t_utc_ns;
    if (frame.meta.type == RecordType::SegmentSeal) {
        check_seal(frame);
    }
    leaves_.push_back(tree_.hash_leaf(bytes));
}

// The seal covers the oldest frames that none covered before.
void Verifier::check_seal(const Frame& frame) {
    const std::size_t at = frame.position.offset();
    const auto seal = frame.head<Seal>();
    if (!seal) {
        problem(at, frame.seq, "the seal is too short");
        return;
    }
    ++report_.seals;
    if (seal->prev_seal_hash != report_.last_seal) {
        problem(at, frame.seq, "the seal does not name the one before it");
    }
    const bool fits = seal->first == leaves_first_ && seal->last >= seal->first &&
                      seal->last < frame.seq && seal->count == seal->last - seal->first + 1 &&
                      seal->count <= leaves_.size();
    if (!fits) {
        problem(at, frame.seq,
                fmt::format("the seal covers records {} to {}, those here begin with {}",
                            seal->first, seal->last, leaves_first_));
    } else {
        tree_.clear();
        const auto end = leaves_.begin() + static_cast<std::ptrdiff_t>(seal->count);
        for (auto it = leaves_.begin(); it != end; ++it) {
            tree_.add_hash(*it);
        }
        if (tree_.root() != seal->merkle_root) {
            problem(at, seal->first,
                    fmt::format("records {} to {} are not those that were sealed", seal->first,
                                seal->last));
        }
        leaves_.erase(leaves_.begin(), end);
        leaves_first_ = seal->last + 1;
    }
    report_.sealed_through = seal->last;
    report_.last_seal = seal_hash(*seal);
}

std::uint64_t mark_of(const std::string& dir, const std::string& instance) {
    const auto names = list_segments(dir, instance);
    if (names.empty()) {
        return read_mark(dir);
    }
    const auto first = MappedSegment::open(names.front().path, Access::Read);
    if (!first || !header_ok(first.value()->header())) {
        return read_mark(dir);
    }
    const Uuid uuid = first.value()->header().uuid;
    return read_mark(dir, &uuid);
}

}  // namespace

VerifyReport verify(const std::string& dir, const std::string& instance) {
    VerifyReport report;
    Verifier verifier(report);
    std::vector<std::pair<SegmentName, std::shared_ptr<MappedSegment>>> segments;
    const std::uint64_t mark = mark_of(dir, instance);  // before the files: they only grow
    // A live journal renames a prepared segment when it is first committed: a name that is gone by
    // the time it is opened means looking again.
    constexpr int kLooks = 10;
    bool moved = true;
    for (int look = 0; look < kLooks && moved; ++look) {
        moved = false;
        segments.clear();
        report.problems.clear();
        for (const SegmentName& name : list_segments(dir, instance)) {
            auto opened = MappedSegment::open(name.path, Access::Read);
            if (!opened) {
                moved = moved || !std::filesystem::exists(name.path);
                if (!name.prepared) {  // else it is still being filled and holds nothing yet
                    report.problems.push_back({name.path, 0, 0, opened.error()});
                }
            } else if (!name.prepared || header_ok(opened.value()->header())) {
                segments.emplace_back(name, std::move(opened).value());
            }
        }
    }
    for (std::size_t i = 0; i < segments.size(); ++i) {
        verifier.segment(segments[i].first, *segments[i].second, i + 1 == segments.size());
    }
    if (mark > report.last_seq) {
        report.problems.push_back(
            {dir, 0, report.last_seq + 1,
             fmt::format("the journal ends with record {}, but {} was durable", report.last_seq,
                         mark)});
    }
    report.unsealed_records =
        report.last_seq > report.sealed_through ? report.last_seq - report.sealed_through : 0;
    return report;
}

}  // namespace sluice::journal
