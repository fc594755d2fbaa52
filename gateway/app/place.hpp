// Where the gateway is that a verb talks to or reads about: its admin socket and its data
// directory. In order: --socket, SLUICE_SOCKET, --data-dir, SLUICE_DATA_DIR, --config, then
// ./sluice-demo and ./sluice-data.
#pragma once

#include <functional>
#include <string>

#include "gateway/domain/result.hpp"

namespace sluice::app {

struct Place {
    std::string socket;
    std::string data_dir;
    std::string journal() const { return data_dir + "/journal"; }
};

struct PlaceOptions {
    std::string socket;
    std::string data_dir;
    std::string config;
};

// What find_place() sees of the world; tests bring their own.
struct Surroundings {
    std::function<std::string(const char*)> variable;
    std::function<bool(const std::string&)> directory_exists;
    // Socket and data directory that a configuration file names.
    std::function<Result<Place, std::string>(const std::string&)> read_config;
};
Surroundings real_surroundings();

// Throws CliFailure when the configuration file cannot be used.
Place find_place(const PlaceOptions& options, const Surroundings& around);

}  // namespace sluice::app
