// What risk knows about sessions, accounts and instruments from the configuration, by dense id, and
// the currency rates. Replaced as a whole by each configuration document.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/domain/core_config.hpp"
#include "gateway/domain/time.hpp"
#include "gateway/orders/digest.hpp"
#include "gateway/orders/name_table.hpp"

namespace sluice {

// Bits of the restricted lists of one symbol.
namespace restricted {
inline constexpr std::uint8_t kBuy = 1;
inline constexpr std::uint8_t kSell = 2;
inline constexpr std::uint8_t kOpening = 4;
inline constexpr std::uint8_t kWatch = 8;
}  // namespace restricted

// The bit of OrdType(40) with TimeInForce(59) in a set of permitted ones.
constexpr std::uint32_t type_bit(OrdType type, TimeInForce tif) {
    const auto row = static_cast<unsigned>(static_cast<char>(type) - '1') & 3U;
    const auto column = static_cast<unsigned>(static_cast<char>(tif) - '0') & 7U;
    return std::uint32_t{1} << (row * 8U + column);
}
inline constexpr std::uint32_t kAllTypes = 0xffff'ffffU;

struct InstrumentRules {
    Decimal tick;
    Decimal lot;
    Decimal multiplier;
    Decimal notional_px_floor;
    std::uint32_t currency = 0;
    std::uint32_t types = kAllTypes;
    std::uint32_t market = kNoIndex;
    TradingStatus status = TradingStatus::Active;  // as the document says
    ShortSale short_sale = ShortSale::NoRules;
    bool known = false;  // named by the current configuration
    bool allow_negative = false;
    bool allow_close = false;
    bool collar_passive = false;
};

struct SessionRules {
    std::vector<std::uint64_t> accounts;  // bit n: entitled to account n
    std::uint32_t types = kAllTypes;
    bool known = false;
    bool disclose_limits = true;
    bool require_trader = false;

    bool may_use(std::uint32_t account) const {
        const std::size_t word = account / 64;
        return known && word < accounts.size() && ((accounts[word] >> (account % 64)) & 1U) != 0;
    }
};

struct AccountRules {
    Decimal collateral;  // less its haircut
    std::uint32_t currency = 0;
    std::uint32_t types = kAllTypes;
    SelfMatch self_match = SelfMatch::Off;
    bool short_exempt = false;
    bool known = false;
};

// Words to bits; empty when a word is none of day, gtc, ioc, fok, gtd.
std::optional<std::uint32_t> named_types(const PermittedTypes& types);
// The same, but no word at all permits everything.
std::optional<std::uint32_t> type_bits(const PermittedTypes& types);
// Calls set(symbol, bit) for each entry of the lists.
template <class Set>
void for_each_restriction(const RestrictedLists& lists, const Set& set) {
    for (const std::string& symbol : lists.buy_and_sell) {
        set(symbol, restricted::kBuy);
        set(symbol, restricted::kSell);
    }
    const auto each = [&set](const std::vector<std::string>& symbols, std::uint8_t bit) {
        for (const std::string& symbol : symbols) {
            set(symbol, bit);
        }
    };
    each(lists.buy, restricted::kBuy);
    each(lists.sell, restricted::kSell);
    each(lists.opening_only, restricted::kOpening);
    each(lists.watch, restricted::kWatch);
}

// The currency of every money limit above an account.
std::string firm_currency_of(const CoreConfig& config);

struct StaticData {
    std::vector<SessionRules> sessions;
    std::vector<AccountRules> accounts;
    std::vector<InstrumentRules> instruments;
    std::vector<std::uint8_t> traders;     // by trader id: named by the current configuration
    std::vector<std::uint8_t> restricted;  // the firm's lists, by instrument
    std::vector<std::string> currencies;   // in order of first appearance
    std::vector<Decimal> rates;            // [from * currencies + to]; 0 when there is none
    std::vector<UtcNanos> rate_times;      // likewise
    std::int64_t rate_max_age_ns = -1;     // negative: rates never age
    std::vector<std::array<std::uint32_t, kPhases>> market_types;  // by market, by phase
    std::uint32_t firm_currency = 0;

    void load(const CoreConfig& config, const NameTable& names, UtcNanos now);
    // 0: no rate. A currency is worth 1 of itself. Rates are taken as given, never inverted.
    Decimal rate(std::uint32_t from, std::uint32_t to) const {
        return rates[from * currencies.size() + to];
    }

    // The same; 0 also when it is too old to take an order at.
    Decimal fresh_rate(std::uint32_t from, std::uint32_t to, UtcNanos now) const {
        const UtcNanos time = rate_times[from * currencies.size() + to];
        const bool aged =
            from != to && rate_max_age_ns >= 0 && now.value - time.value > rate_max_age_ns;
        return aged ? Decimal{} : rate(from, to);
    }
    // False: one of the currencies is not known.
    bool set_rate(std::string_view from, std::string_view to, Decimal value, UtcNanos now);

private:
    std::uint32_t currency(const std::string& name);
    std::uint32_t find_currency(std::string_view name) const;
};

}  // namespace sluice
