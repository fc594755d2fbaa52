// Verbs that need no gateway: `sluice decode`, `hash-password`, `init`, `config check|show|options`
// and `explain`.
#pragma once

#include <string>
#include <vector>

#include "gateway/app/table.hpp"

namespace sluice::app {

// Any text that holds FIX messages; empty texts or "-": standard input.
int decode_text(const std::vector<std::string>& texts, bool one_line, OutputFormat format);
// Prints the hash for a session's `password`. Asks twice on a terminal, else reads a line.
int hash_password();
// Writes DIR/sluice.yaml, which passes the check as it is. Refuses to replace one.
int init_directory(const std::string& directory);
// Every mistake of a file in one run; exit code 3 when there is an error.
int check_config(const std::string& path);
// The file with all defaults written out, without secrets.
int show_config(const std::string& path);
int list_config_options(bool markdown);
// What a code of a configuration diagnostic ("C003") means.
int explain_code(const std::string& code);

}  // namespace sluice::app
