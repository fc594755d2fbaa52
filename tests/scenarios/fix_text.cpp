#include "tests/scenarios/fix_text.hpp"

#include <ostream>

namespace sluice::test {

FixText::FixText(std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find('|'), text.size());
        const auto field = text.substr(0, end);
        const auto equals = field.find('=');
        if (equals != std::string_view::npos) {
            fields_[std::string(field.substr(0, equals))] = field.substr(equals + 1);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::string FixText::get(const std::string& tag) const {
    const auto found = fields_.find(tag);
    return found == fields_.end() ? "" : found->second;
}

std::string FixText::text() const {
    std::string out;
    for (const auto& [tag, value] : fields_) {
        out += (out.empty() ? "" : "|") + tag + "=" + value;
    }
    return out;
}

bool FixText::holds(const FixText& listed) const {
    for (const auto& [tag, value] : listed.fields_) {
        if (value == "-" ? has(tag) : get(tag) != value) {
            return false;
        }
    }
    return true;
}

std::ostream& operator<<(std::ostream& out, const FixText& text) {
    return out << text.text();
}

}  // namespace sluice::test
