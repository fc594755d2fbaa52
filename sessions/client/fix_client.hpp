// A FIX client of one session over one connection: what `sluice client` and the system tests speak
// with. Not built on QuickFIX, so the gateway is also tested against a peer that is not its own
// engine.
//
// It does a session's duties itself (heartbeats, test requests, gap detection with resend requests,
// resends) and gives every message to the caller. A ResendRequest(2) from the gateway is answered
// with the messages of this connection; what an earlier connection sent is gap-filled, since an
// order of then is no longer what the user wants. One thread; nothing here waits but connect(),
// logon(), logout() and receive().
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/result.hpp"
#include "sessions/client/sequence_file.hpp"
#include "sessions/transport/stream.hpp"

namespace sluice::client {

struct FixClientConfig {
    std::string host = "127.0.0.1";  // a number or a name
    std::uint16_t port = 0;
    FixVersion version = FixVersion::Fix44;
    std::string sender_comp_id;
    std::string target_comp_id = "SLUICE";
    std::string username;
    std::string password;
    int heart_bt_int = 30;  // seconds
    bool reset_on_logon = false;
    bool tls = false;
    transport::TlsClientConfig tls_config;
    std::string server_name;    // TLS: checked against the certificate; empty: host
    std::string sequence_file;  // empty: numbers start at 1 and are forgotten
};

struct FixMessage {
    std::string raw;
    std::string type;  // MsgType(35)
    unsigned seq = 0;  // MsgSeqNum(34)
    bool poss_dup = false;
    bool duplicate = false;  // its number was seen before
    std::string_view field(int tag) const;
};

enum class Direction : std::uint8_t { Sent, Received };

class FixClient {
public:
    using Made = Result<std::unique_ptr<FixClient>, std::string>;
    static Made connect(const FixClientConfig& config, int timeout_ms = 5'000);
    ~FixClient();
    FixClient(const FixClient&) = delete;
    FixClient& operator=(const FixClient&) = delete;

    // Sends Logon(A) and waits for the answer. The error holds the gateway's Text(58) when it
    // refused by Logout(5), which leaves the numbers as they were, or why the connection ended.
    Result<Done, std::string> logon(int timeout_ms = 5'000);
    // Sends Logout(5) and waits for the answer or the close.
    void logout(int timeout_ms = 3'000);

    // Sends one message; body as in fix_text.hpp. Returns its MsgSeqNum(34), 0 when the connection
    // is gone.
    unsigned send(std::string_view msg_type, std::string_view body);
    // Bytes as they are, for hostile tests and for load: one write. What they mean for the numbers
    // is the caller's business.
    bool send_raw(std::string_view bytes);
    // Bytes as they come, past the session's duties: for load. 0 when there are none now or the
    // connection ended.
    std::size_t read_raw(std::span<char> into);
    // What send() would send under this number.
    std::string message(std::string_view msg_type, std::string_view body, unsigned seq) const;

    // The next message that is not a Heartbeat(0) or TestRequest(1); empty when none came in time
    // or the connection ended (see closed()). Messages beyond a gap are dropped here, since the
    // resend brings them again.
    std::optional<FixMessage> receive(int timeout_ms);
    // Does what is due without waiting: reads, answers, heartbeats. For callers that poll fd()
    // themselves.
    std::optional<FixMessage> receive_now() { return receive(0); }

    bool closed() const { return closed_; }
    bool logged_on() const { return logged_on_; }
    const std::string& close_text() const { return close_text_; }
    int fd() const { return stream_->fd(); }
    unsigned next_out() const { return numbers_.next_out(); }
    unsigned next_in() const { return numbers_.next_in(); }
    void set_next_out(unsigned number) { numbers_.set_next_out(number); }
    void set_next_in(unsigned number) { numbers_.set_next_in(number); }
    // Drops the connection without a word, as a cut wire would.
    void cut() { close("cut by the caller"); }
    // Sees every message both ways.
    void on_wire(std::function<void(Direction, std::string_view)> hook) { hook_ = std::move(hook); }

private:
    explicit FixClient(FixClientConfig config) : config_(std::move(config)) {}
    Result<Done, std::string> open(int timeout_ms);
    bool write_all(std::string_view bytes);
    bool wait(bool for_write, int timeout_ms) const;
    unsigned send_with(std::string_view msg_type,
                       std::string_view body,
                       unsigned seq,
                       bool poss_dup);
    std::optional<std::string> next_frame();
    bool read_some();
    std::optional<FixMessage> handle(std::string frame);
    bool in_sequence(FixMessage& message);
    void answer_resend(const FixMessage& request);
    void gap_fill(unsigned from, unsigned next);
    void keep_alive();
    void close(std::string text);

    FixClientConfig config_;
    SequenceFile numbers_;
    std::unique_ptr<transport::Stream> stream_;
    std::function<void(Direction, std::string_view)> hook_;
    struct Sent {
        unsigned seq;
        std::string msg_type;
        std::string body;
    };
    static constexpr std::size_t kSentMax = 4'096;
    std::deque<Sent> sent_;  // application messages of this connection, the newest kSentMax
    std::string input_;
    std::string close_text_;
    std::int64_t last_sent_ns_ = 0;  // monotonic
    unsigned resend_until_ = 0;      // a gap below this number was already asked for
    bool logged_on_ = false;
    bool closed_ = false;
};

}  // namespace sluice::client
