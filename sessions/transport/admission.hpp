// Admission: how many connections may be open without a Logon, in all and per address. One is
// shared by all listeners of a reactor; a connection takes its place at accept and leaves it at
// mark_logged_on() or close. IPv6 peers are counted per /64, since one host owns that many
// addresses. Owner: the reactor's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "sessions/transport/socket_address.hpp"

namespace sluice::transport {

struct AdmissionLimits {
    std::size_t unauthenticated_max = 256;
    std::size_t unauthenticated_per_address_max = 16;
};

class Admission {
public:
    explicit Admission(AdmissionLimits limits = {}) : limits_(limits) {}

    [[nodiscard]] bool enter(const SocketAddress& peer);  // false: over a limit, nothing was taken
    void leave(const SocketAddress& peer);                // once for each enter that answered true
    std::size_t waiting() const { return waiting_; }

private:
    AdmissionLimits limits_;
    std::size_t waiting_ = 0;
    std::unordered_map<std::uint64_t, std::size_t> per_address_;
};

}  // namespace sluice::transport
