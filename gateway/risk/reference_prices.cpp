#include "gateway/risk/reference_prices.hpp"

namespace sluice {

void ReferencePrices::update(const RefPrice& update, UtcNanos now) {
    if ((update.flags & RefPrice::kBid) != 0) {
        bid = {update.bid, now, true};
    }
    if ((update.flags & RefPrice::kAsk) != 0) {
        ask = {update.ask, now, true};
    }
    if ((update.flags & RefPrice::kLast) != 0) {
        last = {update.last, now, true};
    }
    if ((update.flags & RefPrice::kClose) != 0) {
        close = {update.close, now, true};
    }
}

std::optional<Price> ReferencePrices::mark(const RefPrice& update) const {
    if ((update.flags & RefPrice::kLast) != 0) {
        return update.last;
    }
    if ((update.flags & (RefPrice::kBid | RefPrice::kAsk)) != 0 && bid.known && ask.known) {
        const Wide sum = Wide{bid.price.units()} + ask.price.units();
        return Price::from_units(static_cast<std::int64_t>(sum / 2));
    }
    return (update.flags & RefPrice::kClose) != 0 ? std::optional(update.close) : std::nullopt;
}

Reference ReferencePrices::pick(Side side, UtcNanos now, const Policy& policy) const {
    const auto usable = [&](const Quote& quote) {
        return quote.known && (policy.allow_negative || quote.price > Price{});
    };
    const auto fresh = [&](const Quote& quote) {
        return usable(quote) && Wide{now.value} - quote.time.value <= policy.max_age_ns;
    };
    const bool buy = is_buy(side);
    const Quote& quote = buy ? ask : bid;
    if (fresh(quote)) {
        return {quote.price, quote.time, buy ? RefSource::Ask : RefSource::Bid};
    }
    if (fresh(last)) {
        return {last.price, last.time, RefSource::Last};
    }
    if (policy.allow_close && usable(close)) {
        return {close.price, close.time, RefSource::Close};
    }
    return {};
}

}  // namespace sluice
