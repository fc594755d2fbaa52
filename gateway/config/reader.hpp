// From YAML text to the fields, by the option table. Finds every mistake of shape and type; what
// the values mean together is checks.hpp's business. The only file that knows YAML is reader.cpp.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/config/diagnostic.hpp"
#include "gateway/config/option.hpp"

namespace sluice::config {

// Where the document says what: "sessions[0].port" to the place of its value, "sessions[0]" to the
// place of the item. What the document does not say is at the block around it.
class PlaceMap {
public:
    void add(const std::string& path, Place place) { places_.emplace(path, place); }
    bool says(const std::string& path) const { return places_.contains(path); }
    Place of(std::string path) const;

private:
    std::unordered_map<std::string, Place> places_;
};

enum class Dialect : unsigned char {
    File,  // what people write: defaults are filled in, required keys demanded
    Core,  // the journaled document: only the core's rows, nothing is added
};

struct ReadResult {
    GatewayConfig config;
    PlaceMap places;
    std::vector<Diagnostic> diagnostics;
};
ReadResult read_document(std::string_view text, Dialect dialect);

}  // namespace sluice::config
