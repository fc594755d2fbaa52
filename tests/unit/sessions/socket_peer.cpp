#include "tests/unit/sessions/socket_peer.hpp"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "sessions/engine/clock.hpp"
#include "sessions/engine/raw_message.hpp"
#include "sessions/transport/framer.hpp"
#include "sessions/utc_text.hpp"

namespace sluice::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::string swapped(std::string_view text, char from, char to) {
    std::string out(text);
    std::replace(out.begin(), out.end(), from, to);
    return out;
}

}  // namespace

std::string with_bars(std::string_view message) {
    return swapped(message, '\x01', '|');
}
std::string with_sohs(std::string_view text) {
    return swapped(text, '|', '\x01');
}

void SocketPeer::connect_to(std::uint16_t port) {
    socket_ = transport::Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in address = loopback(port);
    if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
        0) {
        throw std::runtime_error("connect failed");
    }
    (void)::fcntl(socket_.get(), F_SETFL, O_NONBLOCK);
    closed_ = false;
    buffer_.clear();
    received_.clear();
}

void SocketPeer::send_raw(std::string_view bytes) {
    (void)::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void SocketPeer::send(std::string_view body) {
    engine::SystemClock clock;
    std::string text(body);
    std::int64_t shift_s = 0;
    const auto shift = text.find("|52=+");
    if (shift != std::string::npos) {
        const auto end = text.find('|', shift + 1);
        shift_s = std::stoll(text.substr(shift + 5, end - shift - 5));
        text.erase(shift + 1, end == std::string::npos ? end : end - shift);
    }
    const auto cut = text.find('|');
    const std::string type = text.substr(0, cut);
    std::string rest = cut == std::string::npos ? "" : text.substr(cut + 1);
    if (!rest.empty() && rest.back() != '|') {
        rest += '|';
    }
    const std::string time = utc_text(clock.utc() + shift_s * kNanosPerSecond);
    for (std::string::size_type at = rest.find("<now>"); at != std::string::npos;
         at = rest.find("<now>")) {
        rest.replace(at, 5, time);
    }
    // The first field of the rest is usually MsgSeqNum(34).
    send_raw(engine::framed(begin_string,
                            with_sohs(type + "|49=" + our_comp_id + "|56=" + their_comp_id + "|" +
                                      "52=" + time + "|" + rest)));
}

void SocketPeer::pump() {
    char bytes[65536];
    while (socket_.is_open() && !closed_) {
        const ssize_t n = ::recv(socket_.get(), bytes, sizeof bytes, MSG_DONTWAIT);
        if (n > 0) {
            buffer_.append(bytes, static_cast<std::size_t>(n));
        } else if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) {
            closed_ = true;
        } else {
            break;
        }
    }
    while (!buffer_.empty()) {
        const transport::FrameStep step = transport::find_frame(buffer_);
        if (step.outcome == transport::FrameStep::Outcome::NeedMore) {
            break;
        }
        received_.push_back(buffer_.substr(0, step.bytes));
        buffer_.erase(0, step.bytes);
    }
}

SocketDoor::SocketDoor()
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(socket_.get(), 8) != 0 ||
        ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("no listening socket");
    }
    port_ = ntohs(address.sin_port);
}

bool SocketDoor::accept_into(SocketPeer& peer) {
    const int fd = ::accept4(socket_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    peer.adopt(transport::Fd(fd));
    return true;
}

}  // namespace sluice::test
