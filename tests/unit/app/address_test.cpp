#include <catch2/catch.hpp>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/client_command.hpp"
#include "gateway/app/gateway_calls.hpp"

using namespace sluice::app;

TEST_CASE("the address of a gateway is host and port, also with brackets") {
    CHECK(parse_address("127.0.0.1:9876") == std::pair<std::string, unsigned>("127.0.0.1", 9876));
    CHECK(parse_address("[::1]:9876") == std::pair<std::string, unsigned>("::1", 9876));
}

TEST_CASE("an address without a usable port is refused") {
    const std::string text =
        GENERATE(as<std::string>{}, "", "host", "host:", "host:0", "host:65536", "host:12x");
    CHECK_THROWS_AS(parse_address(text), CliFailure);
}

TEST_CASE("a query holds the pairs that have a value, escaped") {
    CHECK(with_query("/orders", {}) == "/orders");
    CHECK(with_query("/orders", {{"session", ""}, {"symbol", "A B"}, {"limit", "5"}}) ==
          "/orders?symbol=A%20B&limit=5");
}
