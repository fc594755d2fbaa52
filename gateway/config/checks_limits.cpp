// Hard limits that nobody set, limits that their parent makes void, instruments that cannot be
// valued.
#include <array>
#include <set>

#include <fmt/format.h>

#include "gateway/config/checks.hpp"

namespace sluice::config {
namespace {

struct HardLimit {
    LimitKey key;
    std::string_view bounds;
};
constexpr std::array<HardLimit, 5> kHardLimits = {{
    {LimitKey::MaxOrderQty, "the quantity of an order"},
    {LimitKey::MaxOrderNotional, "the money of an order"},
    {LimitKey::MaxGrossNotional, "the money of all its orders and executions"},
    {LimitKey::MaxLong, "its long positions"},
    {LimitKey::MaxShort, "its short positions"},
}};

// A level of the risk tree above an account or group.
struct Level {
    std::string name;
    const Limits* limits;
};

const GroupConfig* find_group(const CoreConfig& core, const std::string& id) {
    for (const GroupConfig& group : core.groups) {
        if (group.id == id) {
            return &group;
        }
    }
    return nullptr;
}

// The groups from `group` upwards and the firm. Ends in a ring of groups, too.
std::vector<Level> levels_above(const CoreConfig& core, const std::string& group) {
    std::vector<Level> levels;
    const GroupConfig* at = find_group(core, group);
    for (std::size_t steps = 0; at != nullptr && steps <= core.groups.size(); ++steps) {
        levels.push_back({fmt::format("group '{}'", at->id), &at->limits});
        at = find_group(core, at->parent);
    }
    levels.push_back({"the firm", &core.firm});
    return levels;
}

void need_hard_limits(const CoreConfig& core, std::size_t index, Findings& findings) {
    const AccountConfig& account = core.accounts[index];
    const std::vector<Level> above = levels_above(core, account.group);
    for (const HardLimit& hard : kHardLimits) {
        bool found = account.limits[hard.key].is_set();
        for (const Level& level : above) {
            found = found || (*level.limits)[hard.key].is_set();
        }
        if (!found) {
            findings.error(code::kHardLimit, fmt::format("accounts[{}].id", index),
                           fmt::format("account '{}' has no {}: nothing bounds {}", account.id,
                                       to_text(hard.key), hard.bounds),
                           fmt::format("set {} here, at a group above or at the firm; "
                                       "'unlimited' is a legal value",
                                       to_text(hard.key)));
        }
    }
}

// Document keys of limits that stand in a block of their own.
std::string key_path(LimitKey key) {
    switch (key) {
        case LimitKey::ThrottleRate:
            return "throttle.rate";
        case LimitKey::ThrottleBurst:
            return "throttle.burst";
        case LimitKey::DupBurstMax:
            return "dup_burst.max";
        case LimitKey::DupBurstWindowMs:
            return "dup_burst.window";
        case LimitKey::OrderToTradeMax:
            return "order_to_trade.max";
        case LimitKey::OrderToTradeFloor:
            return "order_to_trade.floor";
        default:
            return std::string(to_text(key));
    }
}

void compare(const Limits& child,
             const std::string& child_name,
             const std::string& path,
             const std::vector<Level>& above,
             Findings& findings) {
    for (std::size_t i = 1; i < kLimitKeys; ++i) {
        const auto key = static_cast<LimitKey>(i);
        for (const Level& level : above) {
            const LimitValue& parent = (*level.limits)[key];
            if (!child[key].is_number() || !parent.is_number() ||
                child[key].value <= parent.value) {
                continue;
            }
            findings.warning(
                code::kChildAboveParent, path + "." + key_path(key),
                fmt::format("{} of {} is above that of {}: {} > {}", to_text(key), child_name,
                            level.name, child[key].value.to_string(), parent.value.to_string()));
            break;
        }
    }
}

void check_account(const CoreConfig& core, std::size_t index, Findings& findings) {
    const AccountConfig& account = core.accounts[index];
    const std::string name = fmt::format("account '{}'", account.id);
    need_hard_limits(core, index, findings);
    compare(account.limits, name, fmt::format("accounts[{}]", index),
            levels_above(core, account.group), findings);
    for (std::size_t k = 0; k < account.symbols.size(); ++k) {
        compare(account.symbols[k].limits, fmt::format("{} in {}", name, account.symbols[k].symbol),
                fmt::format("accounts[{}].symbols[{}]", index, k), {{name, &account.limits}},
                findings);
    }
}

void check_throttle(const Limits& limits, const std::string& path, Findings& findings) {
    const LimitValue& rate = limits[LimitKey::ThrottleRate];
    const LimitValue& burst = limits[LimitKey::ThrottleBurst];
    if (burst.is_set() && !rate.is_set()) {
        findings.error(code::kContradiction, path + ".throttle.burst",
                       fmt::format("{}: throttle.burst without throttle.rate", path));
    }
}

bool has_collar(const Limits& limits) {
    return limits[LimitKey::CollarBps].is_set() || limits[LimitKey::CollarTicks].is_set() ||
           limits[LimitKey::CollarAbs].is_set();
}

void check_instrument(const InstrumentConfig& instrument,
                      const std::string& path,
                      Findings& findings) {
    if (instrument.currency.empty()) {
        findings.error(code::kRequired, path,
                       fmt::format("instrument '{}' has no currency", instrument.symbol),
                       "set it here or in instrument_defaults");
    }
    if (!has_collar(instrument.limits)) {
        findings.error(code::kHardLimit, path,
                       fmt::format("instrument '{}' has no collar: nothing bounds the price of an "
                                   "order",
                                   instrument.symbol),
                       "set collar: {bps: ...} here or in instrument_defaults; 'unlimited' is a "
                       "legal value");
    }
    if (instrument.allow_negative && instrument.notional_px_floor.units() <= 0) {
        findings.error(code::kNegativeFloor, path + ".allow_negative",
                       fmt::format("instrument '{}' allows negative prices and has no "
                                   "notional_px_floor above 0",
                                   instrument.symbol));
    }
    if (instrument.has_close && instrument.close.units() <= 0 && !instrument.allow_negative) {
        findings.error(code::kContradiction, path + ".close",
                       fmt::format("instrument '{}' has a close of {} and no allow_negative",
                                   instrument.symbol, instrument.close.to_string()));
    }
}

// Each missing pair of currencies once.
void check_rates(const CoreConfig& core, Findings& findings) {
    std::set<std::pair<std::string_view, std::string_view>> known;
    for (const FxRate& rate : core.fx) {
        known.emplace(rate.from, rate.to);
    }
    for (std::size_t i = 0; i < core.accounts.size(); ++i) {
        const std::string& to = core.accounts[i].currency;
        for (const InstrumentConfig& instrument : core.instruments) {
            if (to.empty() || instrument.currency.empty() || instrument.currency == to ||
                !known.emplace(instrument.currency, to).second) {
                continue;
            }
            findings.warning(
                code::kNoFxRate, fmt::format("accounts[{}].currency", i),
                fmt::format("no exchange rate from {} ({}) to {}: account '{}' cannot "
                            "trade it",
                            instrument.currency, instrument.symbol, to, core.accounts[i].id));
        }
    }
}

}  // namespace

void check_limits(const GatewayConfig& config, Findings& findings) {
    const CoreConfig& core = config.core;
    for (std::size_t i = 0; i < core.groups.size(); ++i) {
        compare(core.groups[i].limits, fmt::format("group '{}'", core.groups[i].id),
                fmt::format("groups[{}]", i), levels_above(core, core.groups[i].parent), findings);
    }
    for (std::size_t i = 0; i < core.accounts.size(); ++i) {
        check_account(core, i, findings);
        check_throttle(core.accounts[i].limits, fmt::format("accounts[{}]", i), findings);
    }
    for (std::size_t i = 0; i < core.sessions.size(); ++i) {
        const Limits& limits = core.sessions[i].limits;
        check_throttle(limits, fmt::format("sessions[{}]", i), findings);
        if (!limits[LimitKey::ThrottleRate].is_set() && !core.sessions[i].drop_copy.enabled) {
            findings.error(code::kHardLimit, fmt::format("sessions[{}].id", i),
                           fmt::format("session '{}' has no throttle: nothing bounds its rate of "
                                       "messages",
                                       core.sessions[i].id),
                           "set throttle: {rate: ...}; 'unlimited' is a legal value");
        }
    }
}

void check_instruments(const GatewayConfig& config, Findings& findings) {
    for (std::size_t i = 0; i < config.core.instruments.size(); ++i) {
        check_instrument(config.core.instruments[i], fmt::format("instruments[{}]", i), findings);
    }
    check_rates(config.core, findings);
}

}  // namespace sluice::config
