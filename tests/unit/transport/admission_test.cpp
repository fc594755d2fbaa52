#include "sessions/transport/admission.hpp"

#include <catch2/catch.hpp>

using namespace sluice::transport;

namespace {
SocketAddress at(std::string_view host) {
    return *SocketAddress::parse(host, 1234);
}
}  // namespace

TEST_CASE("one address cannot take all places before Logon(A)") {
    Admission admission({.unauthenticated_max = 4, .unauthenticated_per_address_max = 2});
    CHECK(admission.enter(at("10.0.0.1")));
    CHECK(admission.enter(at("10.0.0.1")));
    CHECK_FALSE(admission.enter(at("10.0.0.1")));
    CHECK(admission.enter(at("10.0.0.2")));
    admission.leave(at("10.0.0.1"));
    CHECK(admission.enter(at("10.0.0.1")));
}

TEST_CASE("all addresses together cannot take more places than there are") {
    Admission admission({.unauthenticated_max = 2, .unauthenticated_per_address_max = 2});
    CHECK(admission.enter(at("10.0.0.1")));
    CHECK(admission.enter(at("10.0.0.2")));
    CHECK_FALSE(admission.enter(at("10.0.0.3")));
    CHECK(admission.waiting() == 2);
}

TEST_CASE("the addresses of one IPv6 /64 count as one") {
    Admission admission({.unauthenticated_max = 9, .unauthenticated_per_address_max = 1});
    CHECK(admission.enter(at("2001:db8:0:1::1")));
    CHECK_FALSE(admission.enter(at("2001:db8:0:1:ffff::2")));
    CHECK(admission.enter(at("2001:db8:0:2::1")));
}
