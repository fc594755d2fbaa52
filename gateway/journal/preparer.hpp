// Prepares the next segment ahead of time on a thread of its own: created, filled with zeros,
// synced and mapped, so that rotation on the appender is the swap of a pointer.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "gateway/domain/result.hpp"
#include "gateway/journal/disk.hpp"
#include "gateway/journal/segment_file.hpp"

namespace sluice::journal {

struct PreparerSetup {
    Disk* disk = nullptr;
    std::string dir;
    std::string instance;
    std::size_t segment_bytes = 0;
    std::uint64_t number = 0;  // of the first segment to prepare
    unsigned low_percent = 5;
};

class Preparer {
public:
    explicit Preparer(PreparerSetup setup);
    ~Preparer();
    Preparer(const Preparer&) = delete;
    Preparer& operator=(const Preparer&) = delete;

    // The appender's side: the next segment, or nullptr if it is not ready.
    std::shared_ptr<MappedSegment> take();
    void wait(std::int64_t timeout_ns) const;
    // Little space is left, or a segment could not be made (which is tried again). Any thread.
    bool disk_low() const { return low_.load(std::memory_order_relaxed); }
    int error() const { return error_.load(std::memory_order_relaxed); }
    bool ready() const { return state_.load(std::memory_order_acquire) == kReady; }

private:
    static constexpr std::uint32_t kWanted = 0;
    static constexpr std::uint32_t kReady = 1;
    static constexpr std::uint32_t kStop = 2;

    void run();

    PreparerSetup setup_;
    std::shared_ptr<MappedSegment> slot_;
    std::atomic<std::uint32_t> state_{kWanted};
    std::atomic<bool> low_{false};
    std::atomic<int> error_{0};
    std::thread thread_;
};

// One prepared segment with a random salt; the error is an errno.
Result<std::shared_ptr<MappedSegment>, int> make_segment(Disk& disk,
                                                         const std::string& path,
                                                         std::uint64_t number,
                                                         std::size_t bytes);

}  // namespace sluice::journal
