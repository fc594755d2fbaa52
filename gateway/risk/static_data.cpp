#include "gateway/risk/static_data.hpp"

#include <algorithm>
#include <array>

#include "gateway/domain/check.hpp"

namespace sluice {
namespace {

InstrumentRules rules_of(const InstrumentConfig& config) {
    InstrumentRules rules;
    rules.tick = config.tick;
    rules.lot = config.lot;
    rules.multiplier = config.multiplier;
    rules.notional_px_floor = config.notional_px_floor;
    rules.known = true;
    rules.types = type_bits(config.types).value();
    rules.short_sale = config.short_sale;
    rules.status = config.status;
    rules.allow_negative = config.allow_negative;
    rules.allow_close = config.allow_close;
    rules.collar_passive = config.collar_passive;
    return rules;
}

AccountRules rules_of(const AccountConfig& config, std::uint32_t currency) {
    constexpr Wide kBps = 10'000;
    AccountRules rules;
    const Wide kept = Wide{config.collateral.units()} * (kBps - config.collateral_haircut_bps);
    rules.collateral = Decimal::from_units(static_cast<std::int64_t>(kept / kBps));
    rules.currency = currency;
    rules.types = type_bits(config.types).value();
    rules.self_match = config.self_match;
    rules.short_exempt = config.short_exempt;
    rules.known = true;
    return rules;
}

SessionRules rules_of(const SessionConfig& config, const NameTable& names) {
    SessionRules rules;
    rules.known = true;
    rules.disclose_limits = config.disclose_limits;
    rules.require_trader = config.require_trader;
    rules.types = type_bits(config.types).value();
    rules.accounts.assign(names.accounts.size() / 64 + 1, 0);
    for (const std::string& name : config.accounts) {
        const std::uint32_t account = names.accounts.find(name);
        GW_CHECK(account != kNoIndex);
        rules.accounts[account / 64] |= std::uint64_t{1} << (account % 64);
    }
    return rules;
}

bool add_types(OrdType type, const std::vector<std::string>& words, std::uint32_t& bits) {
    constexpr std::array<std::pair<std::string_view, TimeInForce>, 5> kWords = {
        {{"day", TimeInForce::Day},
         {"gtc", TimeInForce::GoodTillCancel},
         {"ioc", TimeInForce::ImmediateOrCancel},
         {"fok", TimeInForce::FillOrKill},
         {"gtd", TimeInForce::GoodTillDate}}};
    for (const std::string& word : words) {
        const auto found = std::find_if(kWords.begin(), kWords.end(),
                                        [&](const auto& known) { return known.first == word; });
        if (found == kWords.end()) {
            return false;
        }
        bits |= type_bit(type, found->second);
    }
    return true;
}

}  // namespace

std::optional<std::uint32_t> named_types(const PermittedTypes& types) {
    std::uint32_t bits = 0;
    if (!add_types(OrdType::Market, types.market, bits) ||
        !add_types(OrdType::Limit, types.limit, bits) ||
        !add_types(OrdType::Stop, types.stop, bits) ||
        !add_types(OrdType::StopLimit, types.stop_limit, bits)) {
        return std::nullopt;
    }
    return bits;
}

std::optional<std::uint32_t> type_bits(const PermittedTypes& types) {
    const auto bits = named_types(types);
    return bits == std::uint32_t{0} ? kAllTypes : bits;
}

std::uint32_t StaticData::currency(const std::string& name) {
    const auto found = std::find(currencies.begin(), currencies.end(), name);
    if (found != currencies.end()) {
        return static_cast<std::uint32_t>(found - currencies.begin());
    }
    currencies.push_back(name);
    return static_cast<std::uint32_t>(currencies.size() - 1);
}

void StaticData::load(const CoreConfig& config, const NameTable& names, UtcNanos now) {
    // What the document no longer names keeps its last rules, so that orders that live on are
    // counted as before; it only stops being known. Currencies keep their numbers.
    sessions.assign(names.sessions.size(), SessionRules{});
    accounts.resize(names.accounts.size());
    instruments.resize(names.instruments.size());
    for (AccountRules& account : accounts) {
        account.known = false;
    }
    for (InstrumentRules& instrument : instruments) {
        instrument.known = false;
    }
    firm_currency = currency(firm_currency_of(config));
    for (const SessionConfig& session : config.sessions) {
        sessions[names.sessions.find(session.id)] = rules_of(session, names);
    }
    for (const AccountConfig& account : config.accounts) {
        accounts[names.accounts.find(account.id)] = rules_of(account, currency(account.currency));
    }
    for (const InstrumentConfig& instrument : config.instruments) {
        InstrumentRules& rules = instruments[names.instruments.find(instrument.symbol)];
        rules = rules_of(instrument);
        rules.currency = currency(instrument.currency);
        rules.market = names.markets.find(instrument.market);
    }
    traders.assign(names.traders.size(), 0);
    for (const TraderConfig& trader : config.traders) {
        traders[names.traders.find(trader.id)] = 1;
    }
    restricted.assign(instruments.size(), 0);
    for_each_restriction(config.restricted, [&](const std::string& symbol, std::uint8_t bit) {
        std::uint8_t& bits = restricted[names.instruments.find(symbol)];
        bits = static_cast<std::uint8_t>(bits | bit);
    });
    for (const FxRate& fx : config.fx) {
        currency(fx.from);
        currency(fx.to);
    }
    const std::size_t count = currencies.size();
    rates.assign(count * count, Decimal{});
    rate_times.assign(count * count, now);
    for (std::size_t i = 0; i < count; ++i) {
        rates[i * count + i] = Decimal::from_int(1);
    }
    for (const FxRate& fx : config.fx) {
        rates[currency(fx.from) * count + currency(fx.to)] = fx.rate;
    }
    rate_max_age_ns = config.fx_max_age_ns;
    market_types.resize(names.markets.size());
    for (const MarketConfig& market : config.markets) {
        auto& types = market_types[names.markets.find(market.id)];
        for (std::size_t phase = 0; phase < kPhases; ++phase) {
            types[phase] = named_types(market.accepts[phase]).value();
        }
    }
}

std::uint32_t StaticData::find_currency(std::string_view name) const {
    const auto found = std::find(currencies.begin(), currencies.end(), name);
    return found == currencies.end() ? kNoIndex
                                     : static_cast<std::uint32_t>(found - currencies.begin());
}

bool StaticData::set_rate(std::string_view from, std::string_view to, Decimal value, UtcNanos now) {
    const std::uint32_t a = find_currency(from);
    const std::uint32_t b = find_currency(to);
    if (a == kNoIndex || b == kNoIndex || a == b) {
        return false;
    }
    rates[a * currencies.size() + b] = value;
    rate_times[a * currencies.size() + b] = now;
    return true;
}

std::string firm_currency_of(const CoreConfig& config) {
    if (!config.currency.empty()) {
        return config.currency;
    }
    return config.accounts.empty() ? std::string() : config.accounts.front().currency;
}

}  // namespace sluice
