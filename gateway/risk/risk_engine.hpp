// The risk room's front: asks every check before an order or replace goes on, keeps the exposure of
// what was accepted, and takes limits, kill switches and reference prices as inputs. Owner: the
// core thread. Reads no clock (time comes with the input), allocates nothing on the order path.
//
// How the core uses it:
//   new order   Assessment a = risk.assess(meta, command, parties, nullptr, decision);
//               accepted: order = orders.create(id); fill in id, session, account, instrument,
//               venue, side, ord_type, time_in_force, cl_ord_id, root_cl_ord_id; then
//               risk.accept_new(order, meta, a, decision). Refused: nothing was held, nothing to
//               undo.
//   replace     a = risk.assess(meta, command, parties, order, decision); accepted:
//               begin_replace(*order, a.version, id); risk.accept_replace(*order, decision).
//   cancel      a = risk.assess(...) asks ownership and duplicates only; nothing is freed by it.
//               Sent: risk.accept_cancel(order).
//   any input   afterwards notices() are for a person; clear_notices().
//   venue event change the order with a transition of orders/order_state.hpp, then settle(order);
//               fills through on_fill(), which is transition, booking and settling in one.
// The ClOrdID(11) is marked used by the core: orders.use(...) after accepting, and after a reject
// when consumes_cl_ord_id(reason).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/domain/core_config.hpp"
#include "gateway/domain/decision.hpp"
#include "gateway/domain/input.hpp"
#include "gateway/domain/result.hpp"
#include "gateway/orders/name_table.hpp"
#include "gateway/orders/order_state.hpp"
#include "gateway/orders/order_table.hpp"
#include "gateway/risk/assessment.hpp"
#include "gateway/risk/check_table.hpp"
#include "gateway/risk/notices.hpp"
#include "gateway/risk/risk_state.hpp"

namespace sluice {

// A KillChange by this name holds orders back until somebody accepts the configuration document.
inline constexpr std::string_view kConfigWho = "config";

// One execution as it was booked; keep it with the ExecID(17) to take it back exactly.
struct BookedFill {
    Quantity qty;
    Price price;
    Notional own;            // in the account's currency
    Notional firm;           // in the firm's
    std::uint32_t day = 0;   // risk day of the booking
    bool over_fill = false;  // alert: beyond the order, or after its end
    bool saturated = false;  // alert: the money did not fit and was booked at the maximum
};

enum class Booked : std::uint8_t {
    Yes,
    Degraded,      // booked, but without a currency rate (taken as 1) or at the maximum: alert
    NoInstrument,  // nothing can be booked for a symbol that is not configured: alert
    NoRoom,        // money is booked, the position is not: position table full: alert
};

struct ChangeOutcome {
    bool ok = false;
    std::uint64_t affected = 0;   // orders in the scope of a kill switch that are still alive
    Scope scope;                  // resolved
    Prose text;                   // "account ACC1 max_order_qty 1000 -> 2500", or why not
    bool needs_approval = false;  // refused only because a second person has to agree
};

// One line of `order explain`.
struct CheckReport {
    RejectReason code = RejectReason::None;
    CheckResult result = CheckResult::Skip;
    Breach breach;  // with Fail
    Prose text;     // with Fail: as Text(58) would say, numbers shown
};

class RiskEngine {
public:
    // Both outlive the engine. Of the orders it writes only what order.hpp says is its own.
    RiskEngine(OrderTable& orders, const NameTable& names) : orders_(orders), names_(names) {}
    RiskEngine(const RiskEngine&) = delete;
    RiskEngine& operator=(const RiskEngine&) = delete;

    // What is wrong with the risk part of a document: a limit where it has no effect, a negative
    // limit, a tick or lot of 0, a floor missing for negative prices, names that do not resolve.
    // Configuration loading asks before the document is journaled.
    static Result<Done, std::string> validate(const CoreConfig& config);
    // Replaces limits, instruments, accounts, sessions and rates by the document's, which must be
    // valid (GW_CHECK). Positions, reservations, kill switches and reference prices stay. names
    // must have learned the document.
    void configure(const CoreConfig& config, UtcNanos now);

    // Runs the check table; see the top. target: the order that OrigClOrdID(41) names in this
    // session, null when there is none. Takes a token from the throttle; changes nothing else.
    // Fills in the decision but for venue, route and order.
    Assessment assess(const InputMeta& meta,
                      const Command& command,
                      const Parties& parties,
                      const Order* target,
                      Decision& decision);
    // Every check, without stopping at the first that fails and without changing anything, a token
    // included. `out` needs kCheckTable.size() rows; returns how many apply to the command.
    std::size_t explain(const InputMeta& meta,
                        const Command& command,
                        const Parties& parties,
                        const Order* target,
                        std::span<CheckReport> out) const;

    // Puts the assessed version on the order and reserves it. The Decision's *_after are set.
    void accept_new(Order& order,
                    const InputMeta& meta,
                    const Assessment& assessment,
                    Decision& decision);
    // After begin_replace(): reserves the maximum of what is live and what pends.
    void accept_replace(Order& order, Decision& decision);
    // A client's cancel goes to the venue: counted as a message, frees nothing.
    void accept_cancel(const Order& order);
    // Makes the reservation what the order's facts say. After every transition. Cheap when nothing
    // changed.
    void settle(Order& order);

