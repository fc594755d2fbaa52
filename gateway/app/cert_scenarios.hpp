// The scenarios inside the binary, made from tests/scenarios/*.fix when it is built.
#pragma once

#include <string_view>
#include <vector>

namespace sluice {

// "a_1_a_filled_order.fix" and so on, in order of their names.
std::vector<std::string_view> embedded_scenario_names();
// Empty for a name that there is not.
std::string_view embedded_scenario(std::string_view name);

}  // namespace sluice
