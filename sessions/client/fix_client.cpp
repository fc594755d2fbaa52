#include "sessions/client/fix_client.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include "sessions/client/fix_text.hpp"
#include "sessions/transport/framer.hpp"

namespace sluice::client {
namespace {

using transport::IoStatus;

std::int64_t monotonic_ns() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}
std::int64_t utc_ns() {
    return std::chrono::system_clock::now().time_since_epoch().count();
}

std::string_view begin_string(FixVersion version) {
    return version == FixVersion::Fix50Sp2 ? "FIXT.1.1" : to_text(version);
}

unsigned number(std::string_view text) {
    unsigned value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

class Deadline {
public:
    explicit Deadline(int timeout_ms)
        : end_ns_(monotonic_ns() + std::int64_t{timeout_ms} * 1'000'000) {}
    int left_ms() const {
        const std::int64_t left = end_ns_ - monotonic_ns();
        return left <= 0 ? 0 : static_cast<int>(left / 1'000'000) + 1;
    }

private:
    std::int64_t end_ns_;
};

// A connected, non-blocking TCP socket, or why not.
Result<transport::Fd, std::string> connect_tcp(const std::string& host,
                                               std::uint16_t port,
                                               int timeout_ms) {
    using Connected = Result<transport::Fd, std::string>;
    const std::string where = fmt::format("{}:{}", host, port);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int looked_up = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (looked_up != 0) {
        return Connected::failure(fmt::format("{}: {}", where, ::gai_strerror(looked_up)));
    }
    std::string why = "no address";
    const Deadline deadline(timeout_ms);
    for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
        transport::Fd fd(::socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (!fd.is_open()) {
            why = std::strerror(errno);
            continue;
        }
        const int on = 1;
        ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        int error = ::connect(fd.get(), at->ai_addr, at->ai_addrlen) == 0 ? 0 : errno;
        if (error == EINPROGRESS) {
            pollfd wait{fd.get(), POLLOUT, 0};
            socklen_t size = sizeof error;
            error = ::poll(&wait, 1, deadline.left_ms()) == 1 ? 0 : ETIMEDOUT;
            if (error == 0) {
                ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size);
            }
        }
        if (error == 0) {
            ::freeaddrinfo(found);
            return fd;
        }
        why = std::strerror(error);
    }
    ::freeaddrinfo(found);
    return Connected::failure(fmt::format("{}: {}", where, why));
}

}  // namespace

std::string_view FixMessage::field(int tag) const {
    return client::field(raw, tag);
}

FixClient::Made FixClient::connect(const FixClientConfig& config, int timeout_ms) {
    auto numbers = SequenceFile::open(config.sequence_file);
    if (!numbers.ok()) {
        return Made::failure(numbers.error());
    }
    std::unique_ptr<FixClient> made(new FixClient(config));
    made->numbers_ = numbers.value();
    if (const auto opened = made->open(timeout_ms); !opened.ok()) {
        return Made::failure(opened.error());
    }
    return made;
}

FixClient::~FixClient() {
    close("client gone");
}

Result<Done, std::string> FixClient::open(int timeout_ms) {
    using Opened = Result<Done, std::string>;
    auto connected = connect_tcp(config_.host, config_.port, timeout_ms);
    if (!connected.ok()) {
        return Opened::failure(connected.error());
    }
    stream_ = std::make_unique<transport::Stream>(std::move(connected).value());
    if (!config_.tls) {
        return Done{};
    }
    const auto context = transport::TlsContext::client(config_.tls_config);
    if (!context.ok()) {
        return Opened::failure(context.error());
    }
    const std::string name = config_.server_name.empty() ? config_.host : config_.server_name;
    if (!stream_->start_tls(*context.value(),
                            config_.tls_config.verify_peer ? name : std::string())) {
        return Opened::failure("TLS cannot be started: " + transport::take_tls_error());
    }
    const Deadline deadline(timeout_ms);
    for (;;) {
        const IoStatus status = stream_->handshake();
        if (status == IoStatus::Done) {
            return Done{};
        }
        if (status != IoStatus::WantRead && status != IoStatus::WantWrite) {
            return Opened::failure("TLS handshake: " + stream_->error_text());
        }
        if (!wait(status == IoStatus::WantWrite, deadline.left_ms())) {
            return Opened::failure("TLS handshake: no answer in time");
        }
    }
}

