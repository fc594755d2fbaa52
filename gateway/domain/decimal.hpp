// Exact decimals: a signed 64-bit count of 10^-8. Parsed once from the field's text, never from a
// double. Price, Quantity and Notional are distinct types over it; products are taken in 128 bit
// and rounded against the client (up). Range: |value| <= 92,233,720,368.54775807.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/domain/result.hpp"

namespace sluice {

enum class DecimalError : std::uint8_t {
    Empty,
    NotADecimal,  // anything but an optional minus, digits and one point
    TooPrecise,   // a non-zero digit beyond the eighth decimal
    OutOfRange,
};
std::string_view to_text(DecimalError error);

class Decimal {
public:
    static constexpr std::int64_t kScale = 100'000'000;
    static constexpr int kDigits = 8;
    static constexpr std::size_t kTextMax = 21;  // "-92233720368.54775807"

    constexpr Decimal() = default;
    static constexpr Decimal from_units(std::int64_t units) { return Decimal(units); }
    static constexpr Decimal from_int(std::int64_t whole) { return Decimal(whole * kScale); }

    // FIX float syntax: digits with an optional point and an optional leading minus; no exponent,
    // no plus, no blanks.
    static Result<Decimal, DecimalError> parse(std::string_view text);

    constexpr std::int64_t units() const { return units_; }
    constexpr bool is_zero() const { return units_ == 0; }

    // Shortest exact text ("101.25", "-0.00000001", "0"). Returns the end; `out` needs kTextMax
    // characters.
    char* write(char* out) const;
    std::string to_string() const;

    friend constexpr bool operator==(Decimal, Decimal) = default;
    friend constexpr auto operator<=>(Decimal, Decimal) = default;

private:
    explicit constexpr Decimal(std::int64_t units) : units_(units) {}
    std::int64_t units_ = 0;
};

// A Decimal with a meaning. Arithmetic stays within one meaning; mixing two does not compile.
template <class Tag>
struct Amount {
    Decimal decimal;

    static constexpr Amount from_units(std::int64_t units) { return {Decimal::from_units(units)}; }
    static constexpr Amount from_int(std::int64_t whole) { return {Decimal::from_int(whole)}; }
    constexpr std::int64_t units() const { return decimal.units(); }
    constexpr bool is_zero() const { return decimal.is_zero(); }
    std::string to_string() const { return decimal.to_string(); }

    friend constexpr bool operator==(Amount, Amount) = default;
    friend constexpr auto operator<=>(Amount, Amount) = default;
    friend constexpr Amount operator+(Amount a, Amount b) {
        return from_units(a.units() + b.units());
    }
    friend constexpr Amount operator-(Amount a, Amount b) {
        return from_units(a.units() - b.units());
    }
    constexpr Amount& operator+=(Amount b) { return *this = *this + b; }
    constexpr Amount& operator-=(Amount b) { return *this = *this - b; }
};

using Price =
    Amount<struct PriceTag>;  // per unit of quantity, in the instrument's currency; may be negative
using Quantity = Amount<struct QuantityTag>;  // shares, contracts, units of base currency
using Notional = Amount<struct NotionalTag>;  // money in the account's currency

__extension__ using Wide = __int128;

}  // namespace sluice
