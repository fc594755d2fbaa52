// The inside of the core: its tables and the steps of each kind of input. Only core/*.cpp include
// it.
#pragma once

#include <limits>
#include <vector>

#include "gateway/core/core.hpp"
#include "gateway/core/executions.hpp"
#include "gateway/core/outputs.hpp"
#include "gateway/core/sweep.hpp"
#include "gateway/orders/id_source.hpp"
#include "gateway/orders/name_table.hpp"
#include "gateway/orders/order_state.hpp"
#include "gateway/orders/order_table.hpp"
#include "gateway/risk/risk_engine.hpp"
#include "gateway/routing/routing_table.hpp"
#include "gateway/routing/venue_board.hpp"

namespace sluice {

inline constexpr UtcNanos kNever{std::numeric_limits<std::int64_t>::max()};

// What the core itself knows of a client session.
struct SessionDesk {
    AccountId default_account{kNoIndex};
    bool pending_reports = false;
    bool connected = false;
    bool reads_only = false;  // a drop copy session
    // Cancel on disconnect: as configured, whether it holds for the present or last connection, and
    // when the orders of a connection that is gone are to be canceled.
    CancelOnDisconnect cancel;
    bool cancel_wished = false;
    UtcNanos cancel_at = kNever;
    std::uint8_t cancel_why = 0;  // ExecRestatementReason(378)
    std::vector<AccountId> accounts;
};

// What an order holds of its venue's credits: a function of its facts, so none is ever lost.
struct Credits {
    std::uint32_t orders = 0;
    std::uint32_t cancels = 0;
};
Credits credits_of(const Order& order);
// What a request says beside quantity and price; without its extras.
OrderTerms terms_of(const Command& command);

// Own orders that a new one would trade with, to be canceled before it goes out.
struct Resting {
    std::array<OrderId, kCancelRestingMax> orders{};
    std::size_t count = 0;
};

struct Core::State {
    CoreConfig config;
    bool configured = false;
    bool halted = false;  // by the journal: new orders and replaces are refused
    NameTable names;
    OrderTable orders;
    RiskEngine risk{orders, names};
    RoutingTable routing;
    VenueBoard board;
    IdSource ids;
    Executions executions;
    std::vector<SessionDesk> sessions;
    std::vector<DropTarget> drop_copies;
    std::vector<Sweep> sweeps;
    std::vector<MassStatusRun> status_runs;
    std::vector<VenueConfig> venue_rules;  // [VenueId]; of venues that a document named
    // The search for orders whose venue owes an answer for too long.
    UtcNanos doubt_due = kNever;
    std::size_t doubt_next = kNoScan;
    UtcNanos deadline = kNever;  // the earliest of what waits for a time
    static constexpr std::size_t kNoScan = std::numeric_limits<std::size_t>::max();
    std::uint64_t inputs = 0;  // counted for the periodic audit
    UtcNanos last_day_roll;    // or of the first configuration

    // command_flow.cpp
    void on(const Command& command, Outputs& out);
    void on_new_order(const Command& command, Outputs& out);
    void on_cancel(const Command& command, Outputs& out);
    void on_replace(const Command& command, Outputs& out);
    void on_status(const Command& command, Outputs& out);
    void on_unsupported(const Command& command, Outputs& out);

    // mass_flow.cpp
    void on_mass_cancel(const Command& command, Outputs& out);
    void on_mass_status(const Command& command, Outputs& out);
    void on_dont_know(const Command& command, Outputs& out);
    void report_list_status(const Command& command, Outputs& out);
    void run_status(MassStatusRun& run, SweepBudget& budget, Outputs& out);
    void finish_mass_cancel(const Sweep& sweep, Outputs& out);
    void refuse(const Command& command,
                const Order* target,
                const Assessment& assessment,
                Decision& decision,
                Outputs& out);
    RejectReason venue_refusal(const Order& order, Lane lane, Prose& text) const;
    // self_match.cpp
    // Turns the assessment into a refusal when one of them cannot be canceled now.
    Resting resting_in_the_way(const Command& command,
                               const Parties& parties,
                               const Order* target,
                               Assessment& assessment,
                               Decision& decision);
    void cancel_first(const Resting& resting, Outputs& out);

    Parties parties_of(const Command& command, const Order* target) const;
    Order& enter(OrderId id, const Command& command, const Parties& parties, const Route& route);

