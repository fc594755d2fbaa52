// The local journal: an append is a copy into the mapped segment, which survives kill -9 without a
// system call; the journal thread makes batches of them durable. Owner: one thread, the hot one,
// calls append, end_of_batch, view and close; the counters may be read by any.
//
// A failed sync is for good: failed() stays true, nothing is released or appended any more. The
// owner halts and exits; the next start recovers.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/domain/result.hpp"
#include "gateway/journal/committer.hpp"
#include "gateway/journal/disk.hpp"
#include "gateway/journal/log.hpp"
#include "gateway/journal/preparer.hpp"
#include "gateway/journal/recovery.hpp"
#include "gateway/journal/segment_file.hpp"
#include "gateway/journal/view_cache.hpp"

namespace sluice::journal {

enum class Durability : std::uint8_t {
    Written,  // released when appended: survives kill -9, not a power cut
    Synced,   // released when its commit is durable
};

struct JournalOptions {
    Durability durability = Durability::Synced;
    std::size_t segment_bytes = 64 << 20;  // at least 1 MiB, a multiple of 4096
    // Written: the loss that a power cut may bring, above 0. Synced: 0, a batch is given to the
    // disk as soon as it is free.
    std::int64_t commit_interval_ns = 50'000'000;
    std::int64_t seal_interval_ns = 60'000'000'000;
    std::int64_t stall_limit_ns = 10'000'000'000;  // wait for a segment at most, then failed()
    // true: released only when durable.mark is durable too, a second sync per commit; without it
    // rot in the very last commit before a crash may pass as a torn tail.
    bool mark_before_release = true;
    unsigned disk_low_percent = 5;
    unsigned mapped_segments_max = 8;  // old segments that view() keeps mapped
    int wake_fd = -1;                  // eventfd of the owner, written when parked() and news came
    Digest config_sha{};               // into the headers of new segments
    std::string build;
    Disk* disk = &Disk::real();
};

class Journal final : public LogWriter {
public:
    // Takes over what recover() found; the error is a text for the operator.
    static Result<std::unique_ptr<Journal>, std::string> open(JournalOptions options,
                                                              Recovered&& recovered);
    ~Journal() override;  // close(), if it was not called

    Appended append_parts(const RecordMeta& meta,
                          std::span<const std::span<const std::byte>> parts) override;
    void end_of_batch() override;
    std::uint64_t written() const override {
        return progress_.written.load(std::memory_order_acquire);
    }
    std::uint64_t durable() const override {
        return progress_.durable.load(std::memory_order_acquire);
    }
    std::uint64_t released() const override;
    bool failed() const override { return progress_.failed.load(std::memory_order_acquire); }
    // The payload is good until the next call of view or append on this object.
    std::optional<Frame> view(Position position) override;

    // Everything durable and sealed; no append after it. False if the journal has failed.
    bool close();

    // Before the owner sleeps on its eventfd: set, then look at released() and wants_batch() once
    // more. Only a parked owner is woken.
    void set_parked(bool parked) { progress_.parked.store(parked, std::memory_order_seq_cst); }
    // end_of_batch() would do something now.
    bool wants_batch() const;

    int error() const { return progress_.error.load(std::memory_order_relaxed); }  // errno
    bool disk_low() const { return preparer_->disk_low(); }  // take no new orders
    // Bytes that can be appended before a segment is needed that is not prepared yet.
    std::uint64_t room() const;
    std::uint64_t stalls() const { return stalls_.load(std::memory_order_relaxed); }
    std::uint64_t stalled_ns() const { return stalled_ns_.load(std::memory_order_relaxed); }
    std::uint64_t commits() const { return progress_.commits.load(std::memory_order_relaxed); }
    std::uint64_t commit_ns() const { return progress_.commit_ns.load(std::memory_order_relaxed); }
    const std::string& directory() const { return dir_; }
    const std::string& instance() const { return instance_; }

private:
    Journal(JournalOptions options, Recovered&& recovered);
    void start(Recovered& recovered);
    Sealer unsealed(const Recovered& recovered) const;

    bool make_room(std::size_t bytes);
    bool rotate();
    void end_segment();
    std::shared_ptr<MappedSegment> next_segment();
    void begin_segment(std::shared_ptr<MappedSegment> segment);
    void note_range(std::size_t end);
    void pad();
    void fill(RecordType type, std::size_t bytes);
    void submit(bool last);
    void commit_all(bool last);
    bool append_seal();  // false: there is none
    RecordMeta own_meta(RecordType type) const;
    void fail(int error);

    JournalOptions options_;
    DirectoryLock lock_;
    std::string dir_;
    std::string instance_;
    Uuid uuid_;
    Digest last_seal_;

    std::shared_ptr<MappedSegment> current_;
    std::size_t offset_ = 0;       // where the next frame goes
    std::size_t range_begin_ = 0;  // what the next batch must commit begins here
    std::uint64_t fresh_seq_ = 0;  // first number of a segment that no commit has named yet
    std::uint64_t last_seq_ = 0;
    std::uint64_t submitted_ = 0;
    std::int64_t last_utc_ns_ = 0;
    std::int64_t last_mono_ns_ = 0;
    Batch pending_;
    bool closed_ = false;

    std::atomic<std::uint64_t> stalls_{0};
    std::atomic<std::uint64_t> stalled_ns_{0};
    Progress progress_;
    ViewCache views_;
    std::unique_ptr<Preparer> preparer_;
    std::unique_ptr<Committer> committer_;
};

}  // namespace sluice::journal
