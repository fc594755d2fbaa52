#include "tests/unit/transport/loopback.hpp"

#include <array>
#include <stdexcept>

#include <catch2/catch.hpp>

namespace sluice::test {

using namespace transport;

void Recorder::on_open(Connection& connection) {
    opened.push_back(connection.id());
    if (connection.tls_peer() != nullptr) {
        tls_peers.push_back(*connection.tls_peer());
    }
    if (log_on_at_once) {
        connection.mark_logged_on();
    }
}

void Recorder::on_frame(Connection& connection, std::string_view frame) {
    frames.emplace_back(frame);
    if (frame_hook) {
        frame_hook(connection, frame);
    }
}

void Recorder::on_closed(Connection& connection, CloseReason reason, std::string_view text) {
    closed.push_back({connection.id(), reason, std::string(text)});
    if (closed_hook) {
        closed_hook(connection);
    }
}

Listener& Loopback::listen(ListenerConfig config) {
    auto opened = Listener::open(reactor, admission, server, std::move(config));
    if (!opened.ok()) {
        FAIL(opened.error());
    }
    listener = std::move(opened).value();
    return *listener;
}

void Loopback::await(const std::function<bool()>& condition) {
    bool late = false;
    const TimerId watchdog = reactor.timers().after(std::chrono::seconds{20}, [&] { late = true; });
    while (!condition()) {
        reactor.flush_all(released);
        if (condition()) {
            break;
        }
        reactor.poll(true);
        if (late) {
            FAIL("waited 20 s for an event");
        }
    }
    reactor.timers().cancel(watchdog);
}

Connection& Loopback::server_side(std::size_t index) {
    await([&] { return server.opened.size() > index; });
    Connection* connection = reactor.find(server.opened[index]);
    REQUIRE(connection != nullptr);
    return *connection;
}

RawClient::RawClient(const SocketAddress& server, int receive_buffer)
    : socket_(::socket(server.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) {
        ::setsockopt(fd(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    const timeval patience{20, 0};
    ::setsockopt(fd(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_storage storage{};
    const socklen_t length = server.fill(storage);
    REQUIRE(::connect(fd(), reinterpret_cast<const sockaddr*>(&storage), length) == 0);
}

void RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) {  // Catch's macros are not for the writer threads that call this
            throw std::runtime_error("the test's client cannot send");
        }
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

std::string RawClient::receive(std::size_t bytes) {
    std::string out(bytes, '\0');
    std::size_t got = 0;
    while (got < bytes) {
        const auto n = ::recv(fd(), out.data() + got, bytes - got, 0);
        if (n <= 0) {
            break;
        }
        got += static_cast<std::size_t>(n);
    }
    out.resize(got);
    return out;
}

bool RawClient::nothing_to_receive() const {
    char byte = 0;
    return ::recv(fd(), &byte, 1, MSG_DONTWAIT | MSG_PEEK) < 0;
}

std::string RawClient::receive_to_end() {
    std::string out;
    std::array<char, 4096> part{};
    while (true) {
        const auto n = ::recv(fd(), part.data(), part.size(), 0);
        if (n <= 0) {
            return out;
        }
        out.append(part.data(), static_cast<std::size_t>(n));
    }
}

void RawClient::shutdown_write() {
    ::shutdown(fd(), SHUT_WR);
}

void RawClient::reset() {
    const linger now{1, 0};
    ::setsockopt(fd(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

}  // namespace sluice::test
