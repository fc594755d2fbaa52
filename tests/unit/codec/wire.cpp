#include "tests/unit/codec/wire.hpp"

#include <algorithm>
#include <numeric>
#include <sstream>

namespace sluice::test {

std::string soh(std::string_view fields) {
    std::string text(fields);
    std::replace(text.begin(), text.end(), '|', '\x01');
    if (!text.empty() && text.back() != '\x01') {
        text += '\x01';
    }
    return text;
}

std::string wire(std::string_view fields, std::string_view begin_string) {
    const std::string body = soh(fields);
    std::string message =
        soh("8=" + std::string(begin_string) + "|9=" + std::to_string(body.size())) + body;
    const unsigned sum = std::accumulate(
        message.begin(), message.end(), 0U,
        [](unsigned so_far, char c) { return so_far + static_cast<unsigned char>(c); });
    std::string digits = std::to_string(sum % 256);
    digits.insert(0, 3 - digits.size(), '0');
    return message + soh("10=" + digits);
}

TagValues naive_parse(const std::string& message) {
    TagValues result;
    std::istringstream in(message);
    for (std::string field; std::getline(in, field, '\x01');) {
        const auto equals = field.find('=');
        result.emplace_back(std::stoi(field.substr(0, equals)), field.substr(equals + 1));
    }
    return result;
}

std::string value_of(std::string_view message, int tag) {
    for (const auto& [each, value] : naive_parse(std::string(message))) {
        if (each == tag) {
            return value;
        }
    }
    return {};
}

std::string readable(std::string_view message) {
    std::string text(message);
    std::replace(text.begin(), text.end(), '\x01', '|');
    return text;
}

}  // namespace sluice::test
