#include "gateway/domain/money.hpp"

#include <limits>

namespace sluice {
namespace {

Wide magnitude(std::int64_t value) {
    const Wide wide = value;
    return wide < 0 ? -wide : wide;
}

// a * b / scale, rounded up; empty when it exceeds an int64. Both are non-negative and fit 64 bits.
std::optional<std::int64_t> multiply_up(Wide a, Wide b, Wide scale) {
    const Wide result = (a * b + scale - 1) / scale;
    if (result > std::numeric_limits<std::int64_t>::max()) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(result);
}

}  // namespace

namespace {

std::optional<Notional> notional(
    Quantity qty, Price price, Decimal multiplier, Decimal fx, bool up) {
    constexpr Wide kScale = Decimal::kScale;
    // 2^63 * 2^63 fits; further factors are taken one at a time with the remainder carried exactly.
    const Wide product = magnitude(qty.units()) * magnitude(price.units());  // at 10^-16
    const bool plain = multiplier.units() == Decimal::kScale && fx.units() == Decimal::kScale;
    if (plain) {
        const Wide rounded = (product + (up ? kScale - 1 : 0)) / kScale;
        if (rounded > std::numeric_limits<std::int64_t>::max()) {
            return std::nullopt;
        }
        return Notional::from_units(static_cast<std::int64_t>(rounded));
    }
    const Wide factor = magnitude(multiplier.units()) * magnitude(fx.units());  // at 10^-16
    // product * factor is at 10^-32 and up to 252 bits; split both at 10^16 to stay in 128.
    constexpr Wide kSquare = kScale * kScale;
    const Wide a1 = product / kSquare;
    const Wide a0 = product % kSquare;
    const Wide b1 = factor / kSquare;
    const Wide b0 = factor % kSquare;
    // Whole part at 10^-0 is a1*b1; the cross terms are at 10^-16; a0*b0 (each < 2^54) is at
    // 10^-32.
    constexpr Wide kLimit = std::numeric_limits<std::int64_t>::max();
    if (a1 != 0 && b1 > kLimit / a1) {
        return std::nullopt;
    }
    Wide whole = a1 * b1;
    if (whole > kLimit / kScale) {
        return std::nullopt;
    }
    if ((a1 != 0 && b0 != 0 && a1 > (Wide{1} << 120) / b0) ||
        (b1 != 0 && a0 != 0 && b1 > (Wide{1} << 120) / a0)) {
        return std::nullopt;
    }
    Wide cross = a1 * b0 + a0 * b1;  // at 10^-16
    const Wide low = a0 * b0;        // at 10^-32
    cross += low / kSquare;
    const bool rest = low % kSquare != 0;
    Wide units = whole * kScale + cross / kScale;  // at 10^-8
    if (up && (rest || cross % kScale != 0)) {
        ++units;
    }
    if (units > kLimit) {
        return std::nullopt;
    }
    return Notional::from_units(static_cast<std::int64_t>(units));
}

}  // namespace

std::optional<Notional> notional_up(Quantity qty, Price price, Decimal multiplier, Decimal fx) {
    return notional(qty, price, multiplier, fx, true);
}

std::optional<Notional> notional_down(Quantity qty, Price price, Decimal multiplier, Decimal fx) {
    return notional(qty, price, multiplier, fx, false);
}

std::optional<Price> with_buffer(Price price, std::int64_t bps) {
    constexpr Wide kBps = 10'000;
    const auto units = multiply_up(magnitude(price.units()), kBps + bps, kBps);
    if (!units) {
        return std::nullopt;
    }
    return Price::from_units(price.units() < 0 ? -*units : *units);
}

bool within_bps(Price a, Price b, Price ref, std::int64_t bps) {
    const Wide difference = Wide{a.units()} - Wide{b.units()};
    const Wide distance = difference < 0 ? -difference : difference;
    return distance * 10'000 <= Wide{bps} * magnitude(ref.units());
}

}  // namespace sluice
