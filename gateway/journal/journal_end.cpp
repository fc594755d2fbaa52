#include "gateway/journal/journal_end.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace sluice::journal {
namespace {

using Step = Result<Done, RecoveryError>;

class Walk {
public:
    explicit Walk(std::uint64_t accepted_loss) : accepted_loss_(accepted_loss) {}

    Step named(const std::vector<SegmentName>& names);
    void prepared();
    JournalEnd end;

private:
    Step take(const SegmentName& name, bool last);
    std::string header_fault(const SegmentName& name, const SegmentHeader& header) const;
    void scan(std::shared_ptr<MappedSegment> segment, const SegmentHeader& header);
    Step refuse(const std::string& file, std::size_t offset, const std::string& why) const {
        return Step::failure(refusal(file, offset, end.expected, end.expected, why));
    }

    std::uint64_t accepted_loss_;
};

// Segments with their final names: all before one is durable and complete.
Step Walk::named(const std::vector<SegmentName>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::size_t known = end.segments.size();
        if (Step step = take(names[i], i + 1 == names.size()); !step) {
            if (accepted_loss_ != end.expected) {
                return step;
            }
            end.given_up = true;
            const std::size_t first_given_up = end.segments.size() > known ? i + 1 : i;
            end.rest.insert(end.rest.begin(),
                            names.begin() + static_cast<std::ptrdiff_t>(first_given_up),
                            names.end());
            return Done{};
        }
    }
    return Done{};
}

Step Walk::take(const SegmentName& name, bool last) {
    auto opened = MappedSegment::open(name.path, Access::Write);
    if (!opened) {
        return refuse(name.path, 0, opened.error());
    }
    auto segment = std::move(opened).value();
    const SegmentHeader header = segment->header();
    if (end.segments.empty() && header_ok(header)) {
        end.expected = header.first_seq;
    }
    if (const std::string fault = header_fault(name, header); !fault.empty()) {
        return refuse(name.path, 0, fault);
    }
    scan(std::move(segment), header);
    if (!last && !end.scan.complete) {
        return refuse(name.path, end.scan.offset, "a sealed segment is damaged");
    }
    return Done{};
}

// A prepared segment goes on where the one before it is complete.
void Walk::prepared() {
    while (!end.given_up && !end.rest.empty() && (end.segments.empty() || end.scan.complete)) {
        const SegmentName& name = end.rest.front();
        auto opened = MappedSegment::open(name.path, Access::Write);
        if (!opened) {
            return;
        }
        auto segment = std::move(opened).value();
        const SegmentHeader header = segment->header();
        const bool first_ok = !end.segments.empty() || header.first_seq == 1;
        if (!first_ok || !header_fault(name, header).empty() || header.first_seq != end.expected) {
            return;
        }
        if (end.last_is_unnamed) {
            end.unnamed.push_back(end.last);
        }
        end.last_is_unnamed = true;
        scan(std::move(segment), header);
        end.rest.erase(end.rest.begin());
    }
}

std::string Walk::header_fault(const SegmentName& name, const SegmentHeader& header) const {
    if (!header_ok(header)) {
        return "the header's magic, version or sum is wrong";
    }
    if (end.segments.empty()) {
        return name.prepared || header.first_seq == name.first_seq ? "" : "the file was renamed";
    }
    if (header.uuid != end.uuid) {
        return "the segment belongs to another journal";
    }
    if (header.segment_no != end.segments.back().number + 1 || header.first_seq != end.expected) {
        return fmt::format("segment {} beginning with record {} does not follow", header.segment_no,
                           header.first_seq);
    }
    if (header.prev_seal != end.last_seal) {
        return "the seal before the segment is not the one that its header names";
    }
    return "";
}

// The segment's good frames; afterwards end.scan and end.expected tell where they stop.
void Walk::scan(std::shared_ptr<MappedSegment> segment, const SegmentHeader& header) {
    if (end.segments.empty()) {
        end.uuid = header.uuid;
        end.first_seq = header.first_seq;
        end.last_seal = header.prev_seal;
        end.sealed_through = header.first_seq - 1;
    }
    end.last = std::move(segment);
    const ScanEnd before = end.scan;
    end.scan = scan_segment(std::as_const(*end.last).bytes(), header);
    if (end.scan.next_seq == header.first_seq) {
        end.scan.last_utc_ns = before.last_utc_ns;
        end.scan.last_mono_ns = before.last_mono_ns;
    }
    if (end.scan.last_seal) {
        end.last_seal = seal_hash(*end.scan.last_seal);
        end.sealed_through = end.scan.last_seal->last;
    }
    end.expected = end.scan.next_seq;
    end.segments.push_back({header.segment_no, header.first_seq, end.last->path});
}

}  // namespace

Result<JournalEnd, RecoveryError> find_end(const std::string& dir,
                                           const std::string& instance,
                                           std::uint64_t accepted_loss) {
    Walk walk(accepted_loss);
    std::vector<SegmentName> named;
    for (SegmentName& name : list_segments(dir, instance)) {
        (name.prepared ? walk.end.rest : named).push_back(std::move(name));
    }
    if (const Step step = walk.named(named); !step) {
        return Result<JournalEnd, RecoveryError>::failure(step.error());
    }
    walk.prepared();
    return std::move(walk.end);
}

std::uint64_t lost_bytes(const JournalEnd& end) {
    std::uint64_t lost =
        end.last ? used_bytes(std::as_const(*end.last).bytes(), end.scan.offset) : 0;
    for (const SegmentName& name : end.rest) {
        if (const auto opened = MappedSegment::open(name.path, Access::Read)) {
            lost += used_bytes(opened.value()->bytes(), 0);
        }
    }
    return lost;
}

std::uint64_t durable_proof(const JournalEnd& end, std::uint64_t mark) {
    std::uint64_t proof = mark;
    if (end.last) {
        proof = std::max(proof, find_proof(std::as_const(*end.last).bytes(), end.scan.offset,
                                           end.last->salt, end.expected));
    }
    for (const SegmentName& name : end.rest) {
        if (const auto opened = MappedSegment::open(name.path, Access::Read)) {
            // Its header, and with it the salt, may be torn.
            const SegmentHeader header = opened.value()->header();
            const auto salt = header_ok(header) ? std::optional(header.salt) : std::nullopt;
            proof =
                std::max(proof, find_proof(opened.value()->bytes(), kBlock, salt, end.expected));
        }
    }
    return proof;
}

RecoveryError refusal(const std::string& file,
                      std::size_t offset,
                      std::uint64_t expected,
                      std::uint64_t proof,
                      const std::string& why) {
    return {.file = file,
            .offset = offset,
            .expected_seq = expected,
            .proof_seq = proof,
            .message = fmt::format("{} at offset {}: {}; record {} should be here, and record {} "
                                   "was durable. Restore the file, or accept the loss with "
                                   "`journal repair --accept-loss {}`",
                                   file, offset, why, expected, proof, expected)};
}

}  // namespace sluice::journal
