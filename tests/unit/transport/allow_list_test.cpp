#include "sessions/transport/allow_list.hpp"

#include <catch2/catch.hpp>

using namespace sluice::transport;

TEST_CASE("an address is matched against the ranges") {
    const auto [range, address, inside] = GENERATE(table<std::string, std::string, bool>({
        {"10.0.0.0/8", "10.255.1.2", true},
        {"10.0.0.0/8", "11.0.0.1", false},
        {"192.168.1.128/25", "192.168.1.127", false},
        {"192.168.1.128/25", "192.168.1.128", true},
        {"192.168.1.7", "192.168.1.7", true},
        {"192.168.1.7", "192.168.1.8", false},
        {"0.0.0.0/0", "8.8.8.8", true},
        {"0.0.0.0/0", "::1", false},
        {"2001:db8::/33", "2001:db8:7fff::1", true},
        {"2001:db8::/33", "2001:db8:8000::1", false},
        {"::1", "::1", true},
        {"10.0.0.0/8", "::ffff:10.1.1.1", true},
    }));
    CAPTURE(range, address);
    const auto list = AllowList::parse({range});
    REQUIRE(list.ok());
    CHECK(list.value().allows(*SocketAddress::parse(address, 1)) == inside);
}

TEST_CASE("an empty list allows everyone") {
    CHECK(AllowList{}.allows(*SocketAddress::parse("203.0.113.9", 1)));
}

TEST_CASE("a range that is wrong is named") {
    const std::string text =
        GENERATE(as<std::string>{}, "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1",
                 "example.com", "", "10.1.2.3/8", "::1/129", "10.0.0/8");
    CAPTURE(text);
    const auto list = AllowList::parse({"10.0.0.0/8", text});
    REQUIRE_FALSE(list.ok());
    CHECK(list.error().find("'" + text + "'") != std::string::npos);
}
