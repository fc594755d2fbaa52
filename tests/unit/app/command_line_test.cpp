#include <vector>

#include <catch2/catch.hpp>

#include "gateway/app/cli.hpp"
#include "gateway/app/exit_code.hpp"

using namespace sluice::app;

namespace {

int run(std::vector<const char*> words) {
    words.insert(words.begin(), "sluice");
    return run_command_line(static_cast<int>(words.size()), words.data());
}

}  // namespace

TEST_CASE("an unknown verb or option, a missing reason and a bad value are exit code 2") {
    CHECK(run({}) == kUsage);
    CHECK(run({"statsu"}) == kUsage);
    CHECK(run({"order", "shw"}) == kUsage);
    CHECK(run({"order"}) == kUsage);
    CHECK(run({"order", "list", "--sesion", "A"}) == kUsage);
    CHECK(run({"session", "logout", "TRADER1"}) == kUsage);
    CHECK(run({"session", "list", "-o", "yaml"}) == kUsage);
    CHECK(run({"replay"}) == kUsage);
    CHECK(run({"risk", "set", "DEMO", "max_order_qty=1"}) == kUsage);
    CHECK(run({"kill", "--reason", "drill"}) == kUsage);
}

TEST_CASE("help and version are exit code 0") {
    CHECK(run({"--help"}) == kOk);
    CHECK(run({"order", "list", "--help"}) == kOk);
    CHECK(run({"version"}) == kOk);
}

TEST_CASE("a gateway that does not answer is exit code 4, a missing journal 6") {
    CHECK(run({"status", "--data-dir", "/nonexistent"}) == kUnreachable);
    CHECK(run({"audit", "verify", "--data-dir", "/nonexistent"}) == kNotFound);
    CHECK(run({"order", "explain", "C1", "--data-dir", "/nonexistent"}) == kNotFound);
}

TEST_CASE("a configuration that cannot be read is exit code 3") {
    CHECK(run({"config", "check", "/nonexistent.yaml"}) == kInvalidConfiguration);
    CHECK(run({"status", "--config", "/nonexistent.yaml"}) == kInvalidConfiguration);
}
