#include "gateway/journal/committer.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "gateway/domain/check.hpp"
#include "gateway/journal/futex.hpp"

namespace sluice::journal {

std::int64_t steady_now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void prefault(MappedSegment& segment, std::size_t from, std::size_t size) {
    // In steps, so that a fault of the appender never waits for all of it.
    static constexpr std::size_t kStep = 1 << 20;
    const std::size_t end = std::min(segment.size(), from + size);
    for (std::size_t at = from; at < end; at += kStep) {
        // Unknown to kernels before 5.14; then the appender takes the faults itself.
        ::madvise(segment.data() + at, std::min(kStep, end - at), MADV_POPULATE_WRITE);
    }
}

Committer::Committer(CommitterSetup setup, Progress& progress, Sealer sealer)
    : setup_(std::move(setup)),
      progress_(progress),
      mark_(*setup_.disk),
      submitted_(progress.written.load()),
      sealer_(std::move(sealer)) {
    if (const int error = mark_.open(setup_.dir); error != 0) {
        throw std::runtime_error(
            fmt::format("cannot open {}/durable.mark: {}", setup_.dir, std::strerror(error)));
    }
    set_next_commit(steady_now_ns());
    next_seal_ns_ = steady_now_ns() + setup_.seal_interval_ns;
    thread_ = std::thread([this] { run(); });
}

Committer::~Committer() {
    wait_idle();
    state_.store(kStop, std::memory_order_release);
    futex_wake(state_);
    thread_.join();
}

void Committer::submit(Batch&& batch) {
    GW_CHECK(idle());
    batch_ = std::move(batch);
    due_.store(false, std::memory_order_relaxed);
    state_.store(kBusy, std::memory_order_release);
    futex_wake(state_);
}

void Committer::wait_idle() {
    while (!idle()) {
        futex_wait(state_, kBusy, 1'000'000'000);
    }
}

std::optional<Seal> Committer::take_seal() {
    if (!seal_ready_.load(std::memory_order_acquire)) {
        return std::nullopt;
    }
    const Seal seal = seal_;
    seal_ready_.store(false, std::memory_order_release);
    return seal;
}

void Committer::run() {
    for (;;) {
        switch (state_.load(std::memory_order_acquire)) {
            case kBusy:
                serve();
                break;
            case kStop:
                return;
            default:
                futex_wait(state_, kIdle,
                           std::max<std::int64_t>(next_look_ns() - steady_now_ns(), 0));
                break;
        }
        look_at_clock(steady_now_ns());
    }
}

void Committer::serve() {
    const Batch batch = std::exchange(batch_, Batch{});
    const std::int64_t began_ns = steady_now_ns();
    int error = commit(batch);
    if (error == 0 && setup_.mark_before_release) {
        error = mark_.store(batch.last_seq, setup_.uuid);
    }
    if (error == 0) {
        progress_.durable.store(batch.last_seq, std::memory_order_seq_cst);
        wake_owner();
        if (!setup_.mark_before_release) {
            error = mark_.store(batch.last_seq, setup_.uuid);
        }
    }
    submitted_ = batch.last_seq;
    set_next_commit(steady_now_ns());
    progress_.commits.fetch_add(1, std::memory_order_relaxed);
    progress_.commit_ns.fetch_add(static_cast<std::uint64_t>(steady_now_ns() - began_ns),
                                  std::memory_order_relaxed);
    if (error != 0) {
        fail(error);
    }
    if (batch.last && error == 0) {
        hash(batch);
    }
    state_.store(kIdle, std::memory_order_release);
    futex_wake(state_);
    wake_owner();
    if (error == 0 && !batch.last) {
        const CommitRange& live = batch.ranges[batch.count - 1];
        prefault(*live.segment, live.end, kPrefaultAhead);
        hash(batch);
    }
}

int Committer::commit(const Batch& batch) {
    for (std::size_t i = 0; i < batch.count; ++i) {
        const CommitRange& range = batch.ranges[i];
        int error = 0;
        if (range.end > range.begin) {
            error = setup_.disk->sync_range(range.segment->data() + range.begin,
                                            range.end - range.begin);
        }
        if (error == 0 && range.first_seq != 0) {
            error = give_name(*range.segment, range.first_seq);
        }
        if (error != 0) {
            return error;
        }
    }
    return 0;
}

int Committer::give_name(MappedSegment& segment, std::uint64_t first_seq) {
    std::string path = segment_path(setup_.dir, setup_.instance, first_seq);
    if (std::rename(segment.path.c_str(), path.c_str()) != 0) {
        return errno;
    }
    segment.path = std::move(path);
    return setup_.disk->sync_directory(setup_.dir);
}

void Committer::hash(const Batch& batch) {
    bool rotated = false;
    for (std::size_t i = 0; i < batch.count; ++i) {
        const CommitRange& range = batch.ranges[i];
        const auto bytes = std::as_const(*range.segment).bytes();
        rotated = rotated || range.end == range.segment->size();
        for (std::size_t at = std::max(range.begin, kBlock); at < range.end;) {
            const std::uint32_t len = frame_len(bytes, at);
            GW_CHECK(len >= sizeof(FrameHeader));
            FrameHeader header;
            std::memcpy(&header, bytes.data() + at, sizeof header);
            const auto type = static_cast<RecordType>(header.type);
            sealer_.add(header.seq, bytes.subspan(at, len),
                        !is_fill(type) && type != RecordType::SegmentSeal);
            at += align8(len);
        }
    }
    if (rotated || batch.last) {
        offer_seal();
    }
}

// An earlier seal that the appender has not taken yet: this one waits, its range grows.
void Committer::offer_seal() {
    if (!sealer_.has_work() || seal_ready_.load(std::memory_order_acquire)) {
        return;
    }
    seal_ = sealer_.seal();
    seal_ready_.store(true, std::memory_order_release);
    next_seal_ns_ = steady_now_ns() + setup_.seal_interval_ns;
}

void Committer::set_next_commit(std::int64_t now_ns) {
    next_commit_ns_ = setup_.interval_ns > 0 ? now_ns + setup_.interval_ns
                                             : std::numeric_limits<std::int64_t>::max();
}

std::int64_t Committer::next_look_ns() const {
    return std::min(next_commit_ns_, next_seal_ns_);
}

void Committer::look_at_clock(std::int64_t now_ns) {
    if (now_ns >= next_seal_ns_) {
        next_seal_ns_ = now_ns + setup_.seal_interval_ns;
        offer_seal();
    }
    if (now_ns >= next_commit_ns_) {
        set_next_commit(now_ns);
        if (progress_.written.load(std::memory_order_acquire) > submitted_ ||
            seal_ready_.load(std::memory_order_relaxed)) {
            due_.store(true, std::memory_order_relaxed);
            wake_owner();
        }
    }
}

// The kernel may have dropped the dirty pages: what a second sync would report is worth nothing.
void Committer::fail(int error) {
    progress_.error.store(error, std::memory_order_relaxed);
    progress_.failed.store(true, std::memory_order_seq_cst);
}

void Committer::wake_owner() {
    if (setup_.wake_fd >= 0 && progress_.parked.load(std::memory_order_seq_cst)) {
        const std::uint64_t one = 1;
        // A full eventfd counter is a wake that is already on its way.
        [[maybe_unused]] const ssize_t wrote = ::write(setup_.wake_fd, &one, sizeof one);
    }
}

}  // namespace sluice::journal
