#include "sessions/transport/waker.hpp"

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <sys/eventfd.h>

namespace sluice::transport {

Waker::Waker() : event_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (!event_.is_open()) {
        throw std::system_error(errno, std::generic_category(), "eventfd");
    }
}

// Only the first of several wakers gets here. The counter cannot overflow: it is drained at each
// wake-up.
void Waker::ring() noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(event_.get(), &one, sizeof one);
}

void Waker::drain() noexcept {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(event_.get(), &count, sizeof count);
}

}  // namespace sluice::transport
