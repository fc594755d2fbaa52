// `sluice run` and `sluice demo`: reads the configuration, opens the house, prints how to reach it,
// waits for a signal.
#pragma once

#include <string>

namespace sluice::app {

struct RunOptions {
    std::string config_path;  // empty with demo: embedded defaults
    bool demo = false;
    std::string data_dir;    // overrides the configuration's; may be empty
    int port = -1;           // overrides the first listener's port; 0 takes a free one
    std::string durability;  // overrides: "written" or "synced"; may be empty
    std::string wait;        // overrides: "spin", "spin_then_park" or "park"; may be empty
};

// Returns the exit code.
int run_gateway(const RunOptions& options);

}  // namespace sluice::app
