// Messages as people write them: "35=8|11=A1|150=0". Compared by listed fields only.
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <string_view>

namespace sluice::test {

class FixText {
public:
    FixText() = default;
    explicit FixText(std::string_view text);

    bool has(const std::string& tag) const { return fields_.contains(tag); }
    // Empty when absent.
    std::string get(const std::string& tag) const;
    void set(const std::string& tag, const std::string& value) { fields_[tag] = value; }
    std::string text() const;
    // Every field that `listed` names is here with the same value; "tag=-" means: must be absent.
    bool holds(const FixText& listed) const;

    friend bool operator==(const FixText& whole, std::string_view listed) {
        return whole.holds(FixText(listed));
    }
    friend std::ostream& operator<<(std::ostream& out, const FixText& text);

private:
    std::map<std::string, std::string> fields_;
};

}  // namespace sluice::test
