// The journal thread: makes batches durable, publishes how far, and hashes what is durable into
// seals. The appender hands it one batch at a time; while it is busy, frames pile up for the next.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "gateway/journal/disk.hpp"
#include "gateway/journal/durable_mark.hpp"
#include "gateway/journal/seal.hpp"
#include "gateway/journal/segment_file.hpp"

namespace sluice::journal {

// How far the journal is. Written by its two threads, read by any.
struct Progress {
    std::atomic<std::uint64_t> written{0};
    std::atomic<std::uint64_t> durable{0};
    std::atomic<bool> failed{false};
    std::atomic<int> error{0};  // errno of the failure
    std::atomic<bool> parked{false};
    std::atomic<std::uint64_t> commits{0};
    std::atomic<std::uint64_t> commit_ns{0};  // time in commits, for the mean
};

// Bytes [begin, end) of a segment; both on a block boundary.
struct CommitRange {
    std::shared_ptr<MappedSegment> segment;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::uint64_t first_seq = 0;  // of a segment that has not its final name yet, else 0
};

struct Batch {
    static constexpr std::size_t kRangesMax = 4;
    std::array<CommitRange, kRangesMax> ranges;
    std::size_t count = 0;
    std::uint64_t last_seq = 0;
    bool last = false;  // seal all of it before the commit counts as done: clean shutdown
};

struct CommitterSetup {
    Disk* disk = nullptr;
    std::string dir;
    std::string instance;
    Uuid uuid{};
    std::int64_t interval_ns = 0;  // 0: due() stays false, the appender asks by itself
    std::int64_t seal_interval_ns = 0;
    bool mark_before_release = true;
    int wake_fd = -1;
};

class Committer {
public:
    // Throws std::runtime_error if the durable mark cannot be opened.
    Committer(CommitterSetup setup, Progress& progress, Sealer sealer);
    ~Committer();  // stops after the batch at hand
    Committer(const Committer&) = delete;
    Committer& operator=(const Committer&) = delete;

    // The appender's side.
    bool idle() const { return state_.load(std::memory_order_acquire) == kIdle; }
    void submit(Batch&& batch);  // only when idle
    void wait_idle();
    // The interval is over and something was appended that no batch has.
    bool due() const { return due_.load(std::memory_order_relaxed); }
    std::optional<Seal> take_seal();

private:
    static constexpr std::uint32_t kIdle = 0;
    static constexpr std::uint32_t kBusy = 1;
    static constexpr std::uint32_t kStop = 2;

    void run();
    void serve();
    int commit(const Batch& batch);
    int give_name(MappedSegment& segment, std::uint64_t first_seq);
    void hash(const Batch& batch);
    void offer_seal();
    void set_next_commit(std::int64_t now_ns);
    std::int64_t next_look_ns() const;
    void look_at_clock(std::int64_t now_ns);
    void fail(int error);
    void wake_owner();

    CommitterSetup setup_;
    Progress& progress_;
    DurableMark mark_;
    Batch batch_;  // owned by the appender while idle, by the thread while busy
    std::uint64_t submitted_ = 0;
    Sealer sealer_;
    Seal seal_;
    std::atomic<bool> seal_ready_{false};
    std::atomic<bool> due_{false};
    std::atomic<std::uint32_t> state_{kIdle};
    std::int64_t next_commit_ns_ = 0;
    std::int64_t next_seal_ns_ = 0;
    std::thread thread_;
};

std::int64_t steady_now_ns();

// Makes `size` bytes of pages from `from` on writable ahead of the appender, which then takes no
// page faults. `from` is on a block boundary. A segment is prefaulted whole when it is prepared;
// pages that the kernel has written back since must be again.
void prefault(MappedSegment& segment, std::size_t from, std::size_t size);
inline constexpr std::size_t kPrefaultAhead = 8 << 20;

}  // namespace sluice::journal
