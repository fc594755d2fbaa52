// Our dictionaries inside the binary, so that one file is all that a machine needs. The XML files
// beside this header are what is embedded; a session may name a file of its own instead.
#pragma once

#include <string_view>

namespace sluice {

// "FIX42.xml", "FIX44.xml", "FIXT11.xml", "FIX50SP2.xml"; empty for any other name.
std::string_view embedded_dictionary(std::string_view name);

}  // namespace sluice