    // venue_flow.cpp
    void on(const VenueEvent& event, Outputs& out);
    void on_venue_session(const VenueEvent& event, Outputs& out);
    void tell_extras(const VenueEvent& event, Report& report, Outputs& out) const;
    void on_order_event(Order& order, const VenueEvent& event, Outputs& out);
    void on_accepted(Order& order, const VenueEvent& event, Outputs& out);
    void on_fill(Order& order, const VenueEvent& event, Outputs& out);
    void on_unmatched(const VenueEvent& event, Outputs& out);
    void on_closed(Order& order, const VenueEvent& event, Closed how, Outputs& out);
    void on_replaced(Order& order, const VenueEvent& event, Outputs& out);
    void on_cancel_rejected(Order& order, const VenueEvent& event, Outputs& out);
    void on_replace_rejected(Order& order, const VenueEvent& event, Outputs& out);
    void on_restated(Order& order, const VenueEvent& event, Outputs& out);
    void on_trade_cancel(Order& order, const VenueEvent& event, Outputs& out);
    void on_trade_correct(Order& order, const VenueEvent& event, Outputs& out);
    void take_stated_leaves(Order& order, const VenueEvent& event);
    void on_halt(Order& order, const VenueEvent& event, Outputs& out);

    // doubt_flow.cpp
    void on_status_answer(Order& order, const VenueEvent& event, Outputs& out);
    void put_in_doubt(Order& order, std::string_view why, Outputs& out);
    void ask_status(Order& order, Outputs& out);
    void send_again(Order& order, Outputs& out);
    void reconcile(Order& order, Outputs& out);
    void watch_answers(const Order& order, UtcNanos now);
    void look_for_silence(SweepBudget& budget, Outputs& out);
    void on(const OrderAction& action, Outputs& out);
    bool resolve(Order& order, const OrderAction& action, Outputs& out);
    Execution* standing_execution(Order& order, const VenueEvent& event, Outputs& out);

    // admin_flow.cpp
    void on(const SessionEvent& event, Outputs& out);
    void on(const LimitChange& change, Outputs& out);
    void on(const KillChange& change, Outputs& out);
    void on(const RefPrice& price, Outputs& out);
    void on(const DayRoll& roll, Outputs& out);
    void on(const Tick& tick, Outputs& out);
    void on(const ProcessStart& start, Outputs& out);
    void on(const PhaseChange& change, Outputs& out);
    void on(const StatusChange& change, Outputs& out);
    void on(const FxUpdate& update, Outputs& out);
    void on(const PositionLoad& load, Outputs& out);
    void on(const OverrideTicket& ticket, Outputs& out);

    // sweep.cpp
    void run_sweeps(Outputs& out);
    void run_sweep(Sweep& sweep, SweepBudget& budget, Outputs& out);
    bool visit(Sweep& sweep, Order& order, SweepBudget& budget, Outputs& out);
    bool covers(const Sweep& sweep, const Order& order) const;
    void begin_sweep(const Sweep& sweep);
    void restart_sweeps();
    void cancel_for_disconnect(SessionId session, const SessionDesk& desk);
    void lose_session(SessionDesk& desk, std::uint8_t why, UtcNanos now);
    void wake_at(UtcNanos time) { deadline = std::min(deadline, time); }
    void find_deadline();

    // core.cpp
    bool wants_tick() const;
    const VenueConfig& rules_of(VenueId venue) const { return venue_rules[venue.value]; }
    void tell_notices(Outputs& out);
    void audit_now_and_then(Outputs& out);
    // Brings the venue's credits in line with what the order holds now.
    void settle_credits(const Order& order, const Credits& before);
    void send_cancel(Order& order, const ClOrdId& cl_ord_id, Outputs& out, std::uint8_t why = 0);
    // Every request leaves here.
    void send(Order& order, VenueRequest& request, Outputs& out);
    VenueRequest request_of(const Order& order, VenueRequestKind kind) const;
    void put_terms(const OrderTerms& terms, VenueRequest& request) const;
    void drop_pending_extras(const Order& order);

    // reports.cpp
    Report order_report(const Order& order, ExecType type);
    Report cancel_reject(const Order& order,
                         const ClOrdId& cl_ord_id,
                         CxlRejResponseTo to,
                         RejectReason reason,
                         const Prose& text) const;
    Report refusal_of(const Command& command, RejectReason reason, const Prose& text);
    Report business_reject(const Command& command, RejectReason reason, const Prose& text) const;
};

}  // namespace sluice
