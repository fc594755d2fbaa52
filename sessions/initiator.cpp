#include "sessions/initiator.hpp"

#include <algorithm>

#include "sessions/engine/raw_message.hpp"
#include "sessions/malformed.hpp"
#include "sessions/transport/screen.hpp"

namespace sluice {
namespace {
constexpr std::uint32_t kUnscreenedMax = 16;
}

Initiator::Initiator(transport::Reactor& reactor,
                     transport::Resolver& resolver,
                     InitiatorSettings settings,
                     engine::Dictionaries& dictionaries,
                     journal::LogWriter& log,
                     engine::Clock& clock,
                     engine::StoreIndex index,
                     InitiatorOwner& owner)
    : reactor_(reactor),
      settings_(std::move(settings)),
      owner_(owner),
      host_(settings_.session, dictionaries, log, clock, std::move(index), *this),
      connector_(reactor, resolver, *this) {
    GW_CHECK(host_.is_initiator());
}

Initiator::~Initiator() {
    reactor_.timers().cancel(tick_);
    reactor_.timers().cancel(retry_);
}

void Initiator::start() {
    if (wanted_) {
        return;
    }
    wanted_ = true;
    tick_ = reactor_.timers().every(std::chrono::seconds(1), [this] {
        if (connection_ != nullptr && !records_in_flight()) {
            host_.tick();
        }
    });
    connector_.start(settings_.target);
}

void Initiator::stop(std::string_view text) {
    wanted_ = false;
    reactor_.timers().cancel(retry_);
    connector_.cancel();
    if (connection_ != nullptr) {
        host_.logout(text);
        if (!host_.is_logged_on()) {
            hang_up(text);
        }
    }
}

void Initiator::on_open(transport::Connection& connection) {
    connection_ = &connection;
    unscreened_ = 0;
    last_event_ = "connected";
    host_.attach(*this);
    host_.tick();  // sends Logon(A)
}

void Initiator::on_frame(transport::Connection& connection, std::string_view frame) {
    if (held_.empty() && owner_.has_room() && host_.receive_fast(frame)) {
        return;
    }
    if (!must_wait(frame)) {
        take(frame);
        return;
    }
    held_ = frame;
    connection.pause_reading();
}

bool Initiator::must_wait(std::string_view frame) {
    const std::string_view type = engine::field_of(frame, 35);
    if (type == "A" || type == "5") {  // may reset the numbers
        return records_in_flight();
    }
    return (!engine::is_admin_type(type) || type == "3") && !owner_.has_room();
}

void Initiator::take(std::string_view frame) {
    const transport::ScreenResult result = transport::screen(frame);
    if (!result.ok()) {
        answer_malformed(host_, frame, result);
        if (++unscreened_ > kUnscreenedMax) {
            hang_up("too many malformed messages");
        }
        return;
    }
    const std::string_view type = engine::field_of(frame, 35);
    if (!host_.is_logged_on() && type != "A" && type != "5" && type != "3") {
        return hang_up("a message before Logon(A)");
    }
    if (type == "5") {
        last_event_ = "logged out by the venue: ";
        last_event_ += engine::field_of(frame, 58);
    }
    host_.receive(frame);
}

void Initiator::poll() {
    host_.poll();
    if (!held_.empty() && connection_ != nullptr && !must_wait(held_)) {
        const std::string frame = std::move(held_);
        held_.clear();
        take(frame);
        if (connection_ != nullptr) {
            connection_->resume_reading();
        }
    }
    settle_end();
}

void Initiator::on_closed(transport::Connection&,
                          transport::CloseReason reason,
                          std::string_view text) {
    connection_ = nullptr;
    held_.clear();
    ended_ = true;
    if (reason != transport::CloseReason::Flushed) {
        last_event_ = std::string(text_of(reason));
        last_event_.append(": ").append(text);
    }
    settle_end();
}

void Initiator::settle_end() {
    if (ended_ && !records_in_flight()) {
        ended_ = false;
        host_.detach();
        try_again_later();
    }
}

void Initiator::on_connect_failed(std::string_view text) {
    last_event_ = "no connection: ";
    last_event_ += text;
    try_again_later();
}

void Initiator::try_again_later() {
    if (!wanted_) {
        return;
    }
    wait_ = wait_.count() == 0 ? settings_.reconnect_first
                               : std::min(wait_ * 2, settings_.reconnect_longest);
    retry_ = reactor_.timers().after(wait_, [this] { connector_.start(settings_.target); });
}

bool Initiator::send(std::string_view bytes, std::uint64_t journal_seq) {
    return connection_ != nullptr && connection_->send(bytes, journal_seq);
}

std::size_t Initiator::output_bytes() const {
    return connection_ == nullptr ? 0 : connection_->output_bytes();
}

void Initiator::hang_up(std::string_view why) {
    if (connection_ != nullptr) {
        connection_->close_after_flush(why);
    }
}

engine::ConsumedBy Initiator::on_app(const Incoming& incoming) {
    return owner_.on_app(incoming);
}

engine::ConsumedBy Initiator::on_session_reject(const Incoming& incoming) {
    return owner_.on_session_reject(incoming);
}

void Initiator::on_logged_on() {
    wait_ = std::chrono::milliseconds(0);
    last_event_ = "logged on";
    if (connection_ != nullptr) {
        connection_->mark_logged_on();
    }
    owner_.on_logged_on();
}

void Initiator::on_logged_out() {
    owner_.on_logged_out();
}

}  // namespace sluice
