// Frames of any segment by position. Keeps a bounded number of segments mapped, the longest unused
// goes first; the live one always stays. Owner: the appender's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/journal/recovery.hpp"
#include "gateway/journal/segment_file.hpp"

namespace sluice::journal {

class ViewCache {
public:
    ViewCache(std::string dir, std::string instance, std::size_t mapped_max);

    void know(std::uint64_t number, std::uint64_t first_seq);  // numbers come one after the other
    void keep(std::shared_ptr<MappedSegment> segment);         // mapped already
    std::optional<Frame> view(Position position);

private:
    struct Mapped {
        std::shared_ptr<MappedSegment> segment;
        std::uint64_t used = 0;
    };
    MappedSegment* find(std::uint64_t number);
    MappedSegment* map(std::uint64_t number);

    std::string dir_;
    std::string instance_;
    std::size_t mapped_max_;
    std::uint64_t uses_ = 0;
    std::uint64_t first_number_ = 0;
    std::vector<std::uint64_t> first_seqs_;  // by segment number from first_number_ on
    std::vector<Mapped> mapped_;
};

}  // namespace sluice::journal
