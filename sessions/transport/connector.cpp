#include "sessions/transport/connector.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace sluice::transport {

Connector::Connector(Reactor& reactor, Resolver& resolver, ConnectorHandler& handler)
    : reactor_(reactor), resolver_(resolver), handler_(handler) {}

Connector::~Connector() {
    cancel();
}

void Connector::start(ConnectTarget target) {
    cancel();
    target_ = std::move(target);
    connecting_ = true;
    deadline_ = reactor_.timers().after(target_.connect_deadline,
                                        [this] { failed("no connection in time"); });
    if (const auto numeric = SocketAddress::parse(target_.host, target_.port)) {
        addresses_ = {*numeric};
        begin_ = reactor_.timers().after(std::chrono::nanoseconds{0}, [this] { try_next({}); });
        return;
    }
    ticket_ = resolver_.resolve(target_.host, target_.port, [this](Resolver::Answer answer) {
        ticket_ = Resolver::Ticket::None;
        if (!answer.ok()) {
            return failed(answer.error());
        }
        addresses_ = std::move(answer).value();
        std::reverse(addresses_.begin(), addresses_.end());
        try_next({});
    });
}

void Connector::cancel() {
    connecting_ = false;
    reactor_.timers().cancel(deadline_);
    reactor_.timers().cancel(begin_);
    deadline_ = begin_ = TimerId::None;
    resolver_.forget(ticket_);
    ticket_ = Resolver::Ticket::None;
    addresses_.clear();
    if (socket_.is_open()) {
        reactor_.unwatch(socket_.get(), *this);
        socket_.reset();
    }
}

void Connector::try_next(std::string last_error) {
    begin_ = TimerId::None;
    while (!addresses_.empty()) {
        trying_ = addresses_.back();
        addresses_.pop_back();
        if (try_address(trying_, last_error)) {
            return;
        }
    }
    failed(last_error);
}

// Whether it succeeds at once or later, EPOLLOUT tells.
bool Connector::try_address(const SocketAddress& address, std::string& error) {
    socket_ = Fd(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_storage storage{};
    const socklen_t length = address.fill(storage);
    if (!socket_.is_open() ||
        (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&storage), length) != 0 &&
         errno != EINPROGRESS)) {
        error = address.text() + ": " + std::strerror(errno);
        socket_.reset();
        return false;
    }
    reactor_.watch(socket_.get(), EPOLLOUT, *this);
    return true;
}

void Connector::on_ready(std::uint32_t) {
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &length);
    reactor_.unwatch(socket_.get(), *this);
    if (error == 0) {
        connected();
        return;
    }
    socket_.reset();
    try_next(trying_.text() + ": " + std::strerror(error));
}

void Connector::connected() {
    NewConnection setup{std::move(socket_),
                        target_.name,
                        trying_,
                        target_.limits,
                        &handler_,
                        target_.tls.get(),
                        target_.server_name.empty() ? target_.host : target_.server_name,
                        nullptr};
    if (target_.tls && !target_.tls->verifies_peer() && target_.server_name.empty()) {
        setup.server_name.clear();
    }
    cancel();
    reactor_.adopt(std::move(setup));
}

void Connector::failed(const std::string& text) {
    const std::string why =
        target_.name + " (" + target_.host + " port " + std::to_string(target_.port) + "): " + text;
    cancel();
    handler_.on_connect_failed(why);
}

}  // namespace sluice::transport
