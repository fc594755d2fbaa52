#include "sessions/fix_venue.hpp"

#include <algorithm>
#include <limits>
#include <utility>

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
                   const std::vector<engine::StoreIndex>& indexes,
                   VenueWords& words,
                   Receiver<VenueRequest> requests,
                   Sender<VenueEvent> events)
    : settings_(std::move(settings)),
      log_(log),
      clock_(clock),
      words_(words),
      requests_(requests),
      events_(events),
      queue_(settings_.queue_room),
      pacer_(settings_.pacing) {
    GW_CHECK(!settings_.lines.empty() && settings_.lines.size() <= kVenueLinesMax &&
             indexes.size() == settings_.lines.size());
    for (std::size_t i = 0; i < settings_.lines.size(); ++i) {
        lines_.push_back(std::make_unique<VenueLine>(*this, static_cast<std::uint8_t>(i), reactor,
                                                     resolver, settings_.lines[i], dictionaries,
                                                     log, clock, indexes[i]));
    }
}

// The core has been told that a request was not sent: it must not be sent now.
void FixVenue::recall_event(const VenueEvent& event) {
    if (event.kind == VenueEventKind::SessionUp) {
        last_active_ = event.line < lines_.size() ? event.line : kNoLine;
    } else if (event.has(venue_event_flag::kNotSent)) {
        queue_.recall_answer(event);
    }
}

void FixVenue::recovered(UtcNanos now) {
    recovered_ = now;
    queue_.recalled(answers_);
    tell_answers();
    recovering_ = !queue_.empty();
    for (const auto& line : lines_) {
        line->initiator().start();
    }
}

void FixVenue::stop(std::string_view text) {
    for (const auto& line : lines_) {
        line->initiator().stop(text);
    }
}

std::size_t FixVenue::poll(UtcNanos now, std::size_t budget) {
    flush_backlog();
    for (const auto& line : lines_) {
        line->initiator().poll();
    }
    if (is_up() && !lines_[active_]->is_up()) {
        lose_active();  // its connection is gone, the engine hears of it when all is journaled
    }
    if (recovering_ && (is_up() || now - recovered_ >= settings_.recovery_wait_ns)) {
        recovering_ = false;
        if (!is_up()) {
            refuse_unheld();
        }
    }
    std::size_t done = send_queued(now, budget);
    while (done < budget && backlog_.empty()) {
        const VenueRequest* request = requests_.peek();
        if (request == nullptr) {
            break;
        }
        take(*request, now);
        requests_.pop();
        ++done;
    }
    return done + send_queued(now, budget - std::min(done, budget));
}

void FixVenue::take(const VenueRequest& request, UtcNanos now) {
    ++requests_taken_;
    if (!is_up() && !recovering_ && !request.has(command_flag::kMayHold)) {
        return not_sent(request);
    }
    if (queue_.empty() && is_up() && may_send(now)) {
        return send(request, now);
    }
    if (!queue_.push(request, answers_)) {
        return not_sent(request);
    }
    tell_answers();
}

// Not before the core has journaled what the queue answered by itself, and which line carries on.
bool FixVenue::may_send(UtcNanos now) {
    send_at_ = pacer_.next(now);
    return pacer_.may_send(now) && events_.was_taken(tell_before_);
}

std::size_t FixVenue::send_queued(UtcNanos now, std::size_t budget) {
    std::size_t done = 0;
    while (done < budget && is_up() && !queue_.empty() && may_send(now)) {
        send(*queue_.next(), now);
        queue_.pop();
        ++done;
    }
    return done;
}

void FixVenue::send(const VenueRequest& request, UtcNanos now) {
    FixOutHead head;
    head.cause = request.cause;
    head.ordinal = request.ordinal;
    head.kind = FixOutKind::VenueRequest;
    const engine::HostSettings& session = settings_.lines[active_].session;
    engine::SessionHost& host = lines_[active_]->host();
    const OutgoingHeader header{session.dictionaries.begin_string,
                                session.our_comp_id,
                                session.their_comp_id,
                                host.next_sender(),
                                clock_.utc(),
                                3,
                                session.dictionaries.custom_tags};
    pacer_.sent(now);
    if (!host.give(head, words_.encode(request, header))) {
        not_sent(request);
    }
}

