#include "sessions/transport/socket_address.hpp"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>

namespace sluice::transport {

namespace {
constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
}

std::optional<SocketAddress> SocketAddress::parse(std::string_view host, std::uint16_t port) {
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    const std::string text(host);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        return from(reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
    }
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    if (::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
        return from(reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
    }
    return std::nullopt;
}

SocketAddress SocketAddress::from(const sockaddr* address, socklen_t length) {
    SocketAddress out;
    if (address->sa_family == AF_INET && length >= sizeof(sockaddr_in)) {
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        std::memcpy(out.bytes_.data(), &v4.sin_addr, 4);
        out.port_ = ntohs(v4.sin_port);
    } else if (address->sa_family == AF_INET6 && length >= sizeof(sockaddr_in6)) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, address, sizeof v6);
        std::array<std::uint8_t, 16> raw{};
        std::memcpy(raw.data(), &v6.sin6_addr, raw.size());
        out.port_ = ntohs(v6.sin6_port);
        if (std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), raw.begin())) {
            std::copy(raw.begin() + 12, raw.end(), out.bytes_.begin());
        } else {
            out.bytes_ = raw;
            out.scope_ = v6.sin6_scope_id;
            out.family_ = AF_INET6;
        }
    }
    return out;
}

SocketAddress SocketAddress::local_of(int fd) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    auto* address = reinterpret_cast<sockaddr*>(&storage);
    return ::getsockname(fd, address, &length) == 0 ? from(address, length) : SocketAddress{};
}

SocketAddress SocketAddress::peer_of(int fd) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    auto* address = reinterpret_cast<sockaddr*>(&storage);
    return ::getpeername(fd, address, &length) == 0 ? from(address, length) : SocketAddress{};
}

std::string SocketAddress::host() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(family_, bytes_.data(), text.data(), text.size());
    return text.data();
}

std::string SocketAddress::text() const {
    const std::string port = std::to_string(port_);
    return is_v4() ? host() + ":" + port : "[" + host() + "]:" + port;
}

socklen_t SocketAddress::fill(sockaddr_storage& out) const {
    out = {};
    if (is_v4()) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port_);
        std::memcpy(&v4.sin_addr, bytes_.data(), 4);
        std::memcpy(&out, &v4, sizeof v4);
        return sizeof v4;
    }
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port_);
    v6.sin6_scope_id = scope_;
    std::memcpy(&v6.sin6_addr, bytes_.data(), bytes_.size());
    std::memcpy(&out, &v6, sizeof v6);
    return sizeof v6;
}

}  // namespace sluice::transport
