// Products of quantity, price, multiplier and FX rate, exact in 128 bit (and 192 where four factors
// meet), rounded up against the client. Overflow is an answer, not an accident: the caller rejects.
#pragma once

#include <optional>

#include "gateway/domain/decimal.hpp"

namespace sluice {

// |qty * price| * multiplier * fx, rounded up to 10^-8. Empty when it does not fit a Notional.
std::optional<Notional> notional_up(Quantity qty, Price price, Decimal multiplier, Decimal fx);

// The same, rounded down: what a position is worth at least.
std::optional<Notional> notional_down(Quantity qty, Price price, Decimal multiplier, Decimal fx);

// price * (10,000 + bps) / 10,000, rounded away from zero; what a market order is priced at. Empty
// on overflow.
std::optional<Price> with_buffer(Price price, std::int64_t bps);

// |a - b| * 10,000 <= bps * |ref|: compared by multiplication, so a price exactly on the band is
// inside it.
bool within_bps(Price a, Price b, Price ref, std::int64_t bps);

}  // namespace sluice
