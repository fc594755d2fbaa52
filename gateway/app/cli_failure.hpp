// How a verb of the command line ends when it cannot do what was asked: thrown by the verbs, caught
// once in cli.cpp, printed as "error: ..." with the next command to type.
#pragma once

#include <string>

#include "gateway/app/exit_code.hpp"

namespace sluice::app {

struct CliFailure {
    int exit_code = kFailed;
    std::string text;  // what and where
    std::string next;  // what to type now; may be empty
};

}  // namespace sluice::app
