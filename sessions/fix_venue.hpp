// FixVenue: a venue that is reached over FIX. A request becomes one FIX_OUT record, which is the
// proof that it was sent and under which MsgSeqNum(34), and then bytes behind the release gate. An
// answer becomes one VenueEvent that carries its line and MsgSeqNum, so that the core's record of
// it is what consumes the number. Owner: the I/O thread.
//
// Lines. A venue has one FIX session or several. The first that is logged on carries the requests;
// when it is lost and another is there, the venue stays up and the core is told of the takeover,
// since what was unanswered is now in doubt. Executions may come over any line at any time. What
// was sent before a takeover is not resent over its old line: the core has cleared it up otherwise,
// and a late copy would be a second order.
//
// Not logged on: the request is answered at once with a rejection that says kNotSent, unless it may
// be held (command_flag::kMayHold); then it waits in the queue, as do requests that come faster
// than the venue's pacing (EgressQueue). After a restart, requests with a FIX_OUT record are not
// sent again, the venue gets them by its own ResendRequest(2) with PossDupFlag(43); those without
// are sent at the next Logon, or, those that may not be held, rejected when there is none within
// recovery_wait.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "gateway/domain/names.hpp"
#include "gateway/venues/adapter.hpp"
#include "gateway/venues/egress_queue.hpp"
#include "gateway/venues/pacer.hpp"
#include "sessions/tracked_sender.hpp"
#include "sessions/venue_line.hpp"
#include "sessions/words.hpp"

namespace sluice {

struct FixVenueSettings {
    VenueId id;
    std::string name;
    Instance instance;                     // of the gateway, for ClOrdID(11)
    std::vector<InitiatorSettings> lines;  // 1 to kVenueLinesMax
    Pacing pacing;
    std::size_t queue_room = 4'096;  // see EgressQueue: more than the venue's credits
    std::int64_t recovery_wait_ns = 10 * kNanosPerSecond;
};

class FixVenue final : public VenueAdapter, public VenueLineOwner {
public:
    // `indexes`: what the journal says of each line, in the order of settings.lines.
    FixVenue(transport::Reactor& reactor,
             transport::Resolver& resolver,
             FixVenueSettings settings,
             engine::Dictionaries& dictionaries,
             journal::LogWriter& log,
             engine::Clock& clock,
             const std::vector<engine::StoreIndex>& indexes,
             VenueWords& words,
             Receiver<VenueRequest> requests,
             Sender<VenueEvent> events);

    VenueId id() const override { return settings_.id; }
    std::string_view name() const override { return settings_.name; }
    // Requests without a FIX_OUT record, all of them before the events; of events those that say
    // kNotSent or SessionUp.
    void recall_request(const VenueRequest& request) override { queue_.recall(request); }
    void recall_event(const VenueEvent& event) override;
    void recovered(UtcNanos now) override;  // starts to connect
    std::size_t poll(UtcNanos now, std::size_t budget) override;
    UtcNanos next_deadline() const override;
    Status status() const override;
    void stop(std::string_view text);
    std::size_t lines() const { return lines_.size(); }
    const engine::SessionHost& host(std::size_t line = 0) const { return lines_[line]->host(); }
    std::size_t queued() const { return queue_.size(); }

    bool has_room() override;
    bool records_in_flight() const override;
    engine::ConsumedBy on_app(std::uint8_t line,
                              const engine::HostOwner::Incoming& incoming) override;
    engine::ConsumedBy on_session_reject(std::uint8_t line,
                                         const engine::HostOwner::Incoming& incoming) override;
    void on_line_up(std::uint8_t line) override;
    void on_line_down(std::uint8_t line) override;

private:
    static constexpr std::uint8_t kNoLine = 255;

    bool is_up() const { return active_ != kNoLine; }
    void begin(std::uint8_t line);
    void lose_active();
    void refuse_unheld();
    void take(const VenueRequest& request, UtcNanos now);
    bool may_send(UtcNanos now);
    std::size_t send_queued(UtcNanos now, std::size_t budget);
    void send(const VenueRequest& request, UtcNanos now);
    void not_sent(const VenueRequest& request);
    void tell(const VenueEvent& event);
    void tell_answers();
    void flush_backlog();
    std::optional<VenueEvent> refused_request(std::uint8_t line,
                                              std::string_view message,
                                              std::string_view what);

    FixVenueSettings settings_;
    journal::LogWriter& log_;
    engine::Clock& clock_;
    VenueWords& words_;
    Receiver<VenueRequest> requests_;
    mutable TrackedSender<VenueEvent> events_;
    std::deque<VenueEvent> backlog_;
    EgressQueue queue_;
    Pacer pacer_;
    EgressQueue::Answers answers_;
    std::vector<std::unique_ptr<VenueLine>> lines_;
    std::uint8_t active_ = kNoLine;       // carries the requests
    std::uint8_t last_active_ = kNoLine;  // did so last, also before the restart
    bool recovering_ = false;             // unsent requests wait for the first logon
    UtcNanos recovered_;
    std::uint64_t told_ = 0;          // events, those in the backlog included
    std::uint64_t tell_before_ = 0;   // nothing is sent before the core has so many of them
    std::uint64_t events_given_ = 0;  // events in the channel or beyond: the newest one's ticket
    std::uint64_t requests_taken_ = 0;
    UtcNanos send_at_;  // when the queue's next may leave; for next_deadline()
};

}  // namespace sluice
