// AllowList: the address ranges a listener or a session accepts, "10.0.0.0/8", "2001:db8::/32" or
// one address. Read by the reactor's thread at accept and at Logon. An empty list allows everyone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/result.hpp"
#include "sessions/transport/socket_address.hpp"

namespace sluice::transport {

// A range whose address has bits set behind the prefix ("10.1.2.3/8") is refused: it is a typing
// error more often than a wish.
class AddressRange {
public:
    static Result<AddressRange, std::string> parse(std::string_view text);
    bool contains(const SocketAddress& address) const;

private:
    SocketAddress network_;
    unsigned prefix_bits_ = 0;
};

class AllowList {
public:
    // The error names the entry that is wrong and why.
    static Result<AllowList, std::string> parse(const std::vector<std::string>& entries);
    bool allows(const SocketAddress& address) const;
    bool empty() const { return ranges_.empty(); }

private:
    std::vector<AddressRange> ranges_;
};

}  // namespace sluice::transport
