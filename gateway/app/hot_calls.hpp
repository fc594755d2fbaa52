// Runs small functions on the hot thread, between two turns of its loop, for the admin thread's
// views: the state has one owner, so whoever wants to look asks the owner. A function must be
// bounded (at most a page of rows) and must not wait.
//
// The hot thread pays one relaxed load per turn while nobody asks.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include "gateway/channels/channel.hpp"

namespace sluice::app {

class HotCalls {
public:
    explicit HotCalls(Wake& wake_hot_thread) : wake_(wake_hot_thread) {}

    // Any other thread: runs `body` on the hot thread and waits for its end. False when the hot
    // thread did not get to it in time or is gone; it is then never run.
    bool run(std::function<void()> body, std::chrono::milliseconds limit = std::chrono::seconds(5));

    // Hot thread, once per turn.
    std::size_t poll();
    // Any thread: somebody waits. For the last look before parking.
    bool waiting() const { return waiting_.load(std::memory_order_acquire) != 0; }
    // Hot thread, when its loop ends: everyone who waits is answered false.
    void close();

private:
    enum class State { Waiting, Running, Done, Abandoned };
    struct Call {
        std::function<void()> body;
        State state = State::Waiting;
    };
    Wake& wake_;
    std::atomic<std::size_t> waiting_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Call>> calls_;
    bool closed_ = false;
};

}  // namespace sluice::app
