// `sluice bench` with real gateways. That it ran to its end means that every order was answered
// once and none refused; its figures are looked at by nobody here.
#include <catch2/catch.hpp>

#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {

TEST_CASE("bench measures one and several sessions, a FIX venue, sleeping and without fast path") {
    const Ran ran = run_sluice({"bench", "--rounds", "1", "--orders", "200", "--wait", "park",
                                "--sessions", "1,3", "--outstanding", "1,16", "--chain",
                                "--fast-path", "off", "--format", "markdown"});
    INFO(ran.output);
    REQUIRE(ran.exit_code == 0);
    for (const char* row :
         {"| raw echo, 1 outstanding |", "| gateway, 16 outstanding |",
          "| gateway, 3 sessions, 16 outstanding |", "| gateway, Poisson, 50 % of saturation |",
          "| gateway with a FIX venue, 1 outstanding |"}) {
        CHECK(ran.output.find(row) != std::string::npos);
    }
}

}  // namespace sluice::system_test
