#include "gateway/app/place.hpp"

#include <cstdlib>
#include <filesystem>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/other_rooms.hpp"

namespace sluice::app {
namespace {

Place in_directory(const std::string& data_dir) {
    return {data_dir + "/admin.sock", data_dir};
}

Place at_socket(const std::string& socket, const std::string& data_dir) {
    if (!data_dir.empty()) {
        return {socket, data_dir};
    }
    const std::string parent = std::filesystem::path(socket).parent_path().string();
    return {socket, parent.empty() ? "." : parent};
}

}  // namespace

Surroundings real_surroundings() {
    return {[](const char* name) {
                const char* value = std::getenv(name);
                return std::string(value == nullptr ? "" : value);
            },
            [](const std::string& path) {
                std::error_code ignored;
                return std::filesystem::is_directory(path, ignored);
            },
            read_place};
}

Place find_place(const PlaceOptions& options, const Surroundings& around) {
    const std::string data_dir =
        options.data_dir.empty() ? around.variable("SLUICE_DATA_DIR") : options.data_dir;
    const std::string socket =
        options.socket.empty() && options.data_dir.empty() && options.config.empty()
            ? around.variable("SLUICE_SOCKET")
            : options.socket;
    if (!socket.empty()) {
        return at_socket(socket, data_dir);
    }
    if (!options.config.empty() && options.data_dir.empty()) {
        auto named = around.read_config(options.config);
        if (!named.ok()) {
            throw CliFailure{kInvalidConfiguration, named.error(),
                             "sluice config check " + options.config};
        }
        return std::move(named).value();
    }
    if (!data_dir.empty()) {
        return in_directory(data_dir);
    }
    const bool demo = around.directory_exists("./sluice-demo");
    const bool own = around.directory_exists("./sluice-data");
    return in_directory(own && !demo ? "./sluice-data" : "./sluice-demo");
}

}  // namespace sluice::app
