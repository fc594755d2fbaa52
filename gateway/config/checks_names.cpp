// Names that stand twice, and names that refer to nothing.
#include <map>
#include <set>

#include <fmt/format.h>

#include "gateway/config/checks.hpp"
#include "gateway/config/scalar.hpp"

namespace sluice::config {
namespace {

using Names = std::vector<std::string_view>;

template <class Items, class Of>
Names names_of(const Items& items, Of of) {
    Names names;
    for (const auto& item : items) {
        names.push_back(of(item));
    }
    return names;
}
constexpr auto kId = [](const auto& item) -> std::string_view { return item.id; };

// Empty names were complained of already.
void unique(const Names& names,
            const std::string& list,
            const std::string& key,
            Findings& findings) {
    std::map<std::string_view, std::size_t> first;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].empty()) {
            continue;
        }
        const auto [known, fresh] = first.emplace(names[i], i);
        if (!fresh) {
            const std::string other = fmt::format("{}[{}].{}", list, known->second, key);
            findings.error(code::kDuplicateName, fmt::format("{}[{}].{}", list, i, key),
                           fmt::format("{}: '{}' is the name of two", list, names[i]),
                           fmt::format("first in line {}", findings.places().of(other).line));
        }
    }
}

class References {
public:
    References(std::string_view kind, Names names, Findings& findings)
        : kind_(kind), names_(std::move(names)), findings_(findings) {}

    void need(std::string_view name, const std::string& path) const {
        if (name.empty() || std::find(names_.begin(), names_.end(), name) != names_.end()) {
            return;
        }
        const std::string_view near = nearest(name, names_);
        findings_.error(code::kDangling, path,
                        fmt::format("{}: there is no {} '{}'", path, kind_, name),
                        near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    }
    void need_all(const std::vector<std::string>& names, const std::string& path) const {
        for (std::size_t i = 0; i < names.size(); ++i) {
            need(names[i], fmt::format("{}[{}]", path, i));
        }
    }

private:
    std::string_view kind_;
    Names names_;
    Findings& findings_;
};

// The session of two documents' worth: BeginString(8), SenderCompID(49), TargetCompID(56).
void check_identities(const GatewayConfig& config, Findings& findings) {
    std::map<std::tuple<FixVersion, std::string_view, std::string_view>, std::size_t> first;
    for (std::size_t i = 0; i < config.sessions.size(); ++i) {
        const SessionSettings& session = config.sessions[i];
        const auto [known, fresh] = first.emplace(
            std::tuple(config.core.sessions[i].version, std::string_view(session.sender_comp_id),
                       std::string_view(session.target_comp_id)),
            i);
        if (!fresh && session.id != config.sessions[known->second].id) {
            findings.error(
                code::kDuplicateName, fmt::format("sessions[{}].target_comp_id", i),
                fmt::format("sessions {} and {} have the same BeginString(8), SenderCompID(49) and "
                            "TargetCompID(56)",
                            config.sessions[known->second].id, session.id));
        }
    }
}

// No two FIX sessions to venues may have the same identity: a process cannot tell them apart.
void check_lines(const GatewayConfig& config, Findings& findings) {
    std::set<std::tuple<FixVersion, std::string_view, std::string_view>> taken;
    for (std::size_t i = 0; i < config.venues.size(); ++i) {
        if (config.venues[i].type != VenueType::Fix) {
            continue;
        }
        const FixVenueSettings& fix = config.venues[i].fix;
        const auto check = [&](const FixLine& line, const std::string& path) {
            if (!taken.emplace(fix.version, line.sender_comp_id, line.target_comp_id).second) {
                findings.error(code::kDuplicateName, path,
                               fmt::format("{}: another FIX session to a venue has the same "
                                           "BeginString(8), SenderCompID(49) and TargetCompID(56)",
                                           path));
            }
        };
        check(fix, fmt::format("venues[{}].target_comp_id", i));
        for (std::size_t k = 0; k < fix.more_lines.size(); ++k) {
            check(fix.more_lines[k], fmt::format("venues[{}].lines[{}]", i, k));
        }
    }
}

void check_cycles(const std::vector<GroupConfig>& groups, Findings& findings) {
    std::map<std::string_view, std::string_view> parent;
    for (const GroupConfig& group : groups) {
        parent.emplace(group.id, group.parent);
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::string_view at = groups[i].parent;
        std::size_t steps = 0;
        while (!at.empty() && at != groups[i].id && steps++ <= groups.size()) {
            const auto next = parent.find(at);
            at = next == parent.end() ? std::string_view() : next->second;
        }
        if (!at.empty() && at == groups[i].id) {
            findings.error(code::kGroupCycle, fmt::format("groups[{}].parent", i),
                           fmt::format("group '{}' is above itself", groups[i].id));
        }
    }
}

void check_session_references(const GatewayConfig& config,
                              const References& account,
                              Findings& findings) {
    const References listener(
        "listener",
        names_of(config.listeners, [](const auto& item) -> std::string_view { return item.name; }),
        findings);
    for (std::size_t i = 0; i < config.sessions.size(); ++i) {
        const sluice::SessionConfig& session = config.core.sessions[i];
        const std::string path = fmt::format("sessions[{}].", i);
        account.need_all(session.accounts, path + "accounts");
        listener.need_all(config.sessions[i].listeners, path + "listeners");
        const auto& entitled = session.accounts;
        if (!session.default_account.empty() &&
            std::find(entitled.begin(), entitled.end(), session.default_account) ==
                entitled.end()) {
            findings.error(
                code::kDangling, path + "default_account",
                fmt::format("{}default_account: '{}' is not among the session's accounts", path,
                            session.default_account));
        }
    }
}

}  // namespace

