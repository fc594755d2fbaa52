#include "gateway/journal/view_cache.hpp"

#include <algorithm>
#include <utility>

#include "gateway/domain/check.hpp"

namespace sluice::journal {

ViewCache::ViewCache(std::string dir, std::string instance, std::size_t mapped_max)
    : dir_(std::move(dir)),
      instance_(std::move(instance)),
      mapped_max_(std::max<std::size_t>(mapped_max, 2)) {
    first_seqs_.reserve(4096);  // 256 GiB of journal before it allocates again
    mapped_.reserve(mapped_max_ + 1);
}

void ViewCache::know(std::uint64_t number, std::uint64_t first_seq) {
    if (first_seqs_.empty()) {
        first_number_ = number;
    }
    GW_CHECK(number == first_number_ + first_seqs_.size());
    first_seqs_.push_back(first_seq);
}

void ViewCache::keep(std::shared_ptr<MappedSegment> segment) {
    if (mapped_.size() == mapped_max_) {
        // The live segment has the highest number; it stays.
        const std::uint64_t live = first_number_ + first_seqs_.size() - 1;
        const auto rank = [live](const Mapped& mapped) {
            return std::pair(mapped.segment->number == live, mapped.used);
        };
        mapped_.erase(
            std::min_element(mapped_.begin(), mapped_.end(),
                             [&](const Mapped& a, const Mapped& b) { return rank(a) < rank(b); }));
    }
    mapped_.push_back({std::move(segment), ++uses_});
}

MappedSegment* ViewCache::find(std::uint64_t number) {
    for (Mapped& mapped : mapped_) {
        if (mapped.segment->number == number) {
            mapped.used = ++uses_;
            return mapped.segment.get();
        }
    }
    return nullptr;
}

MappedSegment* ViewCache::map(std::uint64_t number) {
    if (first_seqs_.empty() || number < first_number_ ||
        number - first_number_ >= first_seqs_.size()) {
        return nullptr;
    }
    const std::string path = segment_path(dir_, instance_, first_seqs_[number - first_number_]);
    auto opened = MappedSegment::open(path, Access::Read);
    if (!opened) {  // evicted before its first commit has named it
        opened = MappedSegment::open(prepared_path(dir_, instance_, number), Access::Read);
    }
    if (!opened) {  // which that commit did just now
        opened = MappedSegment::open(path, Access::Read);
    }
    if (!opened || opened.value()->number != number) {
        return nullptr;
    }
    keep(std::move(opened).value());
    return mapped_.back().segment.get();
}

std::optional<Frame> ViewCache::view(Position position) {
    const std::uint64_t number = position.segment_no();
    const MappedSegment* segment = find(number);
    if (segment == nullptr) {
        segment = map(number);
    }
    if (segment == nullptr || position.offset() < kBlock) {
        return std::nullopt;
    }
    const auto header = check_frame(segment->bytes(), position.offset(), segment->salt);
    if (!header) {
        return std::nullopt;
    }
    return to_frame(segment->bytes(), number, position.offset(), *header);
}

}  // namespace sluice::journal
