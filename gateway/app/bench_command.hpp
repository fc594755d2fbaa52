// `sluice bench`: starts gateways of its own in temporary directories and measures them over
// loopback, each round beside a raw echo of messages of the same sizes, so that a figure can be
// read as a ratio on any machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sluice::app {

enum class BenchFormat : std::uint8_t { Table, Json, Markdown };

struct BenchOptions {
    unsigned rounds = 3;
    std::uint64_t orders = 20'000;  // per measurement
    std::string durability = "written";
    std::string wait = "spin";
    std::string fast_path = "on";
    std::vector<std::uint64_t> outstanding{1, 16, 256};
    std::vector<double> shares{0.25, 0.5, 0.75};  // of saturation, for the open loop
    std::vector<std::uint32_t> sessions{1};       // logged on at once, a row for each number
    bool chain = false;                           // a row for client, gateway, FIX venue and back
    std::string certificate;                      // with `key`: rows over TLS as well; PEM files
    std::string key;
    std::string peer;  // "NAME=HOST:PORT" of another FIX 4.4 engine, measured in each round
    BenchFormat format = BenchFormat::Table;
    std::string baseline;    // JSON of an earlier run to compare with
    double tolerance = 0.1;  // of a ratio to the echo before it counts as a regression
};

// Returns the exit code; kCheckFailed when something became slower than the baseline.
int run_bench(const BenchOptions& options);

}  // namespace sluice::app
