#include "sessions/transport/listener.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>

namespace sluice::transport {

namespace {

constexpr int kAcceptsPerTurn = 16;
constexpr std::chrono::milliseconds kPause{100};

Fd open_spare() {
    return Fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

Listener::Opened failed(const ListenerConfig& config, const std::string& why) {
    return Listener::Opened::failure("listener '" + config.name + "' on " + config.address +
                                     " port " + std::to_string(config.port) + ": " + why);
}

bool bind_and_listen(const Fd& socket, const SocketAddress& address, int backlog) {
    const int on = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!address.is_v4()) {
        ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    }
    sockaddr_storage storage{};
    const socklen_t length = address.fill(storage);
    return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&storage), length) == 0 &&
           ::listen(socket.get(), backlog) == 0;
}

}  // namespace

Listener::Opened Listener::open(Reactor& reactor,
                                Admission& admission,
                                ConnectionHandler& handler,
                                ListenerConfig config) {
    const auto address = SocketAddress::parse(config.address, config.port);
    if (!address) {
        return failed(config, "not a numeric IPv4 or IPv6 address");
    }
    Fd socket(::socket(address->family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.is_open() || !bind_and_listen(socket, *address, config.backlog)) {
        return failed(config, std::strerror(errno));
    }
    return std::unique_ptr<Listener>(
        new Listener(reactor, admission, handler, std::move(config), std::move(socket)));
}

Listener::Listener(Reactor& reactor,
                   Admission& admission,
                   ConnectionHandler& handler,
                   ListenerConfig config,
                   Fd socket)
    : reactor_(reactor),
      admission_(admission),
      handler_(handler),
      config_(std::move(config)),
      socket_(std::move(socket)),
      spare_(open_spare()),
      address_(SocketAddress::local_of(socket_.get())) {
    reactor_.watch(socket_.get(), EPOLLIN, *this);
}

Listener::~Listener() {
    close();
}

void Listener::close() {
    reactor_.timers().cancel(resume_);
    resume_ = TimerId::None;
    if (socket_.is_open()) {
        reactor_.unwatch(socket_.get(), *this);
        socket_.reset();
    }
}

void Listener::on_ready(std::uint32_t) {
    for (int i = 0; i < kAcceptsPerTurn && socket_.is_open(); ++i) {
        if (!accept_one()) {
            return;
        }
    }
}

bool Listener::accept_one() {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    auto* peer = reinterpret_cast<sockaddr*>(&storage);
    Fd socket(::accept4(socket_.get(), peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket.is_open()) {
        return accept_failed(errno);
    }
    welcome(std::move(socket), SocketAddress::from(peer, length));
    return true;
}

// True: the next connection may be tried in this turn.
bool Listener::accept_failed(int error) {
    switch (error) {
        case EAGAIN:
            return false;
        case EMFILE:
        case ENFILE:
        case ENOBUFS:
        case ENOMEM:
            ++stats_.out_of_descriptors;
            shed_one();
            pause();
            return false;
        default:  // the one connection died while it waited: ECONNABORTED, EPROTO, ...
            ++stats_.accept_errors;
            return true;
    }
}

void Listener::welcome(Fd socket, const SocketAddress& peer) {
    if (!config_.allowed.allows(peer)) {
        ++stats_.refused_address;
    } else if (!admission_.enter(peer)) {
        ++stats_.refused_limit;
    } else {
        ++stats_.accepted;
        reactor_.adopt({std::move(socket),
                        config_.name,
                        peer,
                        config_.limits,
                        &handler_,
                        config_.tls.get(),
                        {},
                        &admission_});
    }
}

void Listener::shed_one() {
    spare_.reset();
    Fd shed(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    shed.reset();  // closed before the spare is taken again
    spare_ = open_spare();
}

// Level-triggered epoll would call again at once and burn the hot thread.
void Listener::pause() {
    reactor_.rewatch(socket_.get(), 0, *this);
    reactor_.timers().cancel(resume_);
    resume_ = reactor_.timers().after(kPause, [this] {
        resume_ = TimerId::None;
        reactor_.rewatch(socket_.get(), EPOLLIN, *this);
    });
}

}  // namespace sluice::transport
