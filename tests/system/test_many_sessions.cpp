// A thousand sessions logged on at once on one I/O thread.
#include <cstdio>
#include <fstream>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

constexpr int kSessions = 1'000;

long resident_kib(pid_t pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with("VmRSS:")) {
            return std::stol(line.substr(6));
        }
    }
    return 0;
}

}  // namespace

TEST_CASE("a thousand sessions are logged on at once, and each one's order is answered") {
    const TempDir dir;
    ConfigText config;
    for (int i = 0; i < kSessions; ++i) {
        config.sessions += session(fmt::format("S{}", i), FixVersion::Fix44);
    }
    GatewayProcess gateway(dir, config.text());
    gateway.start();
    const long before = resident_kib(gateway.pid());
    std::vector<std::unique_ptr<client::FixClient>> clients;
    for (int i = 0; i < kSessions; ++i) {
        auto wire = gateway.client_config(fmt::format("S{}", i), FixVersion::Fix44);
        wire.sequence_file.clear();
        clients.push_back(log_on(wire));
    }
    CHECK(gateway.call("GET", "/status")["sessions"]["logged_on"] == kSessions);
    const long each = (resident_kib(gateway.pid()) - before) * 1024 / kSessions;
    std::printf(
        "memory per session from configured to logged on: %ld bytes; whole process with %d "
        "sessions: %ld KiB\n",
        each, kSessions, resident_kib(gateway.pid()));
    CHECK(each < 64 * 1024);
    for (auto& client : clients) {
        client->send("D", order(FixVersion::Fix44, "A1", '1', "1", "9.00"));
    }
    for (auto& client : clients) {
        expect(*client, "35=8|11=A1|39=0");
    }
}

}  // namespace sluice::system_test
