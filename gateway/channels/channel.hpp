// A bounded single-producer single-consumer channel. Sender and Receiver are the typed ends that
// stages take in their constructors; app/ makes the channel and decides which thread polls which
// end. With both ends on one thread a hand-off costs a few nanoseconds.
//
// try_send answers Ok, Full or Closed; nothing ever answers Ok for an item that it dropped. Nothing
// allocates after construction. A parked reader is woken through the Wake hook, which is called
// only after it declared itself parked.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

#include "gateway/domain/check.hpp"

namespace sluice {

enum class Sent : std::uint8_t { Ok, Full, Closed };

// Wakes a parked stage; an eventfd behind it in practice. Called from the sending thread.
class Wake {
public:
    virtual ~Wake() = default;
    virtual void wake() = 0;
};

template <class T>
class Channel {
    static_assert(std::is_trivially_copyable_v<T>,
                  "messages between rooms are small immutable values");

public:
    // Capacity is rounded up to a power of two.
    explicit Channel(std::size_t capacity)
        : slots_(std::bit_ceil(capacity < 2 ? std::size_t{2} : capacity)),
          mask_(slots_.size() - 1) {}
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    std::size_t capacity() const { return slots_.size(); }
    // Exact on either end's own thread as an upper (reader) or lower (writer) bound of the other's
    // view.
    std::size_t depth() const {
        return static_cast<std::size_t>(tail_.load(std::memory_order_acquire) -
                                        head_.load(std::memory_order_acquire));
    }
    std::size_t high_water() const { return high_water_.load(std::memory_order_relaxed); }
    std::uint64_t refused() const {
        return refused_.load(std::memory_order_relaxed);
    }  // sends that met Full

    // Writer's end. Messages sent before close() can still be received.
    Sent try_send(const T& item) {
        if (closed_.load(std::memory_order_relaxed)) {
            return Sent::Closed;
        }
        const std::uint64_t tail = tail_.load(std::memory_order_relaxed);
        if (tail - cached_head_ >= slots_.size()) {
            cached_head_ = head_.load(std::memory_order_acquire);
            if (tail - cached_head_ >= slots_.size()) {
                refused_.store(refused_.load(std::memory_order_relaxed) + 1,
                               std::memory_order_relaxed);
                return Sent::Full;
            }
        }
        slots_[tail & mask_] = item;
        tail_.store(tail + 1, std::memory_order_release);
        const auto depth = static_cast<std::size_t>(tail + 1 - cached_head_);
        if (depth > high_water_.load(std::memory_order_relaxed)) {
            high_water_.store(depth, std::memory_order_relaxed);
        }
        if (wake_ != nullptr) {
            wake_->wake();
        }
        return Sent::Ok;
    }
    std::size_t room() {
        cached_head_ = head_.load(std::memory_order_acquire);
        return slots_.size() -
               static_cast<std::size_t>(tail_.load(std::memory_order_relaxed) - cached_head_);
    }
    void close() { closed_.store(true, std::memory_order_release); }
    // Set before the threads start.
    void on_send(Wake* wake) { wake_ = wake; }

    // Reader's end.
    const T* peek() {
        const std::uint64_t head = head_.load(std::memory_order_relaxed);
        if (head == cached_tail_) {
            cached_tail_ = tail_.load(std::memory_order_acquire);
            if (head == cached_tail_) {
                return nullptr;
            }
        }
        return &slots_[head & mask_];
    }
    void pop() {
        GW_CHECK(peek() != nullptr);
        head_.store(head_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    }
    bool closed_and_empty() { return closed_.load(std::memory_order_acquire) && peek() == nullptr; }

private:
    std::vector<T> slots_;
    std::size_t mask_;
    Wake* wake_ = nullptr;
    alignas(64) std::atomic<std::uint64_t> head_{0};  // next to read; reader writes
    std::uint64_t cached_tail_ = 0;                   // reader's
    alignas(64) std::atomic<std::uint64_t> tail_{0};  // next to write; writer writes
    std::uint64_t cached_head_ = 0;                   // writer's
    std::atomic<std::size_t> high_water_{0};
    std::atomic<std::uint64_t> refused_{0};
    alignas(64) std::atomic<bool> closed_{false};
};

template <class T>
class Sender {
public:
    explicit Sender(Channel<T>& channel) : channel_(&channel) {}
    [[nodiscard]] Sent try_send(const T& item) { return channel_->try_send(item); }
    std::size_t room() { return channel_->room(); }
    void close() { channel_->close(); }

private:
    Channel<T>* channel_;
};

template <class T>
class Receiver {
public:
    explicit Receiver(Channel<T>& channel) : channel_(&channel) {}
    // The oldest message, still in the channel; valid until pop(). Null when there is none.
    const T* peek() { return channel_->peek(); }
    void pop() { channel_->pop(); }
    std::optional<T> try_receive() {
        const T* item = channel_->peek();
        if (item == nullptr) {
            return std::nullopt;
        }
        std::optional<T> copy(*item);
        channel_->pop();
        return copy;
    }
    bool closed_and_empty() { return channel_->closed_and_empty(); }
    std::size_t depth() const { return channel_->depth(); }

private:
    Channel<T>* channel_;
};

}  // namespace sluice
