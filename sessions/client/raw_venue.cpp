#include "sessions/client/raw_venue.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include "sessions/client/fix_text.hpp"
#include "sessions/transport/framer.hpp"

namespace sluice::client {
namespace {

std::string text(std::string_view raw, int tag) {
    return std::string(field(raw, tag));
}

unsigned number(std::string_view raw, int tag) {
    const std::string value = text(raw, tag);
    return value.empty() ? 0 : static_cast<unsigned>(std::strtoul(value.c_str(), nullptr, 10));
}

}  // namespace

RawVenue::RawVenue(std::string begin_string, OnMessage on_message)
    : begin_string_(std::move(begin_string)), on_message_(std::move(on_message)) {}

RawVenue::Made RawVenue::listen(const std::string& begin_string,
                                std::uint16_t port,
                                OnMessage on_message,
                                bool any_address) {
    std::unique_ptr<RawVenue> made(new RawVenue(begin_string, std::move(on_message)));
    if (const auto opened = made->open(port, any_address); !opened.ok()) {
        return Made::failure(opened.error());
    }
    made->thread_ = std::thread([venue = made.get()] { venue->serve(); });
    return made;
}

RawVenue::~RawVenue() {
    stop_ = true;
    if (thread_.joinable()) {
        thread_.join();
    }
}

Result<Done, std::string> RawVenue::open(std::uint16_t port, bool any_address) {
    using Opened = Result<Done, std::string>;
    listener_ = transport::Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(any_address ? INADDR_ANY : INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const int on = 1;
    ::setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener_.get(), 8) != 0) {
        return Opened::failure(fmt::format("port {}: {}", port, std::strerror(errno)));
    }
    socklen_t size = sizeof address;
    ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    return Done{};
}

void RawVenue::serve() {
    while (!stop_) {
        pollfd wait{listener_.get(), POLLIN, 0};
        if (::poll(&wait, 1, 20) != 1) {
            continue;
        }
        const transport::Fd fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (fd.is_open() && !refuse_) {
            session(fd.get());
            set_logged_on(false);
        }
    }
}

void RawVenue::set_logged_on(bool on) {
    const std::lock_guard lock(mutex_);
    logged_on_ = on;
    connection_ = on ? connection_ : -1;
    changed_.notify_all();
}

void RawVenue::session(int fd) {
    {
        const std::lock_guard lock(mutex_);
        connection_ = fd;
    }
    std::string input;
    while (!stop_ && !drop_.exchange(false)) {
        const auto step = transport::find_frame(input);
        if (step.outcome != transport::FrameStep::Outcome::NeedMore) {
            const std::string raw = input.substr(0, step.bytes);
            input.erase(0, step.bytes);
            if (step.outcome == transport::FrameStep::Outcome::Frame && !handle(raw)) {
                return;
            }
            continue;
        }
        pollfd wait{fd, POLLIN, 0};
        if (::poll(&wait, 1, 20) != 1) {
            continue;
        }
        char bytes[8192];
        const ssize_t n = ::recv(fd, bytes, sizeof bytes, 0);
        if (n <= 0) {
            return;
        }
        input.append(bytes, static_cast<std::size_t>(n));
    }
}

// False: the connection ends.
bool RawVenue::handle(const std::string& raw) {
    const std::string type = text(raw, 35);
    {
        const std::lock_guard lock(mutex_);
        our_id_ = text(raw, 56);
        their_id_ = text(raw, 49);
        if (!in_sequence(type, raw)) {
            return true;
        }
        if (type == "1") {
            send("0", "112=" + text(raw, 112));
        } else if (type == "2") {
            fill_gap(raw);
        } else if (type == "5") {
            send("5", "");
            return false;
        } else if (type == "0" && text(raw, 112) == fmt::format("FENCE{}", fences_asked_)) {
            fences_answered_ = fences_asked_;
            changed_.notify_all();
        }
        constexpr std::string_view kSessionMessages = "0A12345";
        if (type.size() == 1 && type != "3" &&
            kSessionMessages.find(type) != std::string_view::npos) {
            return true;
        }
        if (!on_message_) {
            inbox_.push_back(raw);
            changed_.notify_all();
            return true;
        }
    }
    on_message_(type, raw);
    return true;
}

void RawVenue::log_on(const std::string& logon) {
    const bool answers_reset = std::exchange(resets_, false);
    if (!answers_reset) {
        resets_ = reset_.exchange(false);
        const bool reset = resets_ || text(logon, 141) == "Y";
        if (reset) {
            next_in_ = next_out_ = 1;
        }
        send("A", fmt::format("98=0|108={}{}{}", text(logon, 108), reset ? "|141=Y" : "",
                              begin_string_ == "FIXT.1.1" ? "|1137=9" : ""));
    }
    logged_on_ = !resets_;
    changed_.notify_all();
}

bool RawVenue::in_sequence(const std::string& type, const std::string& raw) {
    if (type == "A") {
        log_on(raw);
        if (resets_) {
            return false;
        }
    }
    const unsigned seq = number(raw, 34);
    if (seq > next_in_) {
        send("2", fmt::format("7={}|16=0", next_in_));
        if (type == "2") {  // both sides miss messages: the resend will pass over this request
            fill_gap(raw);
        }
        return false;
    }
    if (seq < next_in_) {
        return false;  // a duplicate
    }
    next_in_ = type == "4" ? number(raw, 36) : seq + 1;
    return true;
}

void RawVenue::fill_gap(const std::string& resend_request) {
    const unsigned next = next_out_;
    next_out_ = number(resend_request, 7);
    send("4", fmt::format("123=Y|36={}", next));
    next_out_ = next;
}

void RawVenue::send(const std::string& msg_type, const std::string& body) {
    const std::string time =
        utc_timestamp(std::chrono::system_clock::now().time_since_epoch().count());
    const std::string bytes = wire_message(
        {begin_string_, our_id_, their_id_, next_out_++, time, msg_type == "4"}, msg_type, body);
    // A connection that is gone is noticed by who reads.
    (void)!::send(connection_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

bool RawVenue::say(const std::string& msg_type, const std::string& body) {
    const std::lock_guard lock(mutex_);
    if (!logged_on_) {
        return false;
    }
    send(msg_type, body);
    return true;
}

std::optional<std::string> RawVenue::take(int timeout_ms) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                           [this] { return !inbox_.empty(); })) {
        return std::nullopt;
    }
    std::string first = std::move(inbox_.front());
    inbox_.pop_front();
    return first;
}

std::size_t RawVenue::waiting() const {
    const std::lock_guard lock(mutex_);
    return inbox_.size();
}

bool RawVenue::wait_logged_on(bool on, int timeout_ms) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                             [this, on] { return logged_on_ == on; });
}

bool RawVenue::fence(int timeout_ms) {
    std::unique_lock lock(mutex_);
    if (!logged_on_) {
        return false;
    }
    send("1", fmt::format("112=FENCE{}", ++fences_asked_));
    return changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                             [this] { return fences_answered_ == fences_asked_; });
}

}  // namespace sluice::client
