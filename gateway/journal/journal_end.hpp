// Where a journal directory ends: its segments walked in order, as far as they follow each other.
// Reads only; what follows from it is decided and mended by recovery.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/domain/result.hpp"
#include "gateway/journal/recovery.hpp"
#include "gateway/journal/segment_file.hpp"
#include "gateway/journal/segment_scan.hpp"

namespace sluice::journal {

struct JournalEnd {
    std::vector<KnownSegment> segments;  // that follow each other, in order
    Uuid uuid{};
    std::uint64_t first_seq = 1;
    Digest last_seal{};
    std::uint64_t sealed_through = 0;

    std::shared_ptr<MappedSegment> last;  // of `segments`; null when there is none
    ScanEnd scan;                         // where its good frames end
    std::uint64_t expected = 1;           // the number that comes next
    // Prepared segments that were begun and are complete, but have not got their final names;
    // whether `last` has not either.
    std::vector<std::shared_ptr<MappedSegment>> unnamed;
    bool last_is_unnamed = false;

    std::vector<SegmentName> rest;  // files behind `last`: prepared, or given up
    bool given_up = false;          // damage in the middle was accepted by the operator
};

// The loss that an operator accepts, by the number of the first record lost; 0: none.
Result<JournalEnd, RecoveryError> find_end(const std::string& dir,
                                           const std::string& instance,
                                           std::uint64_t accepted_loss);

// Bytes behind the end that are not zero.
std::uint64_t lost_bytes(const JournalEnd& end);
// The highest number of which durable.mark or a frame behind the end says that it was durable.
std::uint64_t durable_proof(const JournalEnd& end, std::uint64_t mark);

// Why a journal is refused: at `offset` of `file` the expected frame is missing.
RecoveryError refusal(const std::string& file,
                      std::size_t offset,
                      std::uint64_t expected,
                      std::uint64_t proof,
                      const std::string& why);

}  // namespace sluice::journal
