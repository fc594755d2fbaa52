#include "sessions/codec/field_names.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "fix_specs/embedded.hpp"

namespace sluice::codec {
namespace {

// The value of attribute `name` in one element of our own XML, which quotes with '.
std::string_view attribute(std::string_view element, std::string_view name) {
    const std::string key = " " + std::string(name) + "='";
    const auto at = element.find(key);
    if (at == std::string_view::npos) {
        return {};
    }
    const auto begin = at + key.size();
    return element.substr(begin, element.find('\'', begin) - begin);
}

}  // namespace

FieldNames::FieldNames() {
    for (const std::string_view file : {"FIX50SP2.xml", "FIX44.xml", "FIXT11.xml", "FIX42.xml"}) {
        learn(embedded_dictionary(file));
    }
}

void FieldNames::learn(std::string_view xml) {
    int tag = 0;
    for (auto at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
        const std::string_view element = xml.substr(at, xml.find('>', at) - at);
        if (element.starts_with("<message ")) {
            messages_.emplace(attribute(element, "msgtype"), attribute(element, "name"));
        } else if (element.starts_with("<field ") && !attribute(element, "number").empty()) {
            const std::string_view number = attribute(element, "number");
            std::from_chars(number.data(), number.data() + number.size(), tag);
            names_.emplace(tag, attribute(element, "name"));
        } else if (element.starts_with("<value ")) {
            words_.emplace(std::to_string(tag) + "=" + std::string(attribute(element, "enum")),
                           attribute(element, "description"));
        }
    }
}

std::string_view FieldNames::name(int tag) const {
    const auto found = names_.find(tag);
    return found == names_.end() ? std::string_view{} : found->second;
}

std::string_view FieldNames::word(int tag, std::string_view value) const {
    const auto found = words_.find(std::to_string(tag) + "=" + std::string(value));
    return found == words_.end() ? std::string_view{} : found->second;
}

std::string_view FieldNames::message(std::string_view msg_type) const {
    const auto found = messages_.find(msg_type);
    return found == messages_.end() ? std::string_view{} : found->second;
}

}  // namespace sluice::codec
