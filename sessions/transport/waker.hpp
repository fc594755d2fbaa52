// Waker: wakes a reactor that sleeps, from any thread. A wake costs a system call only while the
// reactor has declared itself parked; otherwise it is one atomic exchange, so a writer may call
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
        if (parked_.exchange(false, std::memory_order_acq_rel)) {
            ring();
        }
    }

    // The rest is for the reactor's thread. All three are read-modify-writes: their single order on
    // parked_ is what makes either side see the other.
    void declare_parked() noexcept { parked_.exchange(true, std::memory_order_acq_rel); }
    void declare_awake() noexcept { parked_.exchange(false, std::memory_order_acq_rel); }
    void drain() noexcept;
    int fd() const { return event_.get(); }

private:
    void ring() noexcept;

    std::atomic<bool> parked_{false};
    Fd event_;
};

}  // namespace sluice::transport
