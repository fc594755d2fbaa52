// Reactor: the epoll loop of one I/O thread. Owns its connections, their memory, the timers and the
// waker. Everything but waker().wake() belongs to the thread that polls it.
//
// A turn: poll(), then the other stages, then flush_all(position that the journal released). A
// thread that wants to sleep calls park() with a last look at its other stages; a write to the
// waker, a socket or a timer ends the sleep. There is no poll timeout.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <sys/epoll.h>

#include "sessions/transport/block_pool.hpp"
#include "sessions/transport/connection.hpp"
#include "sessions/transport/pollable.hpp"
#include "sessions/transport/timers.hpp"
#include "sessions/transport/waker.hpp"

namespace sluice::transport {

struct ReactorConfig {
    std::size_t frame_bytes_max = kFrameBytesMax;  // the largest limit any connection will have
};

class Reactor {
public:
    explicit Reactor(ReactorConfig config = {});  // throws std::system_error: at start only
    ~Reactor();  // closes what is left without calling handlers; listeners and connectors go before
                 // it
    Reactor(const Reactor&) = delete;
    Reactor& operator=(const Reactor&) = delete;

    // One turn; answers how much it did (events, timers, closes). may_block: sleeps until something
    // happens, unless work is left over; the caller has declared itself parked, see park().
    std::size_t poll(bool may_block);
    // Sleeps unless still_idle() says no after the declaration. still_idle looks at everything that
    // others fill.
    template <class StillIdle>
    std::size_t park(StillIdle&& still_idle) {
        waker_.declare_parked();
        if (still_idle()) {
            return poll(true);
        }
        waker_.declare_awake();
        return poll(false);
    }
    // Called after each sleep, before the events that ended it are handled: the time has moved.
    void on_wake_up(std::function<void()> call) { woke_up_ = std::move(call); }
    Waker& waker() { return waker_; }
    Timers& timers() { return timers_; }

    // Writes what the journal has released, on every connection with output: one system call each,
    // O(those). released_seq must not go down. Answers how many bytes went out.
    std::size_t flush_all(std::uint64_t released_seq);
    std::uint64_t released() const { return released_; }

    Connection* find(ConnectionId id);  // nullptr: closed meanwhile
    std::size_t connection_count() const { return connections_.size(); }
    std::size_t pending_count() const { return pending_.size(); }
    // Closes every connection with CloseReason::Shutdown and delivers on_closed() before it
    // returns.
    void close_all(std::string_view text);

    // For listeners and connectors of this room.
    Connection& adopt(NewConnection&& setup);
    void watch(int fd, std::uint32_t events, Pollable& pollable);
    void rewatch(int fd, std::uint32_t events, Pollable& pollable);
    void unwatch(int fd, Pollable& pollable);  // its events of this turn are forgotten, too

    BlockPool& pool() { return pool_; }
    const BlockPool& pool() const { return pool_; }

private:
    friend class Connection;
    class WakeTarget;
    class TimerTarget;
    void again(Connection& connection);    // has input that epoll does not tell of: next turn
    void retire(Connection& connection);   // tell its handler and destroy it at the end of the turn
    void pending(Connection& connection);  // has output for flush_all
    void release(std::uint64_t released_seq);
    void run_again();
    void finish_retired();

    static constexpr std::size_t kEventsPerTurn = 256;

    Waker waker_;
    Timers timers_;
    BlockPool pool_;
    Fd epoll_;
    std::unique_ptr<Pollable> wake_target_;
    std::unique_ptr<Pollable> timer_target_;
    std::unordered_map<std::uint64_t, std::unique_ptr<Connection>> connections_;
    std::function<void()> woke_up_;
    std::vector<Connection*> pending_;
    std::vector<Connection*> again_;
    std::vector<Connection*> retired_;
    std::array<epoll_event, kEventsPerTurn> events_{};
    std::size_t event_count_ = 0;
    std::size_t event_at_ = 0;
    std::uint64_t released_ = 0;
    std::uint64_t last_id_ = 0;
};

}  // namespace sluice::transport
