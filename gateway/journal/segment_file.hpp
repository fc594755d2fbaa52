// Segment files: their names, their mapping into memory, and the list of those in a directory.
//
//   audit-<instance>-<first_seq:020>.slj        a segment in use: all before it is durable
//   audit-<instance>-prepared-<number:010>.slj  the next one: zeros, or live and not yet committed
//
// A prepared segment gets its final name by the commit that first makes it durable. Hence: what
// has a final name was preceded by complete, durable segments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gateway/domain/result.hpp"
#include "gateway/journal/frame.hpp"

namespace sluice::journal {

enum class Access : std::uint8_t { Read, Write };

// One mapped segment. Unmaps when it goes. The mapping is shared, so its bytes survive the process
// at once. Not for files that others shorten: that would be SIGBUS.
class MappedSegment {
public:
    // Maps a file of any size of at least one header; the error is a text.
    static Result<std::shared_ptr<MappedSegment>, std::string> open(const std::string& path,
                                                                    Access access);
    ~MappedSegment();
    MappedSegment(const MappedSegment&) = delete;
    MappedSegment& operator=(const MappedSegment&) = delete;

    std::byte* data() { return data_; }  // Access::Write only
    std::span<const std::byte> bytes() const { return {data_, size_}; }
    std::size_t size() const { return size_; }
    int fd() const { return fd_; }
    SegmentHeader header() const;

    // Set by whoever opened it, from the header or before there is one.
    std::uint64_t number = 0;
    std::uint32_t salt = 0;
    std::string path;  // changed by the commit that renames it, read by nobody else meanwhile

private:
    MappedSegment(std::string file, int fd, std::byte* data, std::size_t size);
    int fd_;
    std::byte* data_;
    std::size_t size_;
};

struct SegmentName {
    std::string path;
    bool prepared = false;
    std::uint64_t number = 0;     // of a prepared one
    std::uint64_t first_seq = 0;  // of one in use
};

std::string segment_path(const std::string& dir,
                         const std::string& instance,
                         std::uint64_t first_seq);
std::string prepared_path(const std::string& dir,
                          const std::string& instance,
                          std::uint64_t number);

// Those in use by first_seq, then the prepared ones by number. Other files are passed over. An
// empty instance takes any. A directory that is not there has none.
std::vector<SegmentName> list_segments(const std::string& dir, const std::string& instance);

bool all_zero(std::span<const std::byte> bytes);

}  // namespace sluice::journal
