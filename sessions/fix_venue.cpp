#include "sessions/fix_venue.hpp"

#include <algorithm>
#include <limits>

#include "sessions/engine/raw_message.hpp"

namespace sluice {
namespace {

std::optional<VenueEventKind> refusal_of(std::string_view msg_type) {
    if (msg_type == "D") {
        return VenueEventKind::Rejected;
    }
    if (msg_type == "F") {
        return VenueEventKind::CancelRejected;
    }
    if (msg_type == "G") {
        return VenueEventKind::ReplaceRejected;
    }
    return std::nullopt;  // a status request: nothing changes
}

VenueEventKind refusal_of(VenueRequestKind kind) {
    switch (kind) {
        case VenueRequestKind::Cancel:
            return VenueEventKind::CancelRejected;
        case VenueRequestKind::Replace:
            return VenueEventKind::ReplaceRejected;
        default:
            return VenueEventKind::Rejected;
    }
}

}  // namespace

FixVenue::FixVenue(transport::Reactor& reactor,
                   transport::Resolver& resolver,
                   FixVenueSettings settings,
                   engine::Dictionaries& dictionaries,
                   journal::LogWriter& log,
                   engine::Clock& clock,
                   engine::StoreIndex index,
                   VenueWords& words,
                   Receiver<VenueRequest> requests,
                   Sender<VenueEvent> events)
    : settings_(std::move(settings)),
      log_(log),
      clock_(clock),
      words_(words),
      requests_(requests),
      events_(events),
      line_(reactor, resolver, settings_.line, dictionaries, log, clock, std::move(index), *this) {}

void FixVenue::recall_request(const VenueRequest& request) {
    if (!line_.host().index().gave(request.cause, request.ordinal)) {
        recalled_.push_back(request);
    }
}

// The core has been told that a request was not sent: it must not be sent now.
void FixVenue::recall_event(const VenueEvent& event) {
    if (event.has(venue_event_flag::kNotSent)) {
        std::erase_if(recalled_, [&](const VenueRequest& request) {
            return request.order == event.order && request.version == event.version;
        });
    }
}

void FixVenue::recovered(UtcNanos now) {
    recovered_ = now;
    line_.start();
}

std::size_t FixVenue::poll(UtcNanos now, std::size_t budget) {
    flush_backlog();
    line_.poll();
    send_recalled(now);
    std::size_t done = 0;
    while (done < budget && recalled_.empty() && backlog_.empty()) {
        const VenueRequest* request = requests_.peek();
        if (request == nullptr) {
            break;
        }
        take(*request);
        requests_.pop();
        ++done;
    }
    return done;
}

void FixVenue::send_recalled(UtcNanos now) {
    if (recalled_.empty() || (!line_.is_up() && now - recovered_ < settings_.recovery_wait_ns)) {
        return;
    }
    while (!recalled_.empty() && backlog_.empty()) {
        take(recalled_.front());
        recalled_.pop_front();
    }
}

void FixVenue::take(const VenueRequest& request) {
    ++requests_taken_;
    if (!line_.is_up()) {
        return not_sent(request);
    }
    FixOutHead head;
    head.cause = request.cause;
    head.ordinal = request.ordinal;
    head.kind = FixOutKind::VenueRequest;
    const engine::HostSettings& session = settings_.line.session;
    const OutgoingHeader header{
        session.dictionaries.begin_string, session.our_comp_id, session.their_comp_id,
        line_.host().next_sender(),        clock_.utc(),        3,
        session.dictionaries.custom_tags};
    if (!line_.host().give(head, words_.encode(request, header))) {
        not_sent(request);
    }
}

void FixVenue::not_sent(const VenueRequest& request) {
    if (request.kind == VenueRequestKind::Status) {
        return;
    }
    VenueEvent event;
    event.venue = settings_.id;
    event.order = request.order;
    event.version = request.version;
    event.kind = refusal_of(request.kind);
    event.flags = venue_event_flag::kNotSent;
    event.text.assign_prefix("not sent: no session to the venue");
    tell(event);
}

engine::ConsumedBy FixVenue::on_app(const Incoming& incoming) {
    auto event = words_.decode(incoming.message, settings_.id);
    if (!event && engine::field_of(incoming.message, 35) == "j") {
        event = refused_request(incoming.message, "business reject: ");
    }
    if (!event) {
        return engine::ConsumedBy::Session;
    }
    event->venue = settings_.id;
    event->venue_seq = incoming.msg_seq_num;
    tell(*event);
    return engine::ConsumedBy::Record;
}

engine::ConsumedBy FixVenue::on_session_reject(const Incoming& incoming) {
    auto event = refused_request(incoming.message, "session reject: ");
    if (!event) {
        return engine::ConsumedBy::Session;
    }
    event->venue_seq = incoming.msg_seq_num;
    tell(*event);
    return engine::ConsumedBy::Record;
}

// RefSeqNum(45) names a message of ours; its record in the journal says which request it was, also
// when it was sent before a restart.
std::optional<VenueEvent> FixVenue::refused_request(std::string_view message,
                                                    std::string_view what) {
    const std::uint32_t ref = engine::number_of(message, 45).value_or(0);
    const journal::Position position = line_.host().index().position_of(ref);
    const auto frame = position ? log_.view(position) : std::nullopt;
    if (!frame) {
        return std::nullopt;
    }
    const std::string_view sent = engine::raw_of(*frame, sizeof(FixOutHead));
    const auto kind = refusal_of(engine::field_of(sent, 35));
    const auto name = parse_venue_cl_ord_id(settings_.instance, engine::field_of(sent, 11));
    if (!kind || !name) {
        return std::nullopt;
    }
    VenueEvent event;
    event.venue = settings_.id;
    event.order = name->order;
    event.version = name->version;
    event.kind = *kind;
    std::string text(what);
    text += engine::field_of(message, 58);
    event.text.assign_prefix(text);
    return event;
}

void FixVenue::on_logged_on() {
    VenueEvent event;
    event.venue = settings_.id;
    event.kind = VenueEventKind::SessionUp;
    tell(event);
}

void FixVenue::on_logged_out() {
    VenueEvent event;
    event.venue = settings_.id;
    event.kind = VenueEventKind::SessionDown;
    tell(event);
}

void FixVenue::tell(const VenueEvent& event) {
    backlog_.push_back(event);
    flush_backlog();
}

void FixVenue::flush_backlog() {
    while (!backlog_.empty()) {
        const std::uint64_t ticket = events_.send(backlog_.front());
        if (ticket == 0) {
            return;
        }
        ++events_given_;
        last_event_ = ticket;
        backlog_.pop_front();
    }
}

bool FixVenue::has_room() {
    return backlog_.empty() && events_.room() > 0;
}

bool FixVenue::records_in_flight() const {
    return !backlog_.empty() || !events_.was_taken(last_event_);
}

UtcNanos FixVenue::next_deadline() const {
    return {recalled_.empty() ? std::numeric_limits<std::int64_t>::max()
                              : (recovered_ + settings_.recovery_wait_ns).value};
}

VenueAdapter::Status FixVenue::status() const {
    Status status;
    status.up = line_.is_up();
    status.requests = requests_taken_;
    status.events = events_given_;
    status.detail = line_.last_event().c_str();
    return status;
}

}  // namespace sluice
