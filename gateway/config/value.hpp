// One value of the option table: from the text of a document to its field, and back.
#pragma once

#include <string>
#include <string_view>

#include "gateway/config/diagnostic.hpp"
#include "gateway/config/option.hpp"
#include "gateway/domain/result.hpp"

namespace sluice::config {

struct ValueError {
    std::string_view code;
    std::string expected;  // "is not a duration (30s, 500ms, 20us)"
    std::string hint;      // may be empty
};

// Checks and stores; appends when the option is a list. Nothing is stored on failure.
Result<Done, ValueError> store(const Option& option, const Target& target, std::string_view text);

// The texts that store() would read back; none when the field holds nothing (a limit that is not
// set, an empty text).
std::vector<std::string> texts_of(const Option& option, const Target& target);

// "1ms to 10m", "at least 0", empty without bounds.
std::string range_text(const Option& option);

}  // namespace sluice::config
