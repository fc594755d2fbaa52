// The command line: `sluice VERB ...`. docs/command_line.md lists the verbs and the exit codes.
#pragma once

namespace sluice::app {

// Reads the arguments, does what they say, answers with the exit code (exit_code.hpp). Every error
// is on standard error.
int run_command_line(int argc, const char* const* argv);

}  // namespace sluice::app
