// The admin thread's way to change anything: an input goes into the core's log and the answer comes
// back when the journal has released it, so an operator is never told of a change that a restart
// forgets.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <semaphore>

#include "gateway/channels/channel.hpp"
#include "gateway/domain/input.hpp"

namespace sluice::app {

class AdminInputs final : public Wake {
public:
    // released: the journal's release position, readable from any thread.
    AdminInputs(Sender<Event> inputs,
                Receiver<AdminReply> replies,
                std::function<std::uint64_t()> released)
        : inputs_(inputs), replies_(replies), released_(std::move(released)) {}

    // Admin thread. Sets the ticket of the change and waits for its reply; empty when the core did
    // not answer in time.
    template <class Change>
    std::optional<AdminReply> submit(Change change,
                                     std::chrono::milliseconds limit = std::chrono::seconds(5)) {
        change.ticket = ++last_ticket_;
        return send_and_wait(Event(change), change.ticket, limit);
    }
    // Inputs that the core does not answer (reference prices). False when the channel stayed full.
    bool post(const Event& event);

    // From the core's thread, as a reply is sent.
    void wake() override { arrived_.release(); }

private:
    std::optional<AdminReply> send_and_wait(const Event& event,
                                            std::uint64_t ticket,
                                            std::chrono::milliseconds limit);

    Sender<Event> inputs_;
    Receiver<AdminReply> replies_;
    std::function<std::uint64_t()> released_;
    std::counting_semaphore<1 << 20> arrived_{0};
    std::uint64_t last_ticket_ = 0;
};

}  // namespace sluice::app
