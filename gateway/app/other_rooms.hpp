// What the command line asks of the configuration and codec rooms, each in one plain function, so
// that no verb includes them.
#pragma once

#include <string>
#include <string_view>

#include "gateway/app/place.hpp"
#include "gateway/app/record_view.hpp"
#include "gateway/domain/result.hpp"

namespace sluice::app {

// A CONFIG_DOC record's bytes.
Result<CoreConfig, std::string> parse_journaled_config(std::string_view bytes);
// One line about a FIX message with SOH.
std::string describe_fix(std::string_view message);
// The socket and data directory that a configuration file names.
Result<Place, std::string> read_place(const std::string& config_path);

}  // namespace sluice::app
