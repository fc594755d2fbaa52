#include "sessions/client_session.hpp"

#include <algorithm>

#include "sessions/engine/raw_message.hpp"
#include "sessions/malformed.hpp"
#include "sessions/transport/fields.hpp"
#include "sessions/transport/screen.hpp"

namespace sluice {
namespace {

engine::HostSettings settings_of(const SessionProfile& profile) {
    engine::HostSettings settings;
    settings.dictionaries = profile.dictionaries;
    settings.dictionaries.begin_string = begin_string(profile.version);
    if (profile.cancel_tag != 0) {
        settings.dictionaries.logon_tags.push_back(profile.cancel_tag);
    }
    settings.our_comp_id = profile.our_comp_id;
    settings.their_comp_id = profile.their_comp_id;
    settings.reset_on_logon = profile.reset_on_logon;
    settings.reset_on_logout = profile.reset_on_logout;
    settings.reset_on_disconnect = profile.reset_on_disconnect;
    settings.max_latency_s = profile.max_latency_s;
    settings.fast_path = profile.fast_path;
    // A slice of messages of 1 KiB, and what waits when it is made, are half of the room.
    constexpr std::size_t kMessage = 1024;
    const std::size_t quarter = profile.output_bytes_max / 4;
    settings.resend_output_max = std::min(settings.resend_output_max, quarter);
    settings.resend_slice = static_cast<std::uint32_t>(
        std::clamp<std::size_t>(quarter / kMessage, 1, settings.resend_slice));
    return settings;
}

// Walks the fields as the screen does, so that nothing inside a data field is taken for it.
SessionEvent::CancelWish cancel_wish(std::string_view logon, std::uint32_t tag) {
    transport::FieldCursor cursor(logon);
    while (tag != 0 && !cursor.at_end() && cursor.next() == transport::FieldFault::None) {
        if (cursor.field().tag == static_cast<int>(tag)) {
            return cursor.field().value == "Y"   ? SessionEvent::CancelWish::Yes
                   : cursor.field().value == "N" ? SessionEvent::CancelWish::No
                                                 : SessionEvent::CancelWish::NotSaid;
        }
    }
    return SessionEvent::CancelWish::NotSaid;
}

bool may_reset(std::string_view msg_type) {
    return msg_type == "A" || msg_type == "5";
}

}  // namespace

ClientSession::ClientSession(SessionProfile& profile,
                             ClientShared& shared,
                             ClientWords& words,
                             engine::Dictionaries& dictionaries,
                             journal::LogWriter& log,
                             engine::StoreIndex index)
    : profile_(profile),
      shared_(shared),
      words_(words),
      host_(settings_of(profile), dictionaries, log, shared.clock, std::move(index), *this) {}

void ClientSession::begin(transport::Connection& connection, std::string_view logon) {
    live_ = true;
    ended_ = false;
    saw_logout_ = false;
    unscreened_ = 0;
    cancel_wish_ = cancel_wish(logon, profile_.cancel_tag);
    connection_ = &connection;
    peer_ = connection.peer().text();
    last_event_ = "connected";
    connection.set_handler(*this);
    host_.attach(*this);
    host_.receive(logon);
    if (!host_.is_logged_on()) {
        hang_up("Logon(A) was not accepted");
    }
    note_work();
}

void ClientSession::on_frame(transport::Connection&, std::string_view frame) {
    if (may_go_fast() && host_.receive_fast(frame)) {
        return;
    }
    if (must_wait(frame)) {
        hold(frame);
    } else {
        take(frame);
    }
    note_work();
}

void ClientSession::note_work() {
    if (!is_busy_ && has_work()) {
        is_busy_ = true;
        shared_.busy.push_back(this);
    }
}

void ClientSession::take(std::string_view frame) {
    const transport::ScreenResult result = transport::screen(frame);
    if (!result.ok()) {
        answer_malformed(host_, frame, result);
        if (++unscreened_ > shared_.unscreened_max) {
            hang_up("too many malformed messages");
        }
        return;
    }
    if (!host_.is_logged_on() && engine::field_of(frame, 35) != "A" && !saw_logout_) {
        hang_up("a message before Logon(A)");
        return;
    }
    saw_logout_ = saw_logout_ || engine::field_of(frame, 35) == "5";
    host_.receive(frame);
}

bool ClientSession::must_wait(std::string_view frame) {
    if (!held_.empty() || !backlog_.empty()) {
        return true;
    }
    const std::string_view type = engine::field_of(frame, 35);
    if (may_reset(type)) {
        return records_in_flight();
    }
    if (type == "E") {
        return !has_room_for(type, engine::number_of(frame, 73).value_or(1));  // NoOrders(73)
    }
    return !engine::is_admin_type(type) && !has_room_for(type);
}

bool ClientSession::has_room_for(std::string_view msg_type, std::size_t commands) {
    const bool session_is_known = unsaid_.empty() && shared_.events.was_taken(last_event_ticket_);
    const std::size_t reserved = msg_type == "F" ? 0 : shared_.commands.capacity() / 8;
    return session_is_known && shared_.commands.room() >= reserved + commands;
}

// Nothing waits before it and there is room for whatever it is, so that it could not be held.
bool ClientSession::may_go_fast() {
    return held_.empty() && backlog_.empty() && has_room_for("D");
}

void ClientSession::hold(std::string_view frame) {
    GW_CHECK(held_.empty());
    held_ = frame;
    held_since_ = shared_.clock.mono_ns();
    if (connection_ != nullptr) {
        connection_->pause_reading();
    }
}

bool ClientSession::go_on() {
    flush_backlog();
    host_.poll();
    if (!held_.empty() && connection_ != nullptr) {
        go_on_with_held();
    }
    settle_end();
    is_busy_ = has_work();
    return is_busy_;
}

bool ClientSession::has_work() const {
    return ended_ || !held_.empty() || !backlog_.empty() || !unsaid_.empty() || host_.has_work();
}

void ClientSession::go_on_with_held() {
    const std::string frame = std::move(held_);
    held_.clear();
    const bool is_reset = may_reset(engine::field_of(frame, 35));
    if (must_wait(frame)) {
        if (!is_reset && backlog_.empty() &&
            shared_.clock.mono_ns() - held_since_ >= shared_.busy_wait_ns &&
            !transport::screen(frame).ok()) {
            take(frame);  // malformed: it needs no room
        } else if (!is_reset && backlog_.empty() &&
                   shared_.clock.mono_ns() - held_since_ >= shared_.busy_wait_ns) {
            host_.receive_busy(frame, "gateway busy");
        } else {
            held_ = frame;
            return;
        }
    } else {
        take(frame);
    }
    if (connection_ != nullptr && held_.empty()) {
        connection_->resume_reading();
    }
}

void ClientSession::flush_backlog() {
    while (!unsaid_.empty()) {
        const std::uint64_t ticket = shared_.events.send(unsaid_.front());
        if (ticket == 0) {
            break;
        }
        last_event_ticket_ = ticket;
        unsaid_.pop_front();
    }
    while (!backlog_.empty()) {
        const std::uint64_t ticket = shared_.commands.send(backlog_.front());
        if (ticket == 0) {
            break;
        }
        last_command_ = ticket;
        backlog_.pop_front();
    }
}

engine::ConsumedBy ClientSession::on_app(const Incoming& incoming) {
    const auto complete = [&](Command& command) {
        command.session = profile_.id;
        command.msg_seq_num = incoming.msg_seq_num;
        command.fix_in_seq = incoming.fix_in_seq;
    };
    if (engine::field_of(incoming.message, 35) != "E") {
        Command command = words_.decode(incoming.message);
        complete(command);
        send(command);
        return engine::ConsumedBy::Record;
    }
    // Only the last order's record consumes the number: a list of which a crash left a part is
    // asked for again, and what was entered is recognised by its ClOrdID(11)s.
    list_.clear();
    words_.decode_list(incoming.message, list_);
    GW_CHECK(!list_.empty());
    for (Command& command : list_) {
        complete(command);
        command.flags |= command_flag::kMoreFollow;
    }
    list_.back().flags &= static_cast<std::uint16_t>(~command_flag::kMoreFollow);
    for (const Command& command : list_) {
        send(command);
    }
    return engine::ConsumedBy::Record;
}

void ClientSession::send(const Command& command) {
    const std::uint64_t ticket = backlog_.empty() ? shared_.commands.send(command) : 0;
    if (ticket == 0) {
        backlog_.push_back(command);
    } else {
        last_command_ = ticket;
    }
}

engine::ConsumedBy ClientSession::on_session_reject(const Incoming& incoming) {
    last_event_ = "client rejected a message of ours: ";
    last_event_ += engine::field_of(incoming.message, 58);
    return engine::ConsumedBy::Session;
}

bool ClientSession::records_in_flight() const {
    return !backlog_.empty() || !shared_.commands.was_taken(last_command_);
}

void ClientSession::on_logged_on() {
    if (connection_ != nullptr) {
        connection_->mark_logged_on();
    }
    last_event_ = "logged on";
    say(SessionEvent::Kind::LoggedOn);
}

void ClientSession::on_logged_out() {
    last_event_ = saw_logout_ ? "logged out" : "disconnected";
    say(saw_logout_ ? SessionEvent::Kind::LoggedOut : SessionEvent::Kind::Disconnected);
}

void ClientSession::say(SessionEvent::Kind kind) {
    SessionEvent event;
    event.session = profile_.id;
    event.kind = kind;
    if (kind == SessionEvent::Kind::LoggedOn) {
        event.cancel_on_disconnect = cancel_wish_;
    }
    unsaid_.push_back(event);
    flush_backlog();
}

void ClientSession::report(const Report& report, std::string_view on_behalf_of) {
    if (host_.index().gave(report.cause, report.ordinal)) {
        return;
    }
    FixOutHead head;
    head.cause = report.cause;
    head.ordinal = report.ordinal;
    head.kind = FixOutKind::Report;
    const OutgoingHeader header{begin_string(profile_.version),
                                profile_.our_comp_id,
                                profile_.their_comp_id,
                                host_.next_sender(),
                                shared_.clock.utc(),
                                profile_.timestamp_digits,
                                profile_.dictionaries.custom_tags,
                                on_behalf_of};
    (void)host_.give(head, words_.encode(report, header));  // a failed journal ends the session
}

void ClientSession::tick() {
    if (live_ && !ended_ && !records_in_flight()) {
        host_.tick();
        note_work();
    }
}

void ClientSession::logout(std::string_view text) {
    saw_logout_ = true;
    host_.logout(text);
    note_work();
}

bool ClientSession::send(std::string_view bytes, std::uint64_t journal_seq) {
    return connection_ != nullptr && connection_->send(bytes, journal_seq);
}

std::size_t ClientSession::output_bytes() const {
    return connection_ == nullptr ? 0 : connection_->output_bytes();
}

void ClientSession::hang_up(std::string_view why) {
    if (connection_ != nullptr) {
        connection_->close_after_flush(why);
    }
}

void ClientSession::on_closed(transport::Connection&,
                              transport::CloseReason reason,
                              std::string_view text) {
    connection_ = nullptr;
    held_.clear();  // not consumed: the client sends it again
    ended_ = true;
    last_event_ = std::string(text_of(reason));
    if (!text.empty()) {
        last_event_.append(": ").append(text);
    }
    settle_end();
    note_work();
}

// The engine hears of the end of a connection when the core has taken all that came over it, since
// that may reset the numbers.
void ClientSession::settle_end() {
    if (ended_ && !records_in_flight()) {
        ended_ = false;
        const std::string kept = last_event_;
        host_.detach();
        last_event_ = kept;
        live_ = false;
    }
}

}  // namespace sluice
