// Text<N>: at most N characters held in place, zero-filled behind them, so that equal texts are
// equal bytes and a record that holds one can be copied into the journal as it is. Longer input is
// refused by assign(), never cut.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>

#include "gateway/domain/check.hpp"

namespace sluice {

template <std::size_t N>
class Text {
    static_assert(N < 256, "the length is one byte");

public:
    static constexpr std::size_t kMax = N;

    Text() = default;
    // For texts that are known to fit (literals, configuration that was checked): GW_CHECK
    // otherwise.
    explicit Text(std::string_view text) { GW_CHECK(assign(text)); }

    // False, and unchanged, when the text is longer than N.
    [[nodiscard]] bool assign(std::string_view text) {
        if (text.size() > N) {
            return false;
        }
        bytes_.fill(0);
        if (!text.empty()) {  // an empty view may point nowhere
            std::memcpy(bytes_.data(), text.data(), text.size());
        }
        size_ = static_cast<std::uint8_t>(text.size());
        return true;
    }
    // For prose such as Text(58), where the beginning is what matters.
    void assign_prefix(std::string_view text) { (void)assign(text.substr(0, N)); }

    std::string_view view() const { return {bytes_.data(), size_}; }
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }

    friend bool operator==(const Text& a, const Text& b) { return a.view() == b.view(); }
    friend bool operator==(const Text& a, std::string_view b) { return a.view() == b; }
    friend auto operator<=>(const Text& a, const Text& b) { return a.view() <=> b.view(); }

private:
    std::array<char, N> bytes_{};
    std::uint8_t size_ = 0;
};

using ClOrdId = Text<40>;          // ClOrdID(11), OrigClOrdID(41)
using AccountName = Text<24>;      // Account(1)
using SymbolName = Text<24>;       // Symbol(55)
using DestinationName = Text<12>;  // ExDestination(100)
using ForeignId = Text<40>;        // a venue's OrderID(37) or ExecID(17)
using Prose = Text<120>;           // Text(58)
using Name = Text<24>;             // configured names: sessions, venues, accounts, operators

}  // namespace sluice

template <std::size_t N>
struct std::hash<sluice::Text<N>> {
    std::size_t operator()(const sluice::Text<N>& text) const noexcept {
        return std::hash<std::string_view>{}(text.view());
    }
};
