// Limits that change while orders live: for good or for a time, by one person or by two, and the
// tickets that lift a limit for one order. Not on the order path but for the tickets.
#include <algorithm>

#include "gateway/risk/change_parts.hpp"
#include "gateway/risk/checks.hpp"
#include "gateway/risk/reject_text.hpp"

namespace sluice {
namespace {

constexpr std::int64_t kTicketLifeNs = 15 * 60 * kNanosPerSecond;
constexpr std::size_t kTicketsMax = 64;

void settle_throttles(std::vector<Throttle>& throttles,
                      const std::vector<Limits>& limits,
                      UtcNanos now) {
    for (std::size_t i = 0; i < throttles.size() && i < limits.size(); ++i) {
        const LimitValue& rate = limits[i][LimitKey::ThrottleRate];
        if (rate.is_number() && throttles[i].started()) {
            throttles[i].settle(now, rate.value, burst_of(limits[i]));
        }
    }
}

ProseWriter& put_value(ProseWriter& text, const LimitValue& value) {
    switch (value.state) {
        case LimitValue::State::Number:
            return text.put(value.value);
        case LimitValue::State::Unlimited:
            return text.put("unlimited");
        case LimitValue::State::NotSet:
            break;
    }
    return text.put("not set");
}

bool same(const Scope& a, const Scope& b) {
    return a.kind == b.kind && a.id == b.id && a.instrument == b.instrument;
}

constexpr std::uint64_t reason_bit(RejectReason reason) {
    return std::uint64_t{1} << static_cast<unsigned>(reason);
}

// What a ticket may lift: limits, and nothing that says who, what or whether at all.
constexpr std::uint64_t kLiftable =
    reason_bit(RejectReason::MaxOrderQty) | reason_bit(RejectReason::MaxOrderNotional) |
    reason_bit(RejectReason::PriceCollar) | reason_bit(RejectReason::DuplicateBurst) |
    reason_bit(RejectReason::MaxOpenOrders) | reason_bit(RejectReason::OrderToTrade) |
    reason_bit(RejectReason::DailyLoss) | reason_bit(RejectReason::PositionLimit) |
    reason_bit(RejectReason::GrossNotional) | reason_bit(RejectReason::NetNotional) |
    reason_bit(RejectReason::Credit);

bool price_within(const OverrideTicket& ticket, const Command& command) {
    return command.has(command_flag::kHasPrice) &&
           (is_buy(ticket.side) ? command.price <= ticket.bound : command.price >= ticket.bound);
}

}  // namespace

ChangeOutcome refuse(std::string_view why) {
    ChangeOutcome outcome;
    outcome.text.assign_prefix(why);
    return outcome;
}

ChangeOutcome refuse_without_approval(std::string_view why) {
    ChangeOutcome outcome = refuse(why);
    outcome.needs_approval = true;
    return outcome;
}

Limits* limits_of(LimitBook& book, const Exposure& exposure, const Scope& scope) {
    switch (scope.kind) {
        case ScopeKind::Firm:
            return &book.firm;
        case ScopeKind::Group:
            return &book.groups[scope.id];
        case ScopeKind::Session:
            return &book.sessions[scope.id];
        case ScopeKind::Account:
            return &book.accounts[scope.id];
        case ScopeKind::Trader:
            return &book.traders[scope.id];
        case ScopeKind::Instrument:
            return &book.instruments[scope.id];
        case ScopeKind::AccountInstrument: {
            const std::uint32_t row = exposure.find_row(scope.id, {scope.instrument});
            const std::uint32_t limits = row == kNoIndex ? kNoIndex : exposure.row(row).limits;
            return limits == kNoIndex ? nullptr : &book.pairs[limits];
        }
        case ScopeKind::None:
        case ScopeKind::Venue:
            break;
    }
    return nullptr;
}

Limits* obtain_pair_limits(LimitBook& book, Exposure& exposure, const Scope& scope) {
    const std::uint32_t index = exposure.obtain_row(scope.id, {scope.instrument});
    if (index == kNoIndex) {
        return nullptr;
    }
    PositionRow& row = exposure.row(index);
    if (row.limits == kNoIndex) {
        row.limits = static_cast<std::uint32_t>(book.pairs.size());
        book.pairs.emplace_back();
    }
    return &book.pairs[row.limits];
}

void settle_all_throttles(RiskState& state, UtcNanos now) {
    settle_throttles(state.session_throttles, state.limits.sessions, now);
    settle_throttles(state.account_throttles, state.limits.accounts, now);
    settle_throttles(state.trader_throttles, state.limits.traders, now);
}

LimitValue RiskEngine::limit_at(const Scope& scope, LimitKey key) const {
    const auto& book = state_.limits;
    const Limits* limits =
        limits_of(const_cast<LimitBook&>(book), state_.exposure, scope);  // only read
    return limits == nullptr ? LimitValue{} : (*limits)[key];
}

void RiskEngine::put_limit(const Scope& scope,
                           LimitKey key,
                           const LimitValue& value,
                           UtcNanos now) {
    settle_all_throttles(state_, now);
    Limits* limits = limits_of(state_.limits, state_.exposure, scope);
    if (limits == nullptr) {
        limits = obtain_pair_limits(state_.limits, state_.exposure, scope);
    }
    GW_CHECK(limits != nullptr);
    (*limits)[key] = value;
    note_limits_set();
    ++state_.config_version;
}

ChangeOutcome RiskEngine::set_limit(const InputMeta& meta, const LimitChange& change) {
    if (!limit_applies(change.scope, change.key)) {
        return refuse("this limit has no effect at this scope");
    }
    const LimitValue value{change.state == LimitValue::State::Number ? change.value : Decimal{},
                           change.state};
    const std::string_view defect = limit_defect(change.key, value);
    if (!defect.empty()) {
        ProseWriter text;
        return refuse(text.put(to_text(change.key)).put(" ").put(defect).prose().view());
    }
    const auto scope = resolve(change.scope, change.scope_name.view(), change.symbol.view());
    if (!scope) {
        return refuse("unknown account, session, trader, group or symbol");
    }
    const LimitValue old = limit_at(*scope, change.key);
    if (change.has_old && old != LimitValue{change.old_value, change.old_state}) {
        return refuse("the limit was changed in between");
    }
    if (change.until.value != 0 && change.until <= meta.time) {
        return refuse("the time until which it should hold is over");
    }
    const bool approved = !change.approver.empty() && change.approver != change.who;
    if (state_.two_person && !approved && is_looser(change.key, old, value)) {
        return refuse_without_approval("a looser limit needs the approval of a second person");
    }
    if (scope->kind == ScopeKind::AccountInstrument &&
        !state_.exposure.can_obtain_row({scope->id}, {scope->instrument})) {
        return refuse("the position table is full");
    }
    // A second temporary change goes back to what was before the first.
    LimitValue before = old;
    std::erase_if(state_.temporary, [&](const Temporary& temporary) {
        const bool this_one = temporary.key == change.key && same(temporary.scope, *scope);
        before = this_one ? temporary.before : before;
        return this_one;
    });
    if (change.until.value != 0) {
        state_.temporary.push_back({*scope, change.key, before, change.until});
    }
    set_next_timer();
    put_limit(*scope, change.key, value, meta.time);
    ProseWriter text;
    text.put_scope(*scope, names_).put(" ").put(to_text(change.key)).put(" ");
    put_value(text, old).put(" -> ");
    put_value(text, value);
    text.put(change.until.value != 0 ? " for a time" : "");
    return {true, 0, *scope, text.prose()};
}

void RiskEngine::expire(UtcNanos now) {
    for (const Temporary& temporary : state_.temporary) {
        if (temporary.until <= now) {
            put_limit(temporary.scope, temporary.key, temporary.before, now);
            ProseWriter text;
            text.put("temporary limit over: ").put_scope(temporary.scope, names_).put(" ");
            text.put(to_text(temporary.key)).put(" is ");
            notices_.add(OrderId{}, put_value(text, temporary.before).put(" again").prose());
        }
    }
    std::erase_if(state_.temporary,
                  [now](const Temporary& temporary) { return temporary.until <= now; });
    std::erase_if(state_.overrides,
                  [now](const OverrideTicket& ticket) { return ticket.expires <= now; });
    set_next_timer();
}

void RiskEngine::set_next_timer() {
    next_timer_ = UtcNanos{INT64_MAX};
    for (const Temporary& temporary : state_.temporary) {
        next_timer_ = std::min(next_timer_, temporary.until);
    }
    for (const OverrideTicket& ticket : state_.overrides) {
        next_timer_ = std::min(next_timer_, ticket.expires);
    }
}

ChangeOutcome RiskEngine::add_override(const InputMeta& meta, const OverrideTicket& ticket) {
    const auto scope =
        resolve(ScopeKind::AccountInstrument, ticket.account.view(), ticket.symbol.view());
    if (!scope) {
        return refuse("unknown account or symbol");
    }
    if (ticket.lifts == 0 || (ticket.lifts & ~kLiftable) != 0) {
        return refuse("a ticket lifts limits, and only those that it names");
    }
    if (ticket.expires <= meta.time || ticket.expires.value - meta.time.value > kTicketLifeNs) {
        return refuse("a ticket lives at most 15 minutes");
    }
    if (ticket.max_qty <= Quantity{} || ticket.side == Side::None) {
        return refuse("a ticket names a side and a largest quantity");
    }
    if (state_.overrides.size() >= kTicketsMax) {
        return refuse("there are 64 open tickets already");
    }
    if (ticket.approver.empty() || ticket.approver == ticket.who) {
        return refuse_without_approval(
            "a ticket is requested by one person and approved by another");
    }
    state_.overrides.push_back(ticket);
    state_.overrides.back().ticket = meta.seq;  // what decisions name it by
    set_next_timer();
    ProseWriter text;
    text.put("ticket ").put_number(meta.seq).put(" for one order of ").put_scope(*scope, names_);
    return {true, 0, *scope, text.prose()};
}

const OverrideTicket* RiskEngine::override_for(const CheckContext& ctx, RejectReason reason) const {
    const Command& command = ctx.command;
    if (state_.overrides.empty() || ctx.target != nullptr ||
        command.kind != CommandKind::NewOrder) {
        return nullptr;
    }
    // An order whose money cannot be counted cannot be reserved, whatever a ticket says.
    if (reason == RejectReason::MaxOrderNotional && !ctx.priced) {
        return nullptr;
    }
    for (const OverrideTicket& ticket : state_.overrides) {
        if ((ticket.lifts & reason_bit(reason)) != 0 && ticket.side == command.side &&
            ticket.account == command.account.view() && ticket.symbol == command.symbol.view() &&
            command.order_qty <= ticket.max_qty && price_within(ticket, command)) {
            return &ticket;
        }
    }
    return nullptr;
}

void RiskEngine::use_override(std::uint64_t number) {
    if (number != 0) {
        std::erase_if(state_.overrides,
                      [number](const OverrideTicket& ticket) { return ticket.ticket == number; });
        set_next_timer();
    }
}

}  // namespace sluice
