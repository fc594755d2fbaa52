// SocketAddress: an IPv4 or IPv6 address with its port, as a small value.
// An IPv4 address that arrives mapped into IPv6 (::ffff:a.b.c.d) is kept as the IPv4 address it is.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <netinet/in.h>
#include <sys/socket.h>

namespace sluice::transport {

class SocketAddress {
public:
    SocketAddress() = default;  // 0.0.0.0:0

    // Numeric hosts only, no name resolution: "127.0.0.1", "::1", "[::1]". Empty when it is not
    // one.
    static std::optional<SocketAddress> parse(std::string_view host, std::uint16_t port);
    static SocketAddress from(const sockaddr* address,
                              socklen_t length);  // other families: 0.0.0.0:0
    static SocketAddress local_of(int fd);
    static SocketAddress peer_of(int fd);

    bool is_v4() const { return family_ == AF_INET; }
    int family() const { return family_; }
    std::uint16_t port() const { return port_; }
    // Network byte order; an IPv4 address uses the first 4 bytes.
    const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }

    std::string host() const;  // "127.0.0.1", "::1"
    std::string text() const;  // "127.0.0.1:9876", "[::1]:9876"
    socklen_t fill(sockaddr_storage& out) const;

    friend bool operator==(const SocketAddress&, const SocketAddress&) = default;

private:
    std::array<std::uint8_t, 16> bytes_{};
    std::uint32_t scope_ = 0;  // IPv6 link-local scope
    std::uint16_t port_ = 0;
    std::uint16_t family_ = AF_INET;
};

}  // namespace sluice::transport
