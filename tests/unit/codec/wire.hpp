// FIX text for tests, written and read by code that shares nothing with the codec.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::test {

// "35=D|11=A1" becomes a whole message with BodyLength(9) and CheckSum(10), SOH for |.
std::string wire(std::string_view fields, std::string_view begin_string = "FIX.4.4");
std::string soh(std::string_view fields);  // "11=A1|55=X" with SOH for |, closed by one

using TagValues = std::vector<std::pair<int, std::string>>;
TagValues naive_parse(const std::string& message);        // by plain splitting: no data fields
std::string value_of(std::string_view message, int tag);  // first one; "" when absent
std::string readable(std::string_view message);           // | for SOH

}  // namespace sluice::test
