// Connector: opens the connection of one client-side session (a venue), plain or TLS, never
// blocking. Owner: the reactor's thread; goes before the Reactor. When and how often to try again
// is the caller's business.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sessions/transport/reactor.hpp"
#include "sessions/transport/resolver.hpp"

namespace sluice::transport {

struct ConnectTarget {
    std::string name;  // for logs, Connection::name()
    std::string host;  // numeric or a name; of a name every address is tried in turn
    std::uint16_t port = 0;
    std::shared_ptr<const TlsContext> tls;  // nullptr: plain
    std::string server_name;                // TLS: name to ask for and to verify; empty: host
    std::chrono::milliseconds connect_deadline{
        5'000};               // for resolution and TCP, all addresses together
    ConnectionLimits limits;  // TLS handshake and Logon have limits.logon_deadline after that
};

// on_open() of the base class says that TCP and TLS stand. Each start() ends in exactly one
// on_closed() or one on_connect_failed(), unless cancel() came first.
class ConnectorHandler : public ConnectionHandler {
public:
    virtual void on_connect_failed(std::string_view text) = 0;
};

class Connector final : private Pollable {
public:
    Connector(Reactor& reactor, Resolver& resolver, ConnectorHandler& handler);
    ~Connector() override;

    // One attempt at a time: an attempt that is under way is cancelled. Never calls the handler
    // before it returns.
    void start(ConnectTarget target);
    void cancel();  // the connection that an earlier attempt has opened is not touched
    bool is_connecting() const { return connecting_; }

private:
    void on_ready(std::uint32_t events) override;
    void try_next(std::string last_error);
    bool try_address(const SocketAddress& address, std::string& error);
    void connected();
    void failed(const std::string& text);

    Reactor& reactor_;
    Resolver& resolver_;
    ConnectorHandler& handler_;
    ConnectTarget target_;
    Fd socket_;
    std::vector<SocketAddress> addresses_;  // still to be tried, the next at the back
    SocketAddress trying_;
    Resolver::Ticket ticket_ = Resolver::Ticket::None;
    TimerId deadline_ = TimerId::None;
    TimerId begin_ = TimerId::None;
    bool connecting_ = false;
};

}  // namespace sluice::transport