Result<Done, std::string> FixClient::logon(int timeout_ms) {
    using LoggedOn = Result<Done, std::string>;
    const unsigned out_before = numbers_.next_out();
    const unsigned in_before = numbers_.next_in();
    if (config_.reset_on_logon) {
        numbers_.set_next_out(1);
        numbers_.set_next_in(1);
    }
    std::string body = fmt::format("98=0|108={}", config_.heart_bt_int);
    if (config_.reset_on_logon) {
        body += "|141=Y";
    }
    if (!config_.username.empty()) {
        body += "|553=" + config_.username;
    }
    if (!config_.password.empty()) {
        body += "|554=" + config_.password;
    }
    if (config_.version == FixVersion::Fix50Sp2) {
        body += "|1137=9";
    }
    send("A", body);
    const Deadline deadline(timeout_ms);
    while (!closed_ && !logged_on_) {
        const auto message = receive(deadline.left_ms());
        if (message && message->type == "5") {
            numbers_.set_next_out(out_before);  // a refused logon moves no number, here as there
            numbers_.set_next_in(in_before);
            numbers_.save();
            const std::string_view said = message->field(58);
            close(said.empty() ? "a Logout without a reason" : std::string(said));
        }
        if (!message && !closed_ && deadline.left_ms() == 0) {
            return LoggedOn::failure("no answer to the Logon in time");
        }
    }
    if (!logged_on_) {
        return LoggedOn::failure(close_text_);
    }
    return Done{};
}

void FixClient::logout(int timeout_ms) {
    if (closed_) {
        return;
    }
    send("5", "");
    const Deadline deadline(timeout_ms);
    while (!closed_ && deadline.left_ms() > 0) {
        const auto message = receive(deadline.left_ms());
        if (message && message->type == "5") {
            break;
        }
    }
    close("logged out");
}

unsigned FixClient::send(std::string_view msg_type, std::string_view body) {
    const unsigned seq = numbers_.next_out();
    numbers_.set_next_out(seq + 1);
    // The number is used up before the message leaves: a client killed in between leaves a gap,
    // never a number used twice.
    if (const std::string problem = numbers_.save(); !problem.empty()) {
        close(problem);
        return 0;
    }
    constexpr std::string_view kSessionMessages = "0A12345";
    if (msg_type.size() != 1 || kSessionMessages.find(msg_type) == std::string_view::npos) {
        if (sent_.size() == kSentMax) {
            sent_.pop_front();
        }
        sent_.push_back({seq, std::string(msg_type), std::string(body)});
    }
    return send_with(msg_type, body, seq, false);
}

unsigned FixClient::send_with(std::string_view msg_type,
                              std::string_view body,
                              unsigned seq,
                              bool poss_dup) {
    const std::string time = utc_timestamp(utc_ns());
    const std::string bytes = wire_message({begin_string(config_.version), config_.sender_comp_id,
                                            config_.target_comp_id, seq, time, poss_dup},
                                           msg_type, body);
    return send_raw(bytes) ? seq : 0;
}

std::string FixClient::message(std::string_view msg_type,
                               std::string_view body,
                               unsigned seq) const {
    const std::string time = utc_timestamp(utc_ns());
    return wire_message({begin_string(config_.version), config_.sender_comp_id,
                         config_.target_comp_id, seq, time, false},
                        msg_type, body);
}

std::size_t FixClient::read_raw(std::span<char> into) {
    if (closed_) {
        return 0;
    }
    const auto result = stream_->read(into);
    if (result.status == IoStatus::EndOfStream) {
        close("the gateway closed the connection");
    } else if (result.status == IoStatus::Failed) {
        close(stream_->error_text());
    }
    return result.status == IoStatus::Done ? result.bytes : 0;
}

bool FixClient::send_raw(std::string_view bytes) {
    if (closed_ || !write_all(bytes)) {
        return false;
    }
    last_sent_ns_ = monotonic_ns();
    if (hook_) {
        hook_(Direction::Sent, bytes);
    }
    return true;
}

bool FixClient::write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const iovec part{const_cast<char*>(bytes.data()),
                         bytes.size()};  // NOLINT: iovec is not const-correct
        const auto result = stream_->write({&part, 1});
        if (result.status == IoStatus::Done) {
            bytes.remove_prefix(result.bytes);
        } else if (result.status != IoStatus::WantRead && result.status != IoStatus::WantWrite) {
            close(stream_->error_text().empty() ? "connection closed" : stream_->error_text());
            return false;
        } else if (!wait(result.status == IoStatus::WantWrite, 10'000)) {
            close("the gateway takes no bytes");
            return false;
        }
    }
    return true;
}

bool FixClient::wait(bool for_write, int timeout_ms) const {
    pollfd wait{stream_->fd(), static_cast<short>(for_write ? POLLOUT : POLLIN), 0};
    return ::poll(&wait, 1, timeout_ms) == 1;
}

