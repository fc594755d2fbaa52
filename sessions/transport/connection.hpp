// Connection: one FIX peer's socket, from accept or connect to close: receive buffer, framing,
// output queue behind the release gate, limits before Logon. Owned by its Reactor; a reference is
// valid until on_closed() has returned. Everything here runs on the reactor's thread.
//
// Accepted connections start in the state before Logon: one deadline for TLS handshake and Logon
// together, few bytes, any framing error closes. The owner lifts that with mark_logged_on().
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "sessions/transport/framer.hpp"
#include "sessions/transport/input_buffer.hpp"
#include "sessions/transport/output_queue.hpp"
#include "sessions/transport/pollable.hpp"
#include "sessions/transport/socket_address.hpp"
#include "sessions/transport/stream.hpp"
#include "sessions/transport/timers.hpp"

namespace sluice::transport {

class Admission;
class Connection;
class Reactor;

enum class ConnectionId : std::uint64_t { None = 0 };

enum class CloseReason : std::uint8_t {
    Asked,          // close() by the owner
    Flushed,        // close_after_flush(): everything queued went out
    FlushDeadline,  // close_after_flush(): the peer or the gate did not let it out in time
    PeerClosed,     // end of stream
    IoError,        // reset and every other socket or TLS error after the handshake
    HandshakeFailed,
    SlowReader,  // output over its cap: heals by ResendRequest(2) at the next Logon
    LogonDeadline,
    TooMuchBeforeLogon,
    BadFrameBeforeLogon,
    TooManyGarbled,
    Shutdown,  // the reactor closes everything
};
std::string_view text_of(CloseReason reason);

struct ConnectionLimits {
    std::size_t frame_bytes_max = kFrameBytesMax;
    std::size_t prelogon_bytes_max = std::size_t{4} * 1024;
    std::size_t output_bytes_max = std::size_t{4} * 1024 * 1024;
    std::size_t read_bytes_per_turn = std::size_t{32} * 1024;
    std::uint32_t garbled_in_a_row_max =
        16;  // garbled messages (or stretches of garbage) between two good ones
    std::chrono::milliseconds logon_deadline{3'000};
    std::chrono::milliseconds flush_deadline{2'000};   // of close_after_flush()
    std::chrono::milliseconds linger_deadline{1'000};  // for the peer's FIN after our last byte
};

// Callbacks run inside Reactor::poll() and must not throw. They may call anything of any
// connection, including close(); nothing is destroyed before the turn ends.
class ConnectionHandler {
public:
    virtual ~ConnectionHandler() = default;
    virtual void on_open(Connection&) {}  // TCP, and TLS if any, stands; frames may be sent
    // A whole frame with the right BodyLength(9) and CheckSum(10), not yet screened. The view ends
    // with the call.
    virtual void on_frame(Connection& connection, std::string_view frame) = 0;
    // Called exactly once, at the end of a turn; the last call for this connection. `text` for the
    // log.
    virtual void on_closed(Connection& connection, CloseReason reason, std::string_view text) = 0;
};

struct ConnectionStats {
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t frames_in = 0;
    std::uint64_t garbled = 0;  // dropped: garbled messages and stretches of garbage
    FrameFault last_fault = FrameFault::None;
};

// What a listener or connector hands to Reactor::adopt().
struct NewConnection {
    Fd fd;  // connected, non-blocking
    std::string name;
    SocketAddress peer;
    ConnectionLimits limits;
    ConnectionHandler* handler = nullptr;
    const TlsContext* tls = nullptr;  // nullptr: plain
    std::string server_name;          // TLS client: SNI and the name to verify
    Admission* admission = nullptr;   // its place is taken already
};

class Connection final : private Pollable {
public:
    ~Connection() override;

    ConnectionId id() const { return id_; }
    const SocketAddress& peer() const { return peer_; }
    std::string_view name() const { return name_; }  // of the listener or the connect target
    const TlsPeer* tls_peer() const {
        return tls_peer_.get();
    }  // nullptr: plain, or handshake not done
    const ConnectionStats& stats() const { return stats_; }

    void set_handler(ConnectionHandler& handler) { handler_ = &handler; }
    void
    mark_logged_on();  // deadline and pre-Logon limits end, the place in Admission is free again
    bool is_logged_on() const { return logged_on_; }
    bool is_open() const { return phase_ == Phase::Open; }

    // Queues bytes that may leave once the journal reached journal_seq; 0: at once, though never
    // before bytes queued earlier. False: the connection is closing or closed, or this went over
    // the cap and closes it.
    bool send(std::string_view bytes, std::uint64_t journal_seq);
    // Writes released bytes now, in one system call. Reactor::flush_all() does it for all
    // connections.
    std::size_t flush(std::uint64_t released_seq);
    std::size_t output_bytes() const { return output_.size(); }

    // Back-pressure: frames that were read wait, the socket is not read. Resuming delivers in the
    // next turn.
    void pause_reading();
    void resume_reading();
    bool is_paused() const { return paused_; }

    // Both are harmless on a connection that is closed already. `text` is for the log and
    // on_closed().
    void close(CloseReason reason, std::string_view text);
    // For Logout(5): stops reading, sends what is queued as the gate allows, then closes.
    void close_after_flush(std::string_view text);

private:
    friend class Reactor;
    enum class Phase : std::uint8_t { Handshake, Open, Flushing, Lingering, Closed };
    Connection(Reactor& reactor, ConnectionId id, NewConnection&& setup);

    void on_ready(std::uint32_t events) override;
    void start(const TlsContext* tls, const std::string& server_name);
    void shake_hands();
    void opened();
    void set_deadline(std::chrono::milliseconds delay, CloseReason reason, std::string text);
    void update_interest();
    void leave_admission();
    // connection_input.cpp
    void ready_to_read();
    IoStatus read_some();
    std::size_t read_limit() const;
    void continue_input();
    void take_input();
    void deliver_frames();
    bool tolerates(const FrameStep& step);
    void discard_input();
    // connection_output.cpp
    std::size_t write_some();
    std::span<const iovec> gather(std::span<iovec> parts);
    void after_write();
    void begin_flushing(CloseReason reason, std::string_view text);
    void finish_flushing();
    void fail(std::string_view what);

    Reactor& reactor_;
    ConnectionId id_;
    std::string name_;
    SocketAddress peer_;
    ConnectionLimits limits_;
    ConnectionHandler* handler_;
    Admission* admission_;
    Stream stream_;
    std::unique_ptr<TlsPeer> tls_peer_;
    InputBuffer input_;
    OutputQueue output_;
    ConnectionStats stats_;
    TimerId deadline_ = TimerId::None;
    std::string close_text_;
    std::size_t prelogon_bytes_ = 0;
    std::uint32_t garbled_in_a_row_ = 0;
    std::uint32_t interest_ = 0;  // epoll events asked for
    Phase phase_ = Phase::Handshake;
    CloseReason close_reason_ = CloseReason::Asked;
    bool logged_on_ = false;
    bool paused_ = false;
    bool at_end_of_input_ = false;
    bool wants_write_ = false;  // the socket took no more, EPOLLOUT is asked for
    bool read_wants_write_ =
        false;  // TLS: a read needs the socket writable, and the other way round
    bool write_wants_read_ = false;
    bool in_pending_ = false;  // in the reactor's list of connections with output
    bool in_again_ = false;    // in the reactor's list for the end of this turn
    bool in_retired_ = false;  // in the reactor's list of closed ones
    bool told_closed_ = false;
};

}  // namespace sluice::transport
