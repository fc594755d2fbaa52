// Reference prices of one instrument and the waterfall that picks one: the quote of the side that
// the order would trade with (buy: ask, sell: bid), then the last trade, then the close where the
// instrument allows it. A quote or last is stale when it is older than the allowed age. A closing
// price does not age.
#pragma once

#include <cstdint>
#include <optional>

#include "gateway/domain/decision.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/input.hpp"

namespace sluice {

struct Reference {
    Price price;
    UtcNanos time;
    RefSource source = RefSource::None;
};

struct ReferencePrices {
    struct Quote {
        Price price;
        UtcNanos time;
        bool known = false;
    };
    Quote bid;
    Quote ask;
    Quote last;
    Quote close;

    void update(const RefPrice& update, UtcNanos now);
    // What the update says a position is worth now: the last price, else the middle of bid and ask,
    // else a close.
    std::optional<Price> mark(const RefPrice& update) const;
    struct Policy {
        std::int64_t max_age_ns = 0;
        bool allow_close = false;
        bool allow_negative = false;  // otherwise a price of 0 or less is no reference
    };
    // source None when there is nothing to go by.
    Reference pick(Side side, UtcNanos now, const Policy& policy) const;
};

}  // namespace sluice
