// What risk knows about sessions, accounts and instruments from the configuration, by dense id, and
// the currency rates. Replaced as a whole by each configuration document.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/domain/core_config.hpp"
#include "gateway/orders/digest.hpp"
#include "gateway/orders/name_table.hpp"

namespace sluice {

struct InstrumentRules {
    Decimal tick;
    Decimal lot;
    Decimal multiplier;
    Decimal notional_px_floor;
    std::uint32_t currency = 0;
    bool known = false;  // named by the current configuration
    bool halted = false;
    bool allow_negative = false;
    bool allow_close = false;
    bool collar_passive = false;
};

struct SessionRules {
    std::vector<std::uint64_t> accounts;  // bit n: entitled to account n
    bool known = false;
    bool disclose_limits = true;

    bool may_use(std::uint32_t account) const {
        const std::size_t word = account / 64;
        return known && word < accounts.size() && ((accounts[word] >> (account % 64)) & 1U) != 0;
    }
};

struct AccountRules {
    std::uint32_t currency = 0;
    bool known = false;
};

// The currency of every money limit above an account.
std::string firm_currency_of(const CoreConfig& config);

struct StaticData {
    std::vector<SessionRules> sessions;
    std::vector<AccountRules> accounts;
    std::vector<InstrumentRules> instruments;
    std::vector<std::string> currencies;  // in order of first appearance
    std::vector<Decimal> rates;           // [from * currencies + to]; 0 when there is none
    std::uint32_t firm_currency = 0;

    void load(const CoreConfig& config, const NameTable& names);
    // 0: no rate. A currency is worth 1 of itself. Rates are taken as given, never inverted.
    Decimal rate(std::uint32_t from, std::uint32_t to) const {
        return rates[from * currencies.size() + to];
    }

private:
    std::uint32_t currency(const std::string& name);
};

}  // namespace sluice
