// The invariants of the exposure, checked against the orders themselves. Slow; for tests after
// every step and for a running gateway every so often.
#include <string>

#include "gateway/risk/checks.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice {
namespace {

bool negative(const Money& money) {
    return money.bought < 0 || money.sold < 0 || money.reserved_buy < 0 || money.reserved_sell < 0;
}

bool same_reserved(const Money& a, const Money& b) {
    return a.reserved_buy == b.reserved_buy && a.reserved_sell == b.reserved_sell;
}

// What the orders themselves add up to.
struct Sums {
    std::vector<AccountExposure> accounts;
    std::vector<PositionRow> rows;
    std::vector<std::uint32_t> sessions;

    explicit Sums(const Exposure& exposure, std::size_t session_count)
        : accounts(exposure.accounts().size()),
          rows(exposure.rows().size()),
          sessions(session_count) {}

    void add(const Order& order, const Exposure& exposure) {
        const bool buy = is_buy(order.side);
        const std::uint32_t open = order.has(order_flag::kCountedOpen) ? 1 : 0;
        AccountExposure& account = accounts[order.account.value];
        (buy ? account.own.reserved_buy : account.own.reserved_sell) +=
            order.reserved_notional.units();
        (buy ? account.firm.reserved_buy : account.firm.reserved_sell) +=
            order.reserved_notional_firm.units();
        account.open_orders += open;
        sessions[order.session.value] += open;
        for (auto at = order.position_row; at != kNoIndex; at = exposure.row(at).parent) {
            (buy ? rows[at].open_buy : rows[at].open_sell) += order.reserved_qty.units();
            rows[at].open_long_sell += order.side == Side::Sell ? order.reserved_qty.units() : 0;
            rows[at].open_orders += open;
        }
    }
};

std::optional<std::string> accounts_differ(const Sums& sums, const Exposure& exposure) {
    for (std::size_t i = 0; i < sums.accounts.size(); ++i) {
        const AccountExposure& held = exposure.accounts()[i];
        if (negative(held.own) || negative(held.firm)) {
            return "account " + std::to_string(i) + " has a negative sum";
        }
        if (!same_reserved(held.own, sums.accounts[i].own) ||
            !same_reserved(held.firm, sums.accounts[i].firm)) {
            return "account " + std::to_string(i) + " reserves other than its orders";
        }
        if (held.open_orders != sums.accounts[i].open_orders) {
            return "account " + std::to_string(i) + " counts other open orders than it has";
        }
    }
    return std::nullopt;
}

std::optional<std::string> rows_differ(const Sums& sums, const Exposure& exposure) {
    std::vector<Wide> positions(sums.rows.size(), 0);
    for (std::size_t i = 0; i < sums.rows.size(); ++i) {
        const PositionRow& held = exposure.rows()[i];
        if (held.open_buy != sums.rows[i].open_buy || held.open_sell != sums.rows[i].open_sell ||
            held.open_orders != sums.rows[i].open_orders ||
            held.open_long_sell != sums.rows[i].open_long_sell) {
            return "position row " + std::to_string(i) + " holds other open orders than there are";
        }
        if ((held.owner & kNodeOwner) == 0) {
            for (auto at = held.parent; at != kNoIndex; at = exposure.rows()[at].parent) {
                positions[at] += held.position;
            }
        }
    }
    for (std::size_t i = 0; i < sums.rows.size(); ++i) {
        const PositionRow& held = exposure.rows()[i];
        if ((held.owner & kNodeOwner) != 0 && held.position != positions[i]) {
            return "position row " + std::to_string(i) + " is not the sum of its accounts";
        }
    }
    return std::nullopt;
}

std::optional<std::string> nodes_differ(const Exposure& exposure) {
    std::vector<NodeExposure> sums(exposure.nodes().size());
    const auto add = [&](const AccountExposure& account) {
        for (auto at = account.node; at != kNoIndex; at = exposure.node(at).parent) {
            sums[at].money += account.firm;
            sums[at].open_orders += account.open_orders;
        }
    };
    for (const AccountExposure& account : exposure.accounts()) {
        add(account);
    }
    add(exposure.suspense());
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const NodeExposure& held = exposure.nodes()[i];
        if (held.money != sums[i].money || held.open_orders != sums[i].open_orders) {
            return i == kFirmNode
                       ? "the firm is not the sum of its accounts"
                       : "group " + std::to_string(i - 1) + " is not the sum of its accounts";
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> RiskEngine::audit() const {
    Sums sums(state_.exposure, state_.data.sessions.size());
    for (const Order& order : orders_.orders()) {
        const bool settled = order.reserved_qty == leaves_bound(order) &&
                             order.has(order_flag::kCountedOpen) == is_open(order);
        if (!settled) {
            return "order " + std::to_string(order.id.value) + " was changed and not settled";
        }
        sums.add(order, state_.exposure);
    }
    for (std::uint32_t i = 0; i < sums.sessions.size(); ++i) {
        if (state_.exposure.session_open_orders({i}) != sums.sessions[i]) {
            return "session " + std::to_string(i) + " counts other open orders than it has";
        }
    }
    if (auto defect = accounts_differ(sums, state_.exposure)) {
        return defect;
    }
    if (auto defect = rows_differ(sums, state_.exposure)) {
        return defect;
    }
    return nodes_differ(state_.exposure);
}

}  // namespace sluice