std::optional<FixMessage> FixClient::receive(int timeout_ms) {
    const Deadline deadline(timeout_ms);
    for (;;) {
        while (auto frame = next_frame()) {
            if (auto message = handle(std::move(*frame))) {
                return message;
            }
        }
        if (closed_) {
            return std::nullopt;
        }
        keep_alive();
        if (read_some()) {
            continue;
        }
        const int left = deadline.left_ms();
        if (closed_ || left == 0) {
            return std::nullopt;
        }
        // Wakes at least once a second for the heartbeat.
        wait(false, std::min(left, 1'000));
    }
}

bool FixClient::read_some() {
    std::array<char, 16 * 1024> bytes;
    const auto result = stream_->read(bytes);
    if (result.status == IoStatus::Done && result.bytes > 0) {
        input_.append(bytes.data(), result.bytes);
        return true;
    }
    if (result.status == IoStatus::EndOfStream) {
        close("the gateway closed the connection");
    } else if (result.status == IoStatus::Failed) {
        close(stream_->error_text());
    }
    return false;
}

std::optional<std::string> FixClient::next_frame() {
    for (;;) {
        const auto step = transport::find_frame(input_);
        if (step.outcome == transport::FrameStep::Outcome::NeedMore) {
            return std::nullopt;
        }
        std::string frame = input_.substr(0, step.bytes);
        input_.erase(0, step.bytes);
        if (step.outcome == transport::FrameStep::Outcome::Frame) {
            return frame;
        }
    }
}

std::optional<FixMessage> FixClient::handle(std::string frame) {
    if (hook_) {
        hook_(Direction::Received, frame);
    }
    FixMessage message;
    message.raw = std::move(frame);
    message.type = std::string(message.field(35));
    message.seq = number(message.field(34));
    message.poss_dup = message.field(43) == "Y";
    if (message.type == "A") {
        logged_on_ = true;
        if (message.field(141) == "Y") {
            numbers_.set_next_in(1);
        }
    }
    if (message.type == "5") {
        logged_on_ = false;  // what follows is the close; a Logout's number may be too high and is
                             // not chased
        if (message.seq == numbers_.next_in()) {
            numbers_.set_next_in(message.seq + 1);
            numbers_.save();
        }
        return message;
    }
    const bool reset_mode = message.type == "4" && message.field(123) != "Y";
    if (!reset_mode && !in_sequence(message)) {
        // Both sides may miss messages at once. A ResendRequest(2) is answered also when it lies
        // behind a gap of ours, since the resend that closes the gap passes over it.
        if (message.type == "2" && !message.duplicate) {
            answer_resend(message);
        }
        return std::nullopt;
    }
    if (message.type == "4") {
        const unsigned next = number(message.field(36));
        if (next > numbers_.next_in() || reset_mode) {
            numbers_.set_next_in(next);
            numbers_.save();
        }
        return std::nullopt;
    }
    if (message.type == "0") {
        return std::nullopt;
    }
    if (message.type == "1") {
        send("0", fmt::format("112={}", message.field(112)));
        return std::nullopt;
    }
    if (message.type == "2") {
        answer_resend(message);
        return std::nullopt;
    }
    return message;
}

// Counts the message, or asks for what is missing before it. False: not to be handled now.
bool FixClient::in_sequence(FixMessage& message) {
    const unsigned expected = numbers_.next_in();
    if (message.seq == expected) {
        numbers_.set_next_in(expected + 1);
        if (const std::string problem = numbers_.save(); !problem.empty()) {
            close(problem);
        }
        return true;
    }
    if (message.seq < expected) {
        message.duplicate = true;
        if (!message.poss_dup) {
            close(fmt::format(
                "MsgSeqNum(34)={} is lower than the expected {} without PossDupFlag(43)=Y",
                message.seq, expected));
        }
        return false;
    }
    if (message.seq > resend_until_) {
        resend_until_ = message.seq;
        send("2", fmt::format("7={}|16=0", expected));
    }
    // The answer to our own Logon counts as received although something before it is missing.
    return message.type == "A";
}

void FixClient::answer_resend(const FixMessage& request) {
    unsigned from = number(request.field(7));
    const unsigned last = number(request.field(16));
    const unsigned next = last == 0 || last >= numbers_.next_out() ? numbers_.next_out() : last + 1;
    for (const Sent& sent : sent_) {
        if (sent.seq < from || sent.seq >= next) {
            continue;
        }
        gap_fill(from, sent.seq);
        send_with(sent.msg_type, sent.body, sent.seq, true);
        from = sent.seq + 1;
    }
    gap_fill(from, next);
}

// SequenceReset(4) over the numbers from `from` up to, not including, `next`.
void FixClient::gap_fill(unsigned from, unsigned next) {
    if (from < next) {
        send_with("4", fmt::format("123=Y|36={}", next), from, true);
    }
}

void FixClient::keep_alive() {
    const std::int64_t quiet_ns = monotonic_ns() - last_sent_ns_;
    if (logged_on_ && quiet_ns > std::int64_t{config_.heart_bt_int} * 1'000'000'000) {
        send("0", "");
    }
}

void FixClient::close(std::string text) {
    if (closed_) {
        return;
    }
    closed_ = true;
    logged_on_ = false;
    close_text_ = std::move(text);
    if (stream_) {
        stream_->close();
    }
}

}  // namespace sluice::client
