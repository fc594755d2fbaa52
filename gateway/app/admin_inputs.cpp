#include "gateway/app/admin_inputs.hpp"

#include <thread>

namespace sluice::app {

namespace {
using Clock = std::chrono::steady_clock;
constexpr auto kLookAgain = std::chrono::microseconds(200);
}  // namespace

bool AdminInputs::post(const Event& event) {
    const auto end = Clock::now() + std::chrono::seconds(1);
    while (inputs_.try_send(event) == Sent::Full) {
        if (Clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(kLookAgain);
    }
    return true;
}

std::optional<AdminReply> AdminInputs::send_and_wait(const Event& event,
                                                     std::uint64_t ticket,
                                                     std::chrono::milliseconds limit) {
    const auto end = Clock::now() + limit;
    if (!post(event)) {
        return std::nullopt;
    }
    for (;;) {
        const auto reply = replies_.try_receive();
        if (reply && reply->ticket == ticket) {
            while (released_() < reply->seq) {
                if (Clock::now() > end) {
                    return std::nullopt;
                }
                std::this_thread::sleep_for(kLookAgain);
            }
            return reply;
        }
        // A reply with another ticket answers a request that was given up.
        if (!reply && !arrived_.try_acquire_until(end)) {
            return std::nullopt;
        }
    }
}

}  // namespace sluice::app
