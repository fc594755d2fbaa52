#include "gateway/domain/decimal.hpp"

#include <charconv>
#include <limits>

namespace sluice {

std::string_view to_text(DecimalError error) {
    switch (error) {
        case DecimalError::Empty:
            return "is empty";
        case DecimalError::NotADecimal:
            return "is not a decimal (digits with an optional point)";
        case DecimalError::TooPrecise:
            return "has more than 8 decimals";
        case DecimalError::OutOfRange:
            return "is out of range (at most 92233720368.54775807)";
    }
    return "is not a decimal";
}

Result<Decimal, DecimalError> Decimal::parse(std::string_view text) {
    using Failed = Result<Decimal, DecimalError>;
    if (text.empty()) {
        return Failed::failure(DecimalError::Empty);
    }
    const bool negative = text.front() == '-';
    std::size_t at = negative ? 1 : 0;
    std::uint64_t units = 0;
    int decimals = -1;  // -1 until the point is seen
    std::size_t digits = 0;
    bool overflow = false;
    bool too_precise = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9') {
            return Failed::failure(DecimalError::NotADecimal);
        }
        ++digits;
        if (decimals >= kDigits) {
            too_precise = too_precise || c != '0';
            continue;
        }
        if (decimals >= 0) {
            ++decimals;
        }
        overflow = overflow || __builtin_mul_overflow(units, std::uint64_t{10}, &units) ||
                   __builtin_add_overflow(units, static_cast<std::uint64_t>(c - '0'), &units);
    }
    if (digits == 0) {
        return Failed::failure(DecimalError::NotADecimal);
    }
    for (int missing = decimals < 0 ? kDigits : kDigits - decimals; missing > 0; --missing) {
        overflow = overflow || __builtin_mul_overflow(units, std::uint64_t{10}, &units);
    }
    if (overflow || units > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return Failed::failure(DecimalError::OutOfRange);
    }
    if (too_precise) {
        return Failed::failure(DecimalError::TooPrecise);
    }
    const auto magnitude = static_cast<std::int64_t>(units);
    return from_units(negative ? -magnitude : magnitude);
}

char* Decimal::write(char* out) const {
    // The magnitude of the lowest int64 does not fit an int64; unsigned negation does.
    auto magnitude = static_cast<std::uint64_t>(units_);
    if (units_ < 0) {
        *out++ = '-';
        magnitude = 0 - magnitude;
    }
    const auto scale = static_cast<std::uint64_t>(kScale);
    out = std::to_chars(out, out + kTextMax, magnitude / scale).ptr;
    std::uint64_t fraction = magnitude % scale;
    if (fraction == 0) {
        return out;
    }
    *out++ = '.';
    for (std::uint64_t weight = scale / 10; fraction != 0; weight /= 10) {
        *out++ = static_cast<char>('0' + fraction / weight);
        fraction %= weight;
    }
    return out;
}

std::string Decimal::to_string() const {
    std::array<char, kTextMax> text{};
    return {text.data(), write(text.data())};
}

}  // namespace sluice
