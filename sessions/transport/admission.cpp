#include "sessions/transport/admission.hpp"

#include <cstring>

#include "gateway/domain/check.hpp"

namespace sluice::transport {

namespace {
// IPv4: the address; IPv6: its /64. The two cannot meet: IPv4 fills the low half only, and the IPv6
// /64s with a zero low half (:: and loopback) share a count with unroutable 0.0.0.0 at worst.
std::uint64_t key_of(const SocketAddress& peer) {
    std::uint64_t key = 0;
    std::memcpy(&key, peer.bytes().data(), peer.is_v4() ? 4 : sizeof key);
    return key;
}
}  // namespace

bool Admission::enter(const SocketAddress& peer) {
    if (waiting_ >= limits_.unauthenticated_max) {
        return false;
    }
    const std::uint64_t key = key_of(peer);
    const auto found = per_address_.find(key);
    if (found != per_address_.end() && found->second >= limits_.unauthenticated_per_address_max) {
        return false;
    }
    if (limits_.unauthenticated_per_address_max == 0) {
        return false;
    }
    ++per_address_[key];
    ++waiting_;
    return true;
}

void Admission::leave(const SocketAddress& peer) {
    const auto found = per_address_.find(key_of(peer));
    GW_CHECK(found != per_address_.end() && waiting_ > 0);
    --waiting_;
    if (--found->second == 0) {
        per_address_.erase(found);
    }
}

}  // namespace sluice::transport
