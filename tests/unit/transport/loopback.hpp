// A reactor, a listener's surroundings and a recording handler on loopback, all on the test's
// thread.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sessions/transport/connector.hpp"
#include "sessions/transport/listener.hpp"
#include "sessions/transport/resolver.hpp"

namespace sluice::test {

class Recorder : public transport::ConnectorHandler {
public:
    void on_open(transport::Connection& connection) override;
    void on_frame(transport::Connection& connection, std::string_view frame) override;
    void on_closed(transport::Connection& connection,
                   transport::CloseReason reason,
                   std::string_view text) override;
    void on_connect_failed(std::string_view text) override { connect_failures.emplace_back(text); }

    struct Closed {
        transport::ConnectionId id;
        transport::CloseReason reason;
        std::string text;
    };
    std::vector<transport::ConnectionId> opened;
    std::vector<std::string> frames;
    std::vector<Closed> closed;
    std::vector<std::string> connect_failures;
    std::vector<transport::TlsPeer> tls_peers;
    bool log_on_at_once = true;  // mark_logged_on() when the connection opens
    std::function<void(transport::Connection&, std::string_view)> frame_hook;
    std::function<void(transport::Connection&)> closed_hook;
};

class Loopback {
public:
    explicit Loopback(transport::AdmissionLimits limits = {}) : admission(limits) {}

    transport::Listener& listen(transport::ListenerConfig config = {});
    // Polls until the condition holds; a test that waits 20 s for it has failed.
    void await(const std::function<bool()>& condition);
    transport::Connection& server_side(std::size_t index = 0);  // the index-th connection opened
    std::uint16_t port() const { return listener->address().port(); }

    transport::Reactor reactor;
    transport::Resolver resolver{reactor};
    transport::Admission admission;
    Recorder server;
    Recorder client;
    std::unique_ptr<transport::Listener> listener;
    std::uint64_t released = ~0ULL;  // what await() passes to flush_all()
};

// A blocking plain client, as a peer that is not ours would be.
class RawClient {
public:
    explicit RawClient(const transport::SocketAddress& server, int receive_buffer = 0);
    void send(std::string_view bytes);
    std::string receive(std::size_t bytes);  // fewer when the stream ends
    bool nothing_to_receive() const;
    std::string receive_to_end();
    void shutdown_write();
    void reset();  // closes with RST
    void close() { socket_.reset(); }
    int fd() const { return socket_.get(); }

private:
    transport::Fd socket_;
};

}  // namespace sluice::test
