// `sluice bench`: starts a gateway of its own in a temporary directory and measures it over
// loopback, each round beside a raw echo of messages of the same sizes, so that a figure can be
// read as a ratio on any machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/app/table.hpp"

namespace sluice::app {

struct BenchOptions {
    unsigned rounds = 3;
    std::uint64_t orders = 20'000;  // per measurement
    std::string durability = "written";
    std::string wait = "spin";
    std::vector<std::uint64_t> outstanding{1, 16, 256};
    std::vector<double> shares{0.25, 0.5, 0.75};  // of saturation, for the open loop
    OutputFormat format = OutputFormat::Table;
};

int run_bench(const BenchOptions& options);

}  // namespace sluice::app
