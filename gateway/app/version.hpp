// What this binary is: printed by `sluice version`, journaled at every start.
#pragma once

#include <string>

namespace sluice::app {

std::string version_number();  // "0.1.0"
std::string build_commit();    // "a1b2c3d"; "unknown" outside a git checkout
// "sluice 0.1.0 (a1b2c3d, gcc 12.2.0, QuickFIX 1.15.1)  FIX 4.2 4.4 5.0SP2"
std::string version_line();

}  // namespace sluice::app