// A question that does not go out changes nothing: it is asked again when the venue is back.
void FixVenue::not_sent(const VenueRequest& request) {
    if (request.kind == VenueRequestKind::Status || request.kind == VenueRequestKind::MassStatus) {
        return;
    }
    VenueEvent event;
    event.venue = settings_.id;
    event.order = request.order;
    event.version = request.version;
    event.kind = refusal_of(request.kind);
    event.flags = venue_event_flag::kNotSent;
    event.text.assign_prefix(is_up() ? "not sent: too many requests wait for the venue"
                                     : "not sent: no session to the venue");
    tell(event);
}

void FixVenue::refuse_unheld() {
    for (const VenueRequest& request : queue_.take_unheld()) {
        not_sent(request);
    }
}

// --- lines ------------------------------------------------------------------------------------

void FixVenue::on_line_up(std::uint8_t line) {
    if (!is_up()) {
        begin(line);
    }
}

void FixVenue::on_line_down(std::uint8_t line) {
    if (line == active_) {
        lose_active();
    }
}

void FixVenue::begin(std::uint8_t line) {
    VenueEvent event;
    event.venue = settings_.id;
    event.kind = VenueEventKind::SessionUp;
    event.line = line;
    if (last_active_ != kNoLine && last_active_ != line) {
        event.flags = venue_event_flag::kTakeover;
        for (const auto& each : lines_) {
            each->host().supersede_sent();
        }
    }
    active_ = last_active_ = line;
    tell(event);
    tell_before_ = told_;
}

void FixVenue::lose_active() {
    VenueEvent event;
    event.venue = settings_.id;
    event.kind = VenueEventKind::SessionDown;
    event.line = std::exchange(active_, kNoLine);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (i != event.line && lines_[i]->is_up()) {
            return begin(static_cast<std::uint8_t>(i));
        }
    }
    tell(event);
    refuse_unheld();
}

// --- what the venue says ----------------------------------------------------------------------

engine::ConsumedBy FixVenue::on_app(std::uint8_t line,
                                    const engine::HostOwner::Incoming& incoming) {
    auto event = words_.decode(incoming.message, settings_.id);
    if (!event && engine::field_of(incoming.message, 35) == "j") {
        event = refused_request(line, incoming.message, "business reject: ");
    }
    if (!event) {
        return engine::ConsumedBy::Session;
    }
    event->venue = settings_.id;
    event->line = line;
    event->venue_seq = incoming.msg_seq_num;
    tell(*event);
    return engine::ConsumedBy::Record;
}

engine::ConsumedBy FixVenue::on_session_reject(std::uint8_t line,
                                               const engine::HostOwner::Incoming& incoming) {
    auto event = refused_request(line, incoming.message, "session reject: ");
    if (!event) {
        return engine::ConsumedBy::Session;
    }
    event->line = line;
    event->venue_seq = incoming.msg_seq_num;
    tell(*event);
    return engine::ConsumedBy::Record;
}

// RefSeqNum(45) names a message of ours; its record in the journal says which request it was, also
// when it was sent before a restart.
std::optional<VenueEvent> FixVenue::refused_request(std::uint8_t line,
                                                    std::string_view message,
                                                    std::string_view what) {
    const std::uint32_t ref = engine::number_of(message, 45).value_or(0);
    const journal::Position position = lines_[line]->host().index().position_of(ref);
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

void FixVenue::tell(const VenueEvent& event) {
    ++told_;
    backlog_.push_back(event);
    flush_backlog();
}

// Answers of the queue: the core has them before anything else leaves.
void FixVenue::tell_answers() {
    for (const VenueEvent& event : answers_) {
        tell(event);
        tell_before_ = told_;
    }
    answers_.clear();
}

void FixVenue::flush_backlog() {
    while (!backlog_.empty()) {
        const std::uint64_t ticket = events_.send(backlog_.front());
        if (ticket == 0) {
            return;
        }
        events_given_ = ticket;
        backlog_.pop_front();
    }
}

bool FixVenue::has_room() {
    return backlog_.empty() && events_.room() > 0;
}

bool FixVenue::records_in_flight() const {
    return !backlog_.empty() || !events_.was_taken(events_given_);
}

UtcNanos FixVenue::next_deadline() const {
    if (recovering_) {
        return recovered_ + settings_.recovery_wait_ns;
    }
    return is_up() && !queue_.empty() ? send_at_
                                      : UtcNanos{std::numeric_limits<std::int64_t>::max()};
}

VenueAdapter::Status FixVenue::status() const {
    Status status;
    status.up = is_up();
    status.requests = requests_taken_;
    status.events = events_given_;
    status.detail = lines_[is_up() ? active_ : 0]->initiator().last_event().c_str();
    return status;
}

}  // namespace sluice
