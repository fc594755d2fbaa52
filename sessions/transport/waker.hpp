// Waker: wakes a reactor that sleeps, from any thread. A wake costs a system call only while the
// reactor has declared itself parked; otherwise it is one fence and one load, so a writer may call
// it after every item.
//
// The sleeper: declare_parked(), look once more at everything that could hold work, then block (or
// declare_awake()). The waker: publish the item, then wake(). Either the look sees the item or the
// wake sees the declaration; no wake is lost.
#pragma once

#include <atomic>

#include "sessions/transport/fd.hpp"

namespace sluice::transport {

class Waker {
public:
    Waker();  // throws std::system_error when the kernel has no eventfd to give: at start only

    void wake() noexcept {
        std::atomic_thread_fence(std::memory_order_seq_cst);
        if (parked_.load(std::memory_order_relaxed)) {
            ring();
        }
    }

    // The rest is for the reactor's thread.
    void declare_parked() noexcept {
        parked_.store(true, std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_seq_cst);
    }
    void declare_awake() noexcept { parked_.store(false, std::memory_order_relaxed); }
    void drain() noexcept;
    int fd() const { return event_.get(); }

private:
    void ring() noexcept;

    std::atomic<bool> parked_{false};
    Fd event_;
};

}  // namespace sluice::transport
