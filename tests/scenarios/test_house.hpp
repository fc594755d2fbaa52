// The core and its stage between a client and a venue that a test plays, with a journal in memory
// and a clock that moves one microsecond per input. One session S1 with default account ACC1, one
// more session S2, instruments ACME and XYZ, one venue SIM. Commands and reports are FIX text; the
// reports carry FIX 4.4 codes, and `why` with the stable code of a refusal.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "gateway/core/core_stage.hpp"
#include "gateway/core/recovery.hpp"
#include "gateway/core/verifier.hpp"
#include "gateway/orders/order_table.hpp"
#include "gateway/risk/risk_engine.hpp"
#include "gateway/routing/venue_board.hpp"
#include "tests/scenarios/fix_text.hpp"
#include "tests/scenarios/memory_log.hpp"
#include "tests/scenarios/report_judge.hpp"

namespace sluice::test {

using Adjust = std::function<void(CoreConfig&)>;
CoreConfig house_config();
Command command_of(const FixText& text);

class TestHouse {
public:
    explicit TestHouse(const Adjust& adjust = {});

    void client(std::string_view text) { client("S1", text); }
    void client(std::string_view session, std::string_view text);
    // What the venue says: 35=8 with 150=0,F,4,5,8,C,3,D,G,H or 35=9 with 434; 11 names the
    // client's request (or KILL1, KILL2 for our own cancels) that it answers; "?NAME" is none of
    // ours.
    void venue(std::string_view text);
    void venue_fills(const std::string& cl_ord_id, std::string_view qty_at_px);
    void venue_event(VenueEvent event);
    void venue_session(bool up);
    void admin(const Event& event);
    void client_session(std::string_view session,
                        SessionEvent::Kind kind,
                        SessionEvent::CancelWish wish = SessionEvent::CancelWish::NotSaid);
    void pass(std::int64_t seconds);  // time passes, and what was due is done
    void order_action(const std::string& cl_ord_id,
                      OrderAction::Kind kind,
                      std::string_view qty_at_px = {});
    void kill(ScopeKind scope, std::string_view name, KillChange::Action action);
    void set_limit(ScopeKind scope, std::string_view name, LimitKey key, std::string_view value);
    void input(const Event& event);  // by take()
    void poll();
    void restart();  // a new core and stage over the same journal

    // The oldest thing not looked at yet; empty text when there is none.
    FixText next_report() { return take(reports_); }
    FixText next_venue_request() { return take(requests_); }
    AdminReply next_reply();
    std::size_t reports_waiting() const { return reports_.size(); }
    std::size_t requests_waiting() const { return requests_.size(); }
    void forget_outputs();

    // Replays the journal: every decision and request the same, the state the same, and the risk
    // room's sums right. Empty when all holds.
    std::string defects();
    Result<CoreConfig, std::string> parse(std::string_view document) const;
    ConfigParser parser() {
        return [this](std::string_view document) { return parse(document); };
    }
    void reconfigure(const Adjust& adjust);

    Core& core() { return *core_; }
    UtcNanos now() const { return now_.utc; }
    CoreStage& stage() { return *stage_; }
    MemoryLog& log() { return log_; }
    const MemoryLog& log() const { return log_; }
    const Order* order(const std::string& cl_ord_id) const;
    struct Asked {
        OrderId order;
        std::uint32_t version = 0;
    };
    const Asked* asked(const std::string& cl_ord_id) const;

private:
    struct Wires {
        Channel<VenueEvent> events{256};
        Channel<VenueRequest> requests{256};
        Channel<Command> commands{256};
        Channel<SessionEvent> session_events{16};
        Channel<Report> reports{256};
        Channel<Event> admin{64};
        Channel<AdminReply> replies{64};
    };
    void build();
    std::unique_ptr<CoreStage> make_stage();
    void collect();
    void remember(const VenueRequest& request);
    std::string name_of(const VenueRequest& request);
    std::string asked_name(OrderId order, std::uint32_t version) const;
    FixText take(std::deque<FixText>& from);

    MemoryLog log_;
    BatchTime now_{UtcNanos{1'767'225'600'000'000'000}, 0};
    std::map<std::string, CoreConfig, std::less<>> documents_;
    CoreConfig config_;
    std::unique_ptr<Wires> wires_;
    std::unique_ptr<Core> core_;
    std::unique_ptr<CoreStage> stage_;
    std::deque<FixText> reports_;
    std::deque<FixText> requests_;
    std::deque<AdminReply> replies_;
    std::map<std::string, Asked> asked_;  // by client's ClOrdID(11)
    std::string newest_client_id_;
    std::uint64_t epoch_ = 0;
    std::uint64_t venue_execs_ = 0;
    std::uint64_t own_cancels_ = 0;
    ReportJudge judge_;
};

}  // namespace sluice::test
