#include "sessions/engine/raw_message.hpp"

#include <array>
#include <charconv>
#include <cstring>

namespace sluice::engine {
namespace {

constexpr char kSoh = '\x01';

unsigned sum_of(std::string_view bytes) {
    unsigned sum = 0;
    for (const char c : bytes) {
        sum += static_cast<unsigned char>(c);
    }
    return sum & 0xffU;
}

std::array<char, 3> sum_text(unsigned sum) {
    return {static_cast<char>('0' + sum / 100), static_cast<char>('0' + sum / 10 % 10),
            static_cast<char>('0' + sum % 10)};
}

void mask(std::string& message, int tag) {
    const std::string_view value = field_of(message, tag);
    if (!value.empty()) {
        const auto at = static_cast<std::size_t>(value.data() - message.data());
        std::memset(message.data() + at, '*', value.size());
    }
}

}  // namespace

std::string_view raw_of(const journal::Frame& frame, std::size_t head_bytes) {
    std::uint32_t size = 0;
    if (frame.payload.size() < head_bytes + sizeof size) {
        return {};
    }
    std::memcpy(&size, frame.payload.data() + head_bytes, sizeof size);
    const auto bytes = frame.payload.subspan(head_bytes + sizeof size);
    if (bytes.size() < size) {
        return {};
    }
    return {reinterpret_cast<const char*>(bytes.data()), size};
}

std::string_view field_of(std::string_view message, int tag) {
    std::array<char, 14> key{};
    key[0] = kSoh;
    char* end = std::to_chars(key.data() + 1, key.data() + key.size() - 1, tag).ptr;
    *end++ = '=';
    const std::string_view text(key.data(), static_cast<std::size_t>(end - key.data()));
    std::size_t at = 0;
    if (message.starts_with(text.substr(1))) {
        at = text.size() - 1;
    } else {
        at = message.find(text);
        if (at == std::string_view::npos) {
            return {};
        }
        at += text.size();
    }
    const auto stop = message.find(kSoh, at);
    return stop == std::string_view::npos ? std::string_view{} : message.substr(at, stop - at);
}

std::optional<std::uint32_t> number_of(std::string_view message, int tag) {
    const std::string_view text = field_of(message, tag);
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.size() > 9) {
        return std::nullopt;
    }
    return value;
}

bool is_admin_type(std::string_view msg_type) {
    return msg_type.size() == 1 &&
           std::string_view("012345A").find(msg_type[0]) != std::string_view::npos;
}

std::string without_secrets(std::string_view message) {
    std::string copy(message);
    if (field_of(message, 35) != "A") {
        return copy;
    }
    for (const int tag : {554, 925, 96}) {
        mask(copy, tag);
    }
    const auto trailer = copy.rfind(
        "\x01"
        "10=");
    if (trailer != std::string::npos && copy.size() >= trailer + 7) {
        const auto digits = sum_text(sum_of(std::string_view(copy).substr(0, trailer + 1)));
        std::memcpy(copy.data() + trailer + 4, digits.data(), digits.size());
    }
    return copy;
}

std::string framed(std::string_view begin_string, std::string_view body) {
    std::string out = "8=";
    out.append(begin_string)
        .append(
            "\x01"
            "9=");
    out.append(std::to_string(body.size())).push_back(kSoh);
    out.append(body);
    const auto digits = sum_text(sum_of(out));
    out.append("10=").append(digits.data(), digits.size()).push_back(kSoh);
    return out;
}

}  // namespace sluice::engine
