// ProseBuilder: puts a sentence together in the place of a Prose, without allocating; what does not
// fit is cut at the end. Inside the codec.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "gateway/domain/text.hpp"
#include "sessions/codec/field_names.hpp"

namespace sluice::codec {

class ProseBuilder {
public:
    ProseBuilder& put(std::string_view text) {
        const std::size_t taken = std::min(text.size(), bytes_.size() - size_);
        std::copy_n(text.data(), taken, bytes_.data() + size_);
        size_ += taken;
        return *this;
    }
    ProseBuilder& put(std::uint64_t number) {
        std::array<char, 20> digits{};
        const auto done = std::to_chars(digits.data(), digits.data() + digits.size(), number);
        return put({digits.data(), static_cast<std::size_t>(done.ptr - digits.data())});
    }
    // "Price(44)", or "tag 9999" when it has no name.
    ProseBuilder& put_field(int tag) {
        const auto name = field_name(tag);
        if (name.empty()) {
            return put("tag ").put(static_cast<std::uint64_t>(tag));
        }
        return put(name).put("(").put(static_cast<std::uint64_t>(tag)).put(")");
    }
    // "='1e5'"; long values are cut so that the reason behind them is still read.
    ProseBuilder& put_value(std::string_view value) {
        constexpr std::size_t kShown = 32;
        put("='").put(value.substr(0, kShown));
        return put(value.size() > kShown ? "...'" : "'");
    }
    Prose prose() const { return Prose({bytes_.data(), size_}); }

private:
    std::array<char, Prose::kMax> bytes_{};
    std::size_t size_ = 0;
};

}  // namespace sluice::codec