void check_names(const GatewayConfig& config, Findings& findings) {
    const auto symbol = [](const auto& item) -> std::string_view { return item.symbol; };
    const auto name = [](const auto& item) -> std::string_view { return item.name; };
    unique(names_of(config.core.sessions, kId), "sessions", "id", findings);
    unique(names_of(config.core.accounts, kId), "accounts", "id", findings);
    unique(names_of(config.core.groups, kId), "groups", "id", findings);
    unique(names_of(config.core.venues, kId), "venues", "id", findings);
    unique(names_of(config.core.traders, kId), "traders", "id", findings);
    unique(names_of(config.core.markets, kId), "markets", "id", findings);
    unique(names_of(config.core.instruments, symbol), "instruments", "symbol", findings);
    unique(names_of(config.listeners, name), "listeners", "name", findings);
    for (std::size_t i = 0; i < config.core.accounts.size(); ++i) {
        unique(names_of(config.core.accounts[i].symbols, symbol),
               fmt::format("accounts[{}].symbols", i), "symbol", findings);
    }
    for (std::size_t i = 0; i < config.venues.size(); ++i) {
        unique(names_of(config.venues[i].sim.books, symbol), fmt::format("venues[{}].books", i),
               "symbol", findings);
    }
    std::set<std::pair<std::string_view, std::string_view>> pairs;
    for (std::size_t i = 0; i < config.core.fx.size(); ++i) {
        const FxRate& rate = config.core.fx[i];
        if (!pairs.emplace(rate.from, rate.to).second) {
            findings.error(code::kDuplicateName, fmt::format("fx[{}].from", i),
                           fmt::format("fx: {} to {} stands twice", rate.from, rate.to));
        }
    }
    check_identities(config, findings);
    check_lines(config, findings);
}

namespace {

void check_lists(const RestrictedLists& lists,
                 const std::string& path,
                 const References& instrument) {
    instrument.need_all(lists.buy_and_sell, path + "buy_and_sell");
    instrument.need_all(lists.buy, path + "buy");
    instrument.need_all(lists.sell, path + "sell");
    instrument.need_all(lists.opening_only, path + "opening_only");
    instrument.need_all(lists.watch, path + "watch");
}

}  // namespace

void check_references(const GatewayConfig& config, Findings& findings) {
    const CoreConfig& core = config.core;
    const References account("account", names_of(core.accounts, kId), findings);
    const References group("group", names_of(core.groups, kId), findings);
    const References venue("venue", names_of(core.venues, kId), findings);
    const References instrument(
        "instrument",
        names_of(core.instruments,
                 [](const auto& item) -> std::string_view { return item.symbol; }),
        findings);
    check_session_references(config, account, findings);
    check_lists(core.restricted, "restricted.", instrument);
    const References session("session", names_of(core.sessions, kId), findings);
    for (std::size_t i = 0; i < core.sessions.size(); ++i) {
        const std::string path = fmt::format("sessions[{}].drop_copy.", i);
        session.need_all(core.sessions[i].drop_copy.sessions, path + "sessions");
        account.need_all(core.sessions[i].drop_copy.accounts, path + "accounts");
        venue.need_all(core.sessions[i].drop_copy.venues, path + "venues");
    }
    for (std::size_t i = 0; i < core.groups.size(); ++i) {
        group.need(core.groups[i].parent, fmt::format("groups[{}].parent", i));
    }
    for (std::size_t i = 0; i < core.accounts.size(); ++i) {
        group.need(core.accounts[i].group, fmt::format("accounts[{}].group", i));
        check_lists(core.accounts[i].restricted, fmt::format("accounts[{}].restricted.", i),
                    instrument);
        for (std::size_t k = 0; k < core.accounts[i].symbols.size(); ++k) {
            instrument.need(core.accounts[i].symbols[k].symbol,
                            fmt::format("accounts[{}].symbols[{}].symbol", i, k));
        }
    }
    const References market("market", names_of(core.markets, kId), findings);
    for (std::size_t i = 0; i < core.instruments.size(); ++i) {
        market.need(core.instruments[i].market, fmt::format("instruments[{}].market", i));
    }
    for (std::size_t i = 0; i < core.routes.size(); ++i) {
        const std::string path = fmt::format("routes[{}].", i);
        venue.need_all(core.routes[i].venues, path + "venues");
        account.need(core.routes[i].account, path + "account");
        instrument.need(core.routes[i].symbol, path + "symbol");
    }
    for (std::size_t i = 0; i < config.venues.size(); ++i) {
        const auto& books = config.venues[i].sim.books;
        for (std::size_t k = 0; k < books.size(); ++k) {
            instrument.need(books[k].symbol, fmt::format("venues[{}].books[{}].symbol", i, k));
        }
    }
    check_cycles(core.groups, findings);
}

}  // namespace sluice::config