    // Every fill is booked, whatever the state of order, account or kill switches.
    BookedFill on_fill(Order& order, Quantity last_qty, Price last_px);
    // Takes a booked execution back (bust). The freed quantity does not work again. False when the
    // order's CumQty(14) is smaller than the fill: nothing was changed.
    bool on_trade_cancel(Order& order, const BookedFill& fill);
    // Corrects a booked execution. Empty when it could not be taken back.
    std::optional<BookedFill> on_trade_correct(Order& order,
                                               const BookedFill& fill,
                                               Quantity qty,
                                               Price price);
    // A fill of an order that is none of ours. account kNoIndex: to the suspense account.
    Booked on_unmatched_fill(
        AccountId account, InstrumentId instrument, Side side, Quantity qty, Price price);

    // After OrderTable::day_roll(). Executed money starts again at 0. Positions, reservations, kill
    // switches and buckets stay.
    void day_roll(UtcNanos now);

    ChangeOutcome set_limit(const InputMeta& meta, const LimitChange& change);
    // Kills or resumes one scope; cancels are the core's to send: covers() says for which orders.
    ChangeOutcome set_kill(const KillChange& change);
    // By a market's calendar or a person; false: no such market.
    ChangeOutcome set_phase(const PhaseChange& change);
    ChangeOutcome set_status(const StatusChange& change);
    ChangeOutcome set_rate(const InputMeta& meta, const FxUpdate& update);
    ChangeOutcome load_position(const PositionLoad& load);
    ChangeOutcome add_override(const InputMeta& meta, const OverrideTicket& ticket);
    // Before an input is applied: temporary limits whose time has come go back, tickets expire.
    void pass_time(UtcNanos now) {
        if (now >= next_timer_) {
            expire(now);
        }
    }
    // When pass_time() will have something to do; the end of time when never.
    UtcNanos next_timer() const { return next_timer_; }
    // Something is wrong with the sums themselves: nothing new is taken.
    void kill_firm() { state_.states.firm = TradingState::Killed; }
    // False: unknown symbol.
    bool set_reference(const InputMeta& meta, const RefPrice& update);

    // Names to ids; empty when a name is unknown or the kind is not one that can be switched.
    std::optional<Scope> resolve(ScopeKind kind,
                                 std::string_view name,
                                 std::string_view symbol) const;
    bool covers(const Scope& scope, const Order& order) const;
    // For routing around, or showing.
    bool is_killed(const Scope& scope) const { return state_in(scope) == TradingState::Killed; }
    TradingState state_in(const Scope& scope) const;
    // With Assessment::cancels_resting: the own orders in the way, best price first.
    std::size_t crossing(const Command& command,
                         const Parties& parties,
                         const Order* target,
                         std::span<OrderId, kCancelRestingMax> out) const;

    // What to tell a person about the inputs since clear_notices().
    const Notices& notices() const { return notices_; }
    void clear_notices() { notices_.clear(); }

    const Exposure& exposure() const { return state_.exposure; }
    const LimitBook& limits() const { return state_.limits; }
    const RiskState& state() const { return state_; }
    std::uint64_t config_version() const { return state_.config_version; }
    std::uint32_t day() const { return state_.day; }

    // The first invariant that does not hold, in words; empty when all do: each aggregate is the
    // sum over its orders, no counter is negative, the accounts add up to the firm.
    std::optional<std::string> audit() const;
    void digest(Digest& digest) const;

private:
    Exposure::Change change_of(const Order& order) const;
    BookedFill book(const Order& order, Quantity qty, Price price);
    void reverse(const Order& order, const BookedFill& fill);
    void write_after(const Order& order, Decision& decision) const;
    void count_message(const Order& order);
    void count_trade(const Order& order);
    void note_watched(const Order& order);
    void settle_own_price(Order& order);
    void rebuild_own_prices();
    void value_trade(const Exposure::Change& change, Price price);
    void mark(std::uint32_t instrument, Price price);
    void watch_losses(std::uint32_t owner);
    void note_limits_set();
    void expire(UtcNanos now);
    void set_next_timer();
    void put_limit(const Scope& scope, LimitKey key, const LimitValue& value, UtcNanos now);
    LimitValue limit_at(const Scope& scope, LimitKey key) const;
    const OverrideTicket* override_for(const CheckContext& ctx, RejectReason reason) const;
    void use_override(std::uint64_t ticket);
    void note_reject(const CheckContext& ctx, RejectReason reason);
    void repin_rates(UtcNanos now);
    void warn(
        const Scope& scope, LimitKey key, const LimitValue& limit, Wide used, std::uint8_t& level);
    void warn_level(const Scope& scope,
                    const Limits& limits,
                    const Money& money,
                    const Worth& worth,
                    Wide collateral,
                    std::uint32_t open_orders,
                    WarnLevels& levels);
    void warn_account(std::uint32_t account);
    void warn_row(std::uint32_t row);
    TradingState* state_of(const Scope& scope);  // null: no room for the pair's row
    ChangeOutcome rearm(const Scope& scope);

    OrderTable& orders_;
    const NameTable& names_;
    RiskState state_;
    Notices notices_;
    UtcNanos next_timer_{INT64_MAX};
};

}  // namespace sluice
