// A message as QuickFIX's own parser sees it. Only quickfix_view.cpp sees QuickFIX.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/domain/fix_enums.hpp"
#include "tests/unit/fix_specs/dictionaries.hpp"

namespace sluice::test {

// The dictionaries of a version, read once.
const Dictionaries& dictionaries(FixVersion version);

// The text of a field in header, body or trailer; nothing when QuickFIX finds none. Throws when
// QuickFIX refuses the message.
class QuickFixView {
public:
    QuickFixView(const std::string& message, FixVersion version);
    ~QuickFixView();
    std::optional<std::string> value(int tag) const;
    // All of them, those in repeating groups too, sorted.
    std::vector<std::string> values(int tag) const;

private:
    struct Parsed;
    std::unique_ptr<Parsed> parsed_;
};

}  // namespace sluice::test
