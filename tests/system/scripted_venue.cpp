#include "tests/system/scripted_venue.hpp"

#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sessions/client/fix_text.hpp"
#include "sessions/transport/framer.hpp"
#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {

using client::field;

namespace {
std::string text(std::string_view raw, int tag) {
    return std::string(field(raw, tag));
}
}  // namespace

ScriptedVenue::ScriptedVenue(std::string begin_string, Script script)
    : begin_string_(std::move(begin_string)), script_(std::move(script)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener_, 8) == 0);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

ScriptedVenue::~ScriptedVenue() {
    stop_ = true;
    thread_.join();
    ::close(listener_);
}

std::map<std::string, int> ScriptedVenue::orders() const {
    const std::lock_guard lock(mutex_);
    return orders_;
}

void ScriptedVenue::serve() {
    while (!stop_) {
        pollfd wait{listener_, POLLIN, 0};
        if (::poll(&wait, 1, 50) != 1) {
            continue;
        }
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd >= 0 && !refuse_) {
            session(fd);
        }
        ::close(fd);
    }
}

void ScriptedVenue::session(int fd) {
    std::string input;
    while (!stop_) {
        if (drop_.exchange(false)) {
            return;
        }
        const auto step = transport::find_frame(input);
        if (step.outcome != transport::FrameStep::Outcome::NeedMore) {
            const std::string raw = input.substr(0, step.bytes);
            input.erase(0, step.bytes);
            if (step.outcome == transport::FrameStep::Outcome::Frame && !handle(fd, raw)) {
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

bool ScriptedVenue::handle(int fd, const std::string& raw) {
    const std::string type = text(raw, 35);
    const auto seq = static_cast<unsigned>(std::stoul(text(raw, 34)));
    our_id_ = text(raw, 56);
    their_id_ = text(raw, 49);
    if (type == "A") {
        send(fd, "A", "98=0|108=30" + std::string(begin_string_ == "FIXT.1.1" ? "|1137=9" : ""));
    }
    if (seq > next_in_) {
        send(fd, "2", fmt::format("7={}|16=0", next_in_));
        if (type == "2") {  // both sides miss messages: the resend will pass over this request
            fill_gap(fd, raw);
        }
        return true;
    }
    if (seq < next_in_) {
        return true;  // a duplicate
    }
    next_in_ = type == "4" ? static_cast<unsigned>(std::stoul(text(raw, 36))) : seq + 1;
    if (type == "1") {
        send(fd, "0", "112=" + text(raw, 112));
    } else if (type == "2") {
        fill_gap(fd, raw);
    } else if (type == "5") {
        send(fd, "5", "");
        return false;
    } else if (type == "D" || type == "F" || type == "G") {
        if (type == "D") {
            const std::lock_guard lock(mutex_);
            ++orders_[text(raw, 11)];
        }
        for (const auto& [answer_type, body] : script_(type, raw)) {
            send(fd, answer_type, body);
        }
    }
    return true;
}

// Nothing is resent: what was lost on the way stays lost.
void ScriptedVenue::fill_gap(int fd, const std::string& resend_request) {
    const unsigned from = static_cast<unsigned>(std::stoul(text(resend_request, 7)));
    const unsigned next = next_out_;
    next_out_ = from;
    send(fd, "4", fmt::format("123=Y|36={}", next));
    next_out_ = next;
}

void ScriptedVenue::send(int fd, const std::string& msg_type, const std::string& body) {
    const std::string time = now_text();
    const std::string bytes = client::wire_message(
        {begin_string_, our_id_, their_id_, next_out_++, time, msg_type == "4"}, msg_type, body);
    (void)!::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

std::string acknowledgement(const std::string& raw, const std::string& exec_id) {
    return fmt::format(
        "37=V{0}|11={0}|17={1}|150=0|39=0|55={2}|54={3}|38={4}|151={4}|14=0|6=0|60={5}",
        field(raw, 11), exec_id, field(raw, 55), field(raw, 54), field(raw, 38), now_text());
}

std::string fill(const std::string& raw,
                 const std::string& exec_id,
                 const std::string& qty,
                 const std::string& px,
                 const std::string& cum,
                 const std::string& leaves) {
    return fmt::format(
        "37=V{0}|11={0}|17={1}|150=F|39={2}|55={3}|54={4}|38={5}|32={6}|31={7}|14={8}|151={9}|6={7}"
        "|60={10}",
        field(raw, 11), exec_id, leaves == "0" ? '2' : '1', field(raw, 55), field(raw, 54),
        field(raw, 38), qty, px, cum, leaves, now_text());
}

}  // namespace sluice::system_test
