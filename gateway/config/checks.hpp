// What the values of a document mean together: references, hard limits, contradictions, files, and
// what is legal but deserves a warning. Each check looks at everything, so that one run finds all.
#pragma once

#include <string>
#include <vector>

#include "gateway/config/reader.hpp"

namespace sluice::config {

// Fills in what follows from other values: paths from base_dir, the admin socket in data_dir,
// TargetCompID(56) from the id, a route when there is none, and the confinement of sessions without
// any credential to this machine.
void finish(GatewayConfig& config, const std::string& base_dir);

// Diagnostics of one document, gathered by all checks.
class Findings {
public:
    Findings(const PlaceMap& places, std::vector<Diagnostic>& diagnostics)
        : places_(places), diagnostics_(diagnostics) {}

    void error(std::string_view code, std::string path, std::string message, std::string hint = {});
    void warning(std::string_view code,
                 std::string path,
                 std::string message,
                 std::string hint = {});
    const PlaceMap& places() const { return places_; }

private:
    const PlaceMap& places_;
    std::vector<Diagnostic>& diagnostics_;
};

// After finish().
void check(const GatewayConfig& config,
           const PlaceMap& places,
           std::vector<Diagnostic>& diagnostics);

// The parts of check().
void check_names(const GatewayConfig& config, Findings& findings);
void check_references(const GatewayConfig& config, Findings& findings);
void check_limits(const GatewayConfig& config, Findings& findings);
void check_instruments(const GatewayConfig& config, Findings& findings);
void check_doors(const GatewayConfig& config, Findings& findings);
void check_sessions(const GatewayConfig& config, Findings& findings);
void check_venues(const GatewayConfig& config, Findings& findings);

// `path` is that of the option; an empty value is no file.
void check_file(const std::string& value, const std::string& path, Findings& findings);

}  // namespace sluice::config
