// Warnings on the way to a limit, once per mark passed, and alarms that stop a session by
// themselves.
#include "gateway/risk/checks.hpp"
#include "gateway/risk/reject_text.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice {
namespace {

// A mark counts as left again only this far below it, so that a use that trembles around a mark
// warns once.
constexpr Wide kHysteresisPercent = 5;

std::uint8_t& level_of(WarnLevels& levels, Warned what) {
    return levels[static_cast<std::size_t>(what)];
}

}  // namespace

void RiskEngine::warn(
    const Scope& scope, LimitKey key, const LimitValue& limit, Wide used, std::uint8_t& level) {
    if (!limit.is_number() || limit.value <= Decimal{}) {
        level = 0;
        return;
    }
    const Wide most = limit.value.units();
    const auto& marks = state_.warn_at;
    std::size_t reached = 0;
    while (reached < marks.size() && used * 100 >= most * marks[reached]) {
        ++reached;
    }
    if (reached > level) {
        level = static_cast<std::uint8_t>(reached);
        ++state_.warnings;
        ProseWriter text;
        text.put("warning: ").put_scope(scope, names_).put(" ").put(to_text(key)).put(" at ");
        text.put_number(marks[reached - 1]).put("%: ").put(checks::saturate(used)).put(" of ");
        notices_.add(OrderId{}, text.put(limit.value).prose());
    }
    while (level > reached && used * 100 < most * (Wide{marks[level - 1U]} - kHysteresisPercent)) {
        --level;
    }
}

void RiskEngine::warn_level(const Scope& scope,
                            const Limits& limits,
                            const Money& money,
                            const Worth& worth,
                            Wide collateral,
                            std::uint32_t open_orders,
                            WarnLevels& levels) {
    const auto look = [&](Warned what, LimitKey key, Wide used) {
        warn(scope, key, limits[key], used, level_of(levels, what));
    };
    look(Warned::Gross, LimitKey::MaxGrossNotional, money.gross());
    look(Warned::Net, LimitKey::MaxNetNotional,
         std::max(money.worst_net_long(), money.worst_net_short()));
    look(Warned::Turnover, LimitKey::MaxTurnover, money.executed());
    look(Warned::Loss, LimitKey::DailyLoss, -worth.result);
    look(Warned::Credit, LimitKey::Credit, worth.held + money.reserved() - collateral);
    look(Warned::OpenOrders, LimitKey::MaxOpenOrders, Wide{open_orders} * Decimal::kScale);
}

void RiskEngine::warn_account(std::uint32_t account) {
    if (state_.warn_at.empty()) {
        return;
    }
    std::uint32_t node = kFirmNode;
    if (account < state_.account_warned.size()) {
        const AccountExposure& held = state_.exposure.account({account});
        warn_level({ScopeKind::Account, account, kNoIndex}, state_.limits.accounts[account],
                   held.own, state_.valuation.account(account),
                   state_.data.accounts[account].collateral.units(), held.open_orders,
                   state_.account_warned[account]);
        node = held.node;
    }
    for (; node != kNoIndex; node = state_.exposure.node(node).parent) {
        const NodeExposure& held = state_.exposure.node(node);
        const bool firm = node == kFirmNode;
        warn_level(firm ? checks::kFirmScope : Scope{ScopeKind::Group, node - 1, kNoIndex},
                   firm ? state_.limits.firm : state_.limits.groups[node - 1], held.money,
                   state_.valuation.node(node), 0, held.open_orders, state_.node_warned[node]);
    }
}

void RiskEngine::warn_row(std::uint32_t index) {
    if (state_.warn_at.empty() || index == kNoIndex) {
        return;
    }
    const PositionRow& row = state_.exposure.row(index);
    if (row.owner >= state_.limits.accounts.size()) {
        return;
    }
    const auto limit = [&](LimitKey key) {
        const LimitValue own =
            row.limits == kNoIndex ? LimitValue{} : state_.limits.pairs[row.limits][key];
        return own.is_set() ? own : state_.limits.accounts[row.owner][key];
    };
    const Scope scope{ScopeKind::AccountInstrument, row.owner, row.instrument};
    warn(scope, LimitKey::MaxLong, limit(LimitKey::MaxLong), row.worst_long(),
         state_.row_warned[index][0]);
    warn(scope, LimitKey::MaxShort, limit(LimitKey::MaxShort), row.worst_short(),
         state_.row_warned[index][1]);
}

// A session whose requests are refused faster than its limit is run by something that is broken.
void RiskEngine::note_reject(const CheckContext& ctx, RejectReason reason) {
    const std::uint32_t session = ctx.parties.session.value;
    const Limits& limits = state_.limits.sessions[session];
    const auto count = [&](LimitKey key, Throttle& storm) {
        const LimitValue& rate = limits[key];
        if (!rate.is_number() || state_.states.sessions[session] == TradingState::Killed) {
            return;
        }
        if (storm.has_token(ctx.meta.time, rate.value, rate.value)) {
            storm.take(ctx.meta.time, rate.value, rate.value);
            return;
        }
        state_.states.sessions[session] = TradingState::Killed;
        ProseWriter text;
        text.put("killed session ").put(names_.sessions.name(session)).put(": ");
        text.put(to_text(key)).put(" of ").put(rate.value).put(" per second passed");
        notices_.add(OrderId{}, text.prose());
    };
    count(LimitKey::MaxRejectRate, state_.reject_storms[session]);
    if (reason == RejectReason::DuplicateBurst) {
        count(LimitKey::MaxDuplicateRate, state_.duplicate_storms[session]);
    }
}

}  // namespace sluice
