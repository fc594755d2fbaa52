#include "gateway/app/hot_calls.hpp"

namespace sluice::app {

bool HotCalls::run(std::function<void()> body, std::chrono::milliseconds limit) {
    auto call = std::make_shared<Call>();
    call->body = std::move(body);
    std::unique_lock lock(mutex_);
    if (closed_) {
        return false;
    }
    calls_.push_back(call);
    waiting_.store(calls_.size(), std::memory_order_release);
    lock.unlock();
    wake_.wake();
    lock.lock();
    changed_.wait_for(lock, limit, [&] { return call->state == State::Done || closed_; });
    // Once running it must be waited for: it may refer to the caller's stack.
    changed_.wait(lock, [&] { return call->state != State::Running; });
    if (call->state == State::Waiting) {
        call->state = State::Abandoned;
    }
    return call->state == State::Done;
}

std::size_t HotCalls::poll() {
    if (waiting_.load(std::memory_order_acquire) == 0) {
        return 0;
    }
    std::size_t done = 0;
    std::unique_lock lock(mutex_);
    while (!calls_.empty()) {
        const auto call = calls_.front();
        calls_.pop_front();
        if (call->state == State::Abandoned) {
            continue;
        }
        call->state = State::Running;
        lock.unlock();
        call->body();
        lock.lock();
        call->state = State::Done;
        ++done;
    }
    waiting_.store(0, std::memory_order_release);
    changed_.notify_all();
    return done;
}

void HotCalls::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    calls_.clear();
    waiting_.store(0, std::memory_order_release);
    changed_.notify_all();
}

}  // namespace sluice::app
