// The deterministic core: order state, exposure, limits, kill switches, routing state and ids. A
// pure function from (state, input) to (state, outputs): it reads no clock, no file, no
// environment, and iterates no hash map. Owner: the core thread; nobody else writes any of this.
// Live operation, recovery, replay --verify and what-if all run exactly this class.
//
// Outputs go to a CoreSink in a fixed order; each names the input that caused it and its ordinal
// among the outputs of that input. apply() makes at most kMaxOutputs outputs per input; longer work
// (the cancels of a kill switch) is continued on Tick inputs, asked for with wants_tick().
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "gateway/domain/core_config.hpp"
#include "gateway/domain/decision.hpp"
#include "gateway/domain/input.hpp"
#include "gateway/domain/report.hpp"
#include "gateway/domain/venue_request.hpp"

namespace sluice {

class CoreSink {
public:
    virtual ~CoreSink() = default;
    virtual void on_decision(const Decision& decision) = 0;
    virtual void on_request(const VenueRequest& request) = 0;
    virtual void on_report(const Report& report) = 0;
    virtual void on_reply(const AdminReply& reply) = 0;
    // Something an operator should look at (ALERT record): over-fill, unknown execution, a quantity
    // that does not add up.
    virtual void on_alert(const InputMeta& cause, OrderId order, std::string_view text) = 0;
    // The sums of the risk room are not those of its orders (INVARIANT_FAIL record).
    virtual void on_invariant_fail(const InputMeta& cause, std::string_view text) {
        on_alert(cause, OrderId{}, text);
    }
};

inline constexpr std::size_t kMaxOutputs = 128;

// A KillChange of the firm by this name is the journal's halt: new orders and replaces are refused
// with GatewayHalted until the same name resumes it; an operator's kill switch is left alone.
inline constexpr std::string_view kJournalWho = "journal";

class OrderTable;
class RiskEngine;
class NameTable;
class VenueBoard;
class RoutingTable;

class Core {
public:
    Core();
    ~Core();
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    // The first call sizes the tables; later ones change limits, accounts, routes while orders live
    // on.
    void configure(const InputMeta& meta, const CoreConfig& config);
    void apply(const InputMeta& meta, const Event& event, CoreSink& sink);
    bool wants_tick() const;
    // When the core next has something to do without an input: a Tick then. INT64_MAX: never.
    UtcNanos next_deadline() const;
    UtcNanos last_day_roll() const;  // or of the first configuration

    // For views on the core's own thread.
    const OrderTable& orders() const;
    const RiskEngine& risk() const;
    const NameTable& names() const;
    const CoreConfig& config() const;  // the document as it was applied; limits live in risk()
    const VenueBoard& venues() const;
    const RoutingTable& routing() const;
    bool halted() const;  // by the journal; see kJournalWho
    bool connected(SessionId session) const;
    // Digest of the whole state: equal states give equal digests on any machine.
    std::uint64_t digest() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sluice
