// The inside of the core: its tables and the steps of each kind of input. Only core/*.cpp include
// it.
#pragma once

#include <vector>

#include "gateway/core/core.hpp"
#include "gateway/core/executions.hpp"
#include "gateway/core/outputs.hpp"
#include "gateway/orders/id_source.hpp"
#include "gateway/orders/name_table.hpp"
#include "gateway/orders/order_state.hpp"
#include "gateway/orders/order_table.hpp"
#include "gateway/risk/risk_engine.hpp"
#include "gateway/routing/routing_table.hpp"
#include "gateway/routing/venue_board.hpp"

namespace sluice {

// What the core itself knows of a client session.
struct SessionDesk {
    AccountId default_account{kNoIndex};
    bool pending_reports = false;
    bool connected = false;
};

// The cancels of a kill switch. Kept until the scope is resumed, so that a venue that comes back
// gets the cancels that could not be sent to it.
struct Sweep {
    Scope scope;
    std::size_t next = 0;  // position in the order table
    enum class State : std::uint8_t { Running, WaitsForCredit, Done } state = State::Running;
};

// What an order holds of its venue's credits: a function of its facts, so none is ever lost.
struct Credits {
    std::uint32_t orders = 0;
    std::uint32_t cancels = 0;
};
Credits credits_of(const Order& order);

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
    std::vector<Sweep> sweeps;

    // command_flow.cpp
    void on(const Command& command, Outputs& out);
    void on_new_order(const Command& command, Outputs& out);
    void on_cancel(const Command& command, Outputs& out);
    void on_replace(const Command& command, Outputs& out);
    void on_status(const Command& command, Outputs& out);
    void on_unsupported(const Command& command, Outputs& out);
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
    void on_venue_session(const VenueEvent& event, bool up);
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
    Execution* standing_execution(Order& order, const VenueEvent& event, Outputs& out);

    // admin_flow.cpp
    void on(const SessionEvent& event, Outputs& out);
    void on(const LimitChange& change, Outputs& out);
    void on(const KillChange& change, Outputs& out);
    void on(const RefPrice& price, Outputs& out);
    void on(const DayRoll& roll, Outputs& out);
    void on(const Tick& tick, Outputs& out);
    void on(const ProcessStart& start, Outputs& out);
    void run_sweeps(Outputs& out);
    void run_sweep(Sweep& sweep, std::size_t& cancels_left, std::size_t& looks_left, Outputs& out);
    void restart_sweeps();

    // core.cpp
    bool wants_tick() const;
    void tell_notices(Outputs& out);
    // Brings the venue's credits in line with what the order holds now.
    void settle_credits(const Order& order, const Credits& before);
    void send_cancel(Order& order, const ClOrdId& cl_ord_id, Outputs& out);
    VenueRequest request_of(const Order& order, VenueRequestKind kind) const;

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
