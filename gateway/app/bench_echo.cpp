#include "gateway/app/bench_echo.hpp"

#include <array>
#include <chrono>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "gateway/app/cli_failure.hpp"

namespace sluice::app {
namespace {

// Sizes of an order and of its report on the wire.
constexpr std::size_t kOrderBytes = 180;
constexpr std::size_t kReportBytes = 250;
constexpr std::array<char, kReportBytes> kBytes{};

std::int64_t now_ns() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

}  // namespace

BenchEcho::Link BenchEcho::connect() {
    const transport::Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    Link link;
    link.near = transport::Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::bind(listener.get(), any, size) != 0 || ::listen(listener.get(), 1) != 0 ||
        ::getsockname(listener.get(), any, &size) != 0 ||
        ::connect(link.near.get(), any, size) != 0) {
        throw CliFailure{kFailed, "the echo cannot be connected", {}};
    }
    link.far = transport::Fd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    const int on = 1;
    for (const int fd : {link.near.get(), link.far.get()}) {
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    return link;
}

BenchEcho::BenchEcho(bool spinning, unsigned links) : spinning_(spinning) {
    for (unsigned i = 0; i < links; ++i) {
        links_.push_back(connect());
    }
    for (unsigned i = 0; i < links; ++i) {
        threads_.emplace_back([this, i] { answer(i); });
    }
}

BenchEcho::~BenchEcho() {
    stop_ = true;
    for (const Link& link : links_) {
        ::shutdown(link.near.get(), SHUT_RDWR);
    }
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

// False: the other end is gone or the measurement is over.
bool BenchEcho::receive(int fd, std::size_t bytes) const {
    std::array<char, kReportBytes> into;
    while (bytes > 0 && !stop_) {
        const ssize_t n = ::recv(fd, into.data(), bytes, spinning_ ? MSG_DONTWAIT : 0);
        if (n == 0) {
            return false;
        }
        bytes -= n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    return bytes == 0;
}

// The last link answers by itself, the others ask the next one first.
void BenchEcho::answer(std::size_t link) {
    while (receive(links_[link].far.get(), kOrderBytes)) {
        if (link + 1 < links_.size()) {
            const int next = links_[link + 1].near.get();
            (void)::send(next, kBytes.data(), kOrderBytes, MSG_NOSIGNAL);
            if (!receive(next, kReportBytes)) {
                return;
            }
        }
        (void)::send(links_[link].far.get(), kBytes.data(), kReportBytes, MSG_NOSIGNAL);
    }
}

client::Histogram BenchEcho::measure(std::uint64_t count) {
    client::Histogram out;
    const std::uint64_t warmup = count / 10;
    for (std::uint64_t i = 0; i < count + warmup; ++i) {
        const std::int64_t begin = now_ns();
        (void)::send(links_[0].near.get(), kBytes.data(), kOrderBytes, MSG_NOSIGNAL);
        if (!receive(links_[0].near.get(), kReportBytes)) {
            throw CliFailure{kFailed, "the echo broke off", {}};
        }
        if (i >= warmup) {
            out.record(now_ns() - begin);
        }
    }
    return out;
}

}  // namespace sluice::app
