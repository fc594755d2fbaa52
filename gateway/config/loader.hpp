// The door of this room: a sluice.yaml in, a checked GatewayConfig or all its mistakes out. Called
// at start, by `sluice config check|plan|apply` and by replay. Reads files that the document names;
// keeps no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/config/config.hpp"
#include "gateway/config/diagnostic.hpp"
#include "gateway/domain/result.hpp"

namespace sluice::config {

struct Loaded {
    std::optional<GatewayConfig> config;  // empty when there is an error among the diagnostics
    std::vector<Diagnostic> diagnostics;  // in the order of the document
    std::string report;  // render(diagnostics) with excerpts; empty when there are none
};

// Relative paths in the document start at its directory.
Loaded load_file(const std::string& path);
// The same for a text: `file` is what diagnostics call it, relative paths start at base_dir.
Loaded load_text(std::string_view text, const std::string& file, const std::string& base_dir);

// The core's part as canonical text, with all defaults written out and no secrets: what the journal
// keeps as CONFIG_DOC. Equal configurations give equal bytes on any machine.
std::string effective_document(const CoreConfig& core);
std::string effective_document(const GatewayConfig& config);
// Reads it back into an equal CoreConfig. The error is for a person.
Result<CoreConfig, std::string> parse_core_document(std::string_view text);

// The whole configuration with all defaults written out, without secrets; for people
// (`sluice config show`).
std::string full_document(const GatewayConfig& config);

// Markdown of the option table and of the codes: docs/configuration.md.
std::string reference_page();
// One line for each key, "path  type  default", for `sluice config options`.
std::string option_list();

// The document behind `sluice demo`: everything on 127.0.0.1, nothing to be written before.
std::string_view demo_document();
// The commented document that `sluice init` writes; it passes the check as it is.
std::string_view starter_document();

}  // namespace sluice::config
