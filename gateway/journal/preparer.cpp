#include "gateway/journal/preparer.hpp"

#include <cerrno>
#include <random>

#include <fcntl.h>
#include <unistd.h>

#include "gateway/journal/committer.hpp"
#include "gateway/journal/futex.hpp"

namespace sluice::journal {

Result<std::shared_ptr<MappedSegment>, int> make_segment(Disk& disk,
                                                         const std::string& path,
                                                         std::uint64_t number,
                                                         std::size_t bytes) {
    using Made = Result<std::shared_ptr<MappedSegment>, int>;
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (fd < 0) {
        return Made::failure(errno);
    }
    const int error = disk.fill(fd, 0, bytes);
    ::close(fd);
    if (error != 0) {
        ::unlink(path.c_str());
        return Made::failure(error);
    }
    auto opened = MappedSegment::open(path, Access::Write);
    if (!opened) {
        return Made::failure(EIO);
    }
    auto segment = std::move(opened).value();
    segment->number = number;
    segment->salt = std::random_device{}();
    prefault(*segment, 0, bytes);
    return segment;
}

Preparer::Preparer(PreparerSetup setup) : setup_(std::move(setup)), thread_([this] { run(); }) {}

Preparer::~Preparer() {
    state_.store(kStop, std::memory_order_release);
    futex_wake(state_);
    thread_.join();
    if (slot_) {
        ::unlink(slot_->path.c_str());  // never used
    }
}

std::shared_ptr<MappedSegment> Preparer::take() {
    if (!ready()) {
        return nullptr;
    }
    auto segment = std::move(slot_);
    state_.store(kWanted, std::memory_order_release);
    futex_wake(state_);
    return segment;
}

void Preparer::wait(std::int64_t timeout_ns) const {
    futex_wait(state_, kWanted, timeout_ns);
}

void Preparer::run() {
    static constexpr std::int64_t kRetry_ns = 100'000'000;
    static constexpr std::int64_t kLook_ns = 1'000'000'000;
    for (std::uint32_t state = kWanted; state != kStop;
         state = state_.load(std::memory_order_acquire)) {
        const bool low = setup_.disk->free_space(setup_.dir).percent < setup_.low_percent;
        if (state == kReady) {
            low_.store(low || error() != 0, std::memory_order_relaxed);
            futex_wait(state_, kReady, kLook_ns);
            continue;
        }
        auto made =
            make_segment(*setup_.disk, prepared_path(setup_.dir, setup_.instance, setup_.number),
                         setup_.number, setup_.segment_bytes);
        error_.store(made ? 0 : made.error(), std::memory_order_relaxed);
        low_.store(low || !made, std::memory_order_relaxed);
        if (!made) {
            futex_wait(state_, kWanted, kRetry_ns);
            continue;
        }
        ++setup_.number;
        slot_ = std::move(made).value();
        std::uint32_t expected = kWanted;
        state_.compare_exchange_strong(expected, kReady, std::memory_order_release);
        futex_wake(state_);
    }
}

}  // namespace sluice::journal
