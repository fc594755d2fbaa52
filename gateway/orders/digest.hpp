// A running digest of state, field by field, never of padding or pointers: equal states give equal
// digests on any machine. For comparing a replay with the original, not for security.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "gateway/domain/decimal.hpp"

namespace sluice {

class Digest {
public:
    void add(std::uint64_t value) {
        value_ = (value_ ^ value) * 0x9e3779b97f4a7c15ULL;
        value_ ^= value_ >> 29U;
    }
    void add_signed(std::int64_t value) { add(static_cast<std::uint64_t>(value)); }
    void add(Wide value) {
        add(static_cast<std::uint64_t>(value));
        add(static_cast<std::uint64_t>(value >> 64));
    }
    void add(std::string_view text) {
        add(std::uint64_t{text.size()});
        while (!text.empty()) {
            std::uint64_t word = 0;
            const std::size_t taken = text.size() < 8 ? text.size() : 8;
            std::memcpy(&word, text.data(), taken);
            add(word);
            text.remove_prefix(taken);
        }
    }
    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0x243f6a8885a308d3ULL;
};

}  // namespace sluice
