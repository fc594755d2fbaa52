// FixVenue: a venue that is reached over FIX. A request becomes one FIX_OUT record, which is the
// proof that it was sent and under which MsgSeqNum(34), and then bytes behind the release gate. An
// answer becomes one VenueEvent that carries its MsgSeqNum, so that the core's record of it is what
// consumes the number. Owner: the I/O thread.
//
// Not logged on: the request is answered at once with a rejection that says kNotSent, it is never
// queued. After a restart, requests with a FIX_OUT record are not sent again, the venue gets them
// by its own ResendRequest(2) with PossDupFlag(43); those without are sent at the next Logon, or
// rejected when there is none within recovery_wait.
#pragma once

#include <deque>
#include <string>

#include "gateway/domain/names.hpp"
#include "gateway/venues/adapter.hpp"
#include "sessions/initiator.hpp"
#include "sessions/tracked_sender.hpp"
#include "sessions/words.hpp"

namespace sluice {

struct FixVenueSettings {
    VenueId id;
    std::string name;
    Instance instance;  // of the gateway, for ClOrdID(11)
    InitiatorSettings line;
    std::int64_t recovery_wait_ns = 10 * kNanosPerSecond;
};

class FixVenue final : public VenueAdapter, public InitiatorOwner {
public:
    FixVenue(transport::Reactor& reactor,
             transport::Resolver& resolver,
             FixVenueSettings settings,
             engine::Dictionaries& dictionaries,
             journal::LogWriter& log,
             engine::Clock& clock,
             engine::StoreIndex index,
             VenueWords& words,
             Receiver<VenueRequest> requests,
             Sender<VenueEvent> events);

    VenueId id() const override { return settings_.id; }
    std::string_view name() const override { return settings_.name; }
    void recall_request(const VenueRequest& request) override;
    void recall_event(const VenueEvent& event) override;
    void recovered(UtcNanos now) override;  // starts to connect
    std::size_t poll(UtcNanos now, std::size_t budget) override;
    UtcNanos next_deadline() const override;
    Status status() const override;
    void stop(std::string_view text) { line_.stop(text); }
    const engine::SessionHost& host() const { return line_.host(); }

    bool has_room() override;
    engine::ConsumedBy on_app(const Incoming& incoming) override;
    engine::ConsumedBy on_session_reject(const Incoming& incoming) override;
    void on_logged_on() override;
    void on_logged_out() override;
    bool records_in_flight() const override;

private:
    void take(const VenueRequest& request);
    void not_sent(const VenueRequest& request);
    void tell(const VenueEvent& event);
    void flush_backlog();
    void send_recalled(UtcNanos now);
    std::optional<VenueEvent> refused_request(std::string_view message, std::string_view what);

    FixVenueSettings settings_;
    journal::LogWriter& log_;
    engine::Clock& clock_;
    VenueWords& words_;
    Receiver<VenueRequest> requests_;
    mutable TrackedSender<VenueEvent> events_;
    std::deque<VenueEvent> backlog_;
    std::deque<VenueRequest> recalled_;  // without proof that they were sent
    Initiator line_;
    UtcNanos recovered_;
    std::uint64_t last_event_ = 0;  // ticket
    std::uint64_t requests_taken_ = 0;
    std::uint64_t events_given_ = 0;
};

}  // namespace sluice
