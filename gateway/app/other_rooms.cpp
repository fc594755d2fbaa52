#include "gateway/app/other_rooms.hpp"

#include "gateway/config/loader.hpp"
#include "sessions/codec/describe.hpp"

namespace sluice::app {

Result<CoreConfig, std::string> parse_journaled_config(std::string_view bytes) {
    return config::parse_core_document(bytes);
}

std::string describe_fix(std::string_view message) {
    return codec::one_line(message);
}

Result<Place, std::string> read_place(const std::string& config_path) {
    const config::Loaded loaded = config::load_file(config_path);
    if (!loaded.config) {
        return Result<Place, std::string>::failure("the configuration has errors:\n" +
                                                   loaded.report);
    }
    return Place{loaded.config->admin.socket, loaded.config->data_dir};
}

}  // namespace sluice::app
