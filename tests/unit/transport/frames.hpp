// Frames for tests, written with '|' for SOH.
#pragma once

#include <string>
#include <string_view>

namespace sluice::test {

std::string soh(std::string_view text);  // '|' becomes SOH, nothing is added
// Puts 8= and BodyLength(9) before and CheckSum(10) behind: frame("35=0|34=1|").
std::string frame(std::string_view body, std::string_view begin_string = "FIX.4.4");

}  // namespace sluice::test
