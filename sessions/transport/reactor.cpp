#include "sessions/transport/reactor.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "gateway/domain/check.hpp"

namespace sluice::transport {

class Reactor::WakeTarget final : public Pollable {
public:
    explicit WakeTarget(Waker& waker) : waker_(waker) {}
    void on_ready(std::uint32_t) override { waker_.drain(); }

private:
    Waker& waker_;
};

class Reactor::TimerTarget final : public Pollable {
public:
    explicit TimerTarget(Timers& timers) : timers_(timers) {}
    void on_ready(std::uint32_t) override { timers_.fire(SteadyClock::now()); }

private:
    Timers& timers_;
};

Reactor::Reactor(ReactorConfig config)
    : pool_(config.frame_bytes_max),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wake_target_(std::make_unique<WakeTarget>(waker_)),
      timer_target_(std::make_unique<TimerTarget>(timers_)) {
    if (!epoll_.is_open()) {
        throw std::system_error(errno, std::generic_category(), "epoll_create1");
    }
    watch(waker_.fd(), EPOLLIN, *wake_target_);
    watch(timers_.fd(), EPOLLIN, *timer_target_);
}

Reactor::~Reactor() = default;

std::size_t Reactor::poll(bool may_block) {
    const bool sleeps = may_block && again_.empty() && retired_.empty();
    if (sleeps) {
        waker_.declare_parked();
    }
    const int count =
        ::epoll_wait(epoll_.get(), events_.data(), int{kEventsPerTurn}, sleeps ? -1 : 0);
    if (may_block) {
        waker_.declare_awake();
    }
    if (sleeps && woke_up_) {
        woke_up_();
    }
    event_count_ = count > 0 ? static_cast<std::size_t>(count) : 0;
    std::size_t done = event_count_ + again_.size();
    for (event_at_ = 0; event_at_ < event_count_; ++event_at_) {
        const epoll_event& event = events_[event_at_];
        if (event.data.ptr != nullptr) {
            static_cast<Pollable*>(event.data.ptr)->on_ready(event.events);
        }
    }
    event_count_ = 0;
    run_again();
    done += retired_.size();
    finish_retired();
    return done;
}

Connection& Reactor::adopt(NewConnection&& setup) {
    GW_CHECK(setup.handler != nullptr && setup.limits.frame_bytes_max <= pool_.frame_bytes_max());
    const std::uint64_t id = ++last_id_;
    const TlsContext* tls = setup.tls;
    const std::string server_name = std::move(setup.server_name);
    std::unique_ptr<Connection> made(
        new Connection(*this, static_cast<ConnectionId>(id), std::move(setup)));
    Connection& connection = *made;
    connections_.emplace(id, std::move(made));
    connection.start(tls, server_name);
    return connection;
}

Connection* Reactor::find(ConnectionId id) {
    const auto found = connections_.find(static_cast<std::uint64_t>(id));
    if (found == connections_.end() || found->second->told_closed_ ||
        found->second->phase_ == Connection::Phase::Closed) {
        return nullptr;
    }
    return found->second.get();
}

// A descriptor that cannot be watched is a bug of ours or a machine out of memory.
void Reactor::watch(int fd, std::uint32_t events, Pollable& pollable) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = &pollable;
    GW_CHECK(::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0);
}

void Reactor::rewatch(int fd, std::uint32_t events, Pollable& pollable) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = &pollable;
    GW_CHECK(::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event) == 0);
}

void Reactor::unwatch(int fd, Pollable& pollable) {
    if (fd >= 0) {
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
    }
    for (std::size_t i = event_at_; i < event_count_; ++i) {
        if (events_[i].data.ptr == &pollable) {
            events_[i].data.ptr = nullptr;
        }
    }
}

void Reactor::release(std::uint64_t released_seq) {
    released_ = std::max(released_, released_seq);
}

// Connections that wait for EPOLLOUT leave the list; they come back by themselves.
std::size_t Reactor::flush_all(std::uint64_t released_seq) {
    release(released_seq);
    std::size_t sent = 0;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < pending_.size(); ++i) {
        Connection& connection = *pending_[i];
        sent += connection.flush(released_seq);
        if (connection.output_.empty() || connection.wants_write_ || connection.write_wants_read_) {
            connection.in_pending_ = false;
        } else {
            pending_[kept++] = &connection;
        }
    }
    pending_.resize(kept);
    return sent;
}

void Reactor::pending(Connection& connection) {
    if (!std::exchange(connection.in_pending_, true)) {
        pending_.push_back(&connection);
    }
}

void Reactor::again(Connection& connection) {
    if (!std::exchange(connection.in_again_, true)) {
        again_.push_back(&connection);
    }
}

void Reactor::retire(Connection& connection) {
    if (!std::exchange(connection.in_retired_, true)) {
        retired_.push_back(&connection);
    }
}

// What joins the list meanwhile waits for the next turn.
void Reactor::run_again() {
    const std::size_t count = again_.size();
    for (std::size_t i = 0; i < count; ++i) {
        Connection& connection = *again_[i];
        connection.in_again_ = false;
        connection.continue_input();
    }
    again_.erase(again_.begin(), again_.begin() + static_cast<std::ptrdiff_t>(count));
}

// Closing one connection may close others: the list grows while it is worked on.
void Reactor::finish_retired() {
    for (std::size_t i = 0; i < retired_.size(); ++i) {
        Connection& connection = *retired_[i];
        if (!std::exchange(connection.told_closed_, true)) {
            connection.input_.clear();
            connection.handler_->on_closed(connection, connection.close_reason_,
                                           connection.close_text_);
        }
        connection.in_retired_ = false;
        if (connection.phase_ == Connection::Phase::Closed) {
            std::erase(again_, &connection);
            std::erase(pending_, &connection);
            connections_.erase(static_cast<std::uint64_t>(connection.id()));
        }
    }
    retired_.clear();
}

void Reactor::close_all(std::string_view text) {
    for (const auto& entry : connections_) {
        entry.second->close(CloseReason::Shutdown, text);
    }
    finish_retired();
}

}  // namespace sluice::transport
