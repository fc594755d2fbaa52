// Exit codes of the command line; stable, documented in docs/command_line.md, also the "code" of
// admin API errors.
#pragma once

namespace sluice::app {

enum ExitCode : int {
    kOk = 0,
    kFailed = 1,
    kUsage = 2,
    kInvalidConfiguration = 3,
    kUnreachable = 4,
    kNotPermitted = 5,
    kNotFound = 6,
    kTimedOut = 7,
    kConflict = 8,
    kRefusedByState = 9,
    kCheckFailed = 10,
};

}  // namespace sluice::app
