#include "sessions/acceptor.hpp"

#include <algorithm>

#include <openssl/crypto.h>

#include "sessions/engine/raw_message.hpp"
#include "sessions/transport/screen.hpp"
#include "sessions/utc_text.hpp"

namespace sluice {
namespace {

constexpr std::string_view kRefusalTexts[] = {"malformed message",
                                              "first message is not Logon(A)",
                                              "unknown session",
                                              "not on this listener",
                                              "session is disabled",
                                              "already logged on",
                                              "address not allowed",
                                              "wrong certificate",
                                              "invalid credentials",
                                              "HeartBtInt(108) out of range",
                                              "ResetSeqNumFlag(141) is not allowed",
                                              "too many logons, try again"};

// What a client that proved nothing yet may be told.
bool may_be_told(LogonRefusal why) {
    return why == LogonRefusal::Disabled || why == LogonRefusal::WrongCredentials ||
           why == LogonRefusal::HeartBtIntRange || why == LogonRefusal::ResetNotAllowed ||
           why == LogonRefusal::Busy;
}

void wipe(std::string& text) {
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

}  // namespace

std::string_view to_text(LogonRefusal refusal) {
    return kRefusalTexts[static_cast<std::size_t>(refusal)];
}

Acceptor::Acceptor(transport::Reactor& reactor,
                   CredentialVerifier& verifier,
                   SessionDirectory directory,
                   engine::Dictionaries& dictionaries,
                   journal::LogWriter& log,
                   engine::Clock& clock,
                   WordsOf words,
                   Sender<Command> commands,
                   Sender<SessionEvent> events,
                   Receiver<Report> reports,
                   const std::function<engine::StoreIndex(SessionId)>& recovered,
                   AcceptorSettings settings)
    : reactor_(reactor),
      verifier_(verifier),
      directory_(std::move(directory)),
      settings_(std::move(settings)),
      shared_{TrackedSender<Command>(commands), TrackedSender<SessionEvent>(events), clock,
              settings_.busy_wait_ns},
      reports_(reports) {
    for (const SessionProfile& profile : directory_.profiles()) {
        SessionProfile* own = directory_.find(begin_string(profile.version), profile.their_comp_id,
                                              profile.our_comp_id);
        sessions_.push_back(std::make_unique<ClientSession>(
            *own, shared_, words(profile.version), dictionaries, log, recovered(profile.id)));
        if (by_id_.size() <= profile.id.value) {
            by_id_.resize(profile.id.value + 1U);
        }
        by_id_[profile.id.value] = sessions_.back().get();
    }
    // Each session once a second, but not all of them in one turn.
    constexpr std::size_t kSessionsPerTick = 32;
    constexpr std::size_t kTicksMax = 256;
    ticks_ = std::clamp<std::size_t>(sessions_.size() / kSessionsPerTick, 1, kTicksMax);
    tick_ = reactor_.timers().every(std::chrono::nanoseconds(kNanosPerSecond) / ticks_,
                                    [this] { tick(); });
}

void Acceptor::tick() {
    for (std::size_t i = next_tick_; i < sessions_.size(); i += ticks_) {
        sessions_[i]->tick();
    }
    next_tick_ = (next_tick_ + 1) % ticks_;
}

Acceptor::~Acceptor() {
    reactor_.timers().cancel(tick_);
    for (auto& [ticket, waiting] : waiting_) {
        wipe(waiting.logon);
    }
}

void Acceptor::on_frame(transport::Connection& connection, std::string_view frame) {
    const transport::ScreenResult result = transport::screen(frame);
    const auto peek = transport::LogonPeek::read(frame);
    if (!peek || (!result.ok() && result.fault != transport::ScreenFault::HeartBtIntRange)) {
        return refuse(connection, LogonRefusal::Malformed, nullptr, frame, result.text());
    }
    if (!peek->is_logon()) {
        return refuse(connection, LogonRefusal::NotLogon, nullptr, frame, peek->msg_type);
    }
    SessionProfile* profile =
        directory_.find(peek->begin_string, peek->sender_comp_id, peek->target_comp_id);
    if (profile == nullptr) {
        return refuse(connection, LogonRefusal::UnknownSession, nullptr, frame, "");
    }
    ClientSession& session = *by_id_[profile->id.value];
    const LogonRefusal why = check(connection, session, *peek);
    if (why != LogonRefusal::Count_) {
        return refuse(connection, why, &session, frame, "");
    }
    if (!profile->password_hash.empty()) {
        return ask_for_password(connection, session, *peek, frame);
    }
    session.begin(connection, frame);
}

// Count_: nothing stands against it so far.
LogonRefusal Acceptor::check(const transport::Connection& connection,
                             const ClientSession& session,
                             const transport::LogonPeek& peek) const {
    const SessionProfile& profile = session.profile();
    const transport::TlsPeer* tls = connection.tls_peer();
    const auto& doors = profile.listeners;
    if (!doors.empty() && std::find(doors.begin(), doors.end(), connection.name()) == doors.end()) {
        return LogonRefusal::WrongListener;
    }
    if (!profile.allowed.allows(connection.peer())) {
        return LogonRefusal::AddressNotAllowed;
    }
    const auto matches = [&](const std::string& wanted, std::string transport::TlsPeer::*field) {
        return wanted.empty() || (tls != nullptr && tls->has_certificate && tls->*field == wanted);
    };
    if (!matches(profile.certificate_name, &transport::TlsPeer::common_name) ||
        !matches(profile.certificate_fingerprint, &transport::TlsPeer::fingerprint_sha256)) {
        return LogonRefusal::WrongCertificate;
    }
    if (session.is_live()) {
        return LogonRefusal::AlreadyLoggedOn;
    }
    if (!profile.username.empty() && profile.username != peek.username) {
        return LogonRefusal::WrongCredentials;
    }
    if (!profile.enabled) {
        return LogonRefusal::Disabled;
    }
    const auto heart_bt =
        engine::number_of(std::string("108=").append(peek.heart_bt_int).append(1, '\x01'), 108);
    if (!peek.heart_bt_int.empty() &&
        (!heart_bt || static_cast<int>(*heart_bt) < profile.heart_bt_min_s ||
         static_cast<int>(*heart_bt) > profile.heart_bt_max_s)) {
        return LogonRefusal::HeartBtIntRange;
    }
    if (peek.asks_reset() && !profile.allow_reset) {
        return LogonRefusal::ResetNotAllowed;
    }
    return LogonRefusal::Count_;
}

void Acceptor::ask_for_password(transport::Connection& connection,
                                ClientSession& session,
                                const transport::LogonPeek& peek,
                                std::string_view frame) {
    const auto ticket = static_cast<std::uint64_t>(connection.id());
    if (verifier_.submit(ticket, session.profile().password_hash, peek.password) ==
        CredentialVerifier::Submitted::Busy) {
        return refuse(connection, LogonRefusal::Busy, &session, frame, "");
    }
    connection.pause_reading();
    waiting_[ticket] = {&session, std::string(frame)};
}

void Acceptor::verdict(std::uint64_t ticket, CredentialVerdict verdict) {
    auto entry = waiting_.extract(ticket);
    if (entry.empty()) {
        return;
    }
    Waiting& waiting = entry.mapped();
    transport::Connection* connection = reactor_.find(transport::ConnectionId{ticket});
    if (connection != nullptr) {
        connection->resume_reading();
        // The world may have moved while the password was checked.
        const auto peek = transport::LogonPeek::read(waiting.logon);
        const LogonRefusal now =
            peek ? check(*connection, *waiting.session, *peek) : LogonRefusal::Malformed;
        if (verdict != CredentialVerdict::Match) {
            refuse(
                *connection, LogonRefusal::WrongCredentials, waiting.session, waiting.logon,
                verdict == CredentialVerdict::BadStoredHash ? "the stored hash is unusable" : "");
        } else if (now != LogonRefusal::Count_) {
            refuse(*connection, now, waiting.session, waiting.logon, "");
        } else {
            waiting.session->begin(*connection, waiting.logon);
        }
    }
    wipe(waiting.logon);
}

void Acceptor::refuse(transport::Connection& connection,
                      LogonRefusal why,
                      const ClientSession* session,
                      std::string_view frame,
                      std::string_view detail) {
    ++refused_[static_cast<std::size_t>(why)];
    if (settings_.on_refused) {
        const std::string peer = connection.peer().text();
        RefusedLogon refusal;
        refusal.why = why;
        refusal.session = session == nullptr ? std::string_view{} : session->profile().name;
        refusal.peer = peer;
        refusal.sender_comp_id = engine::field_of(frame, 49);
        refusal.target_comp_id = engine::field_of(frame, 56);
        refusal.detail = detail;
        settings_.on_refused(refusal);
    }
    if (session != nullptr && settings_.answer_refused && may_be_told(why)) {
        say_logout(connection, *session, to_text(why));
        connection.close_after_flush(to_text(why));
    } else {
        connection.close(transport::CloseReason::Asked, to_text(why));
    }
}

// Under the next number but without taking it: the store does not know of this message.
void Acceptor::say_logout(transport::Connection& connection,
                          const ClientSession& session,
                          std::string_view text) {
    const SessionProfile& profile = session.profile();
    std::string body =
        "35=5\x01"
        "34=" +
        std::to_string(session.host().next_sender());
    body.append(
            "\x01"
            "49=")
        .append(profile.our_comp_id);
    body.append(
            "\x01"
            "52=")
        .append(utc_text(shared_.clock.utc()));
    body.append(
            "\x01"
            "56=")
        .append(profile.their_comp_id);
    body.append(
            "\x01"
            "58=")
        .append(text)
        .append(1, '\x01');
    (void)connection.send(engine::framed(begin_string(profile.version), body), 0);
}

void Acceptor::on_closed(transport::Connection& connection,
                         transport::CloseReason,
                         std::string_view) {
    const auto entry = waiting_.find(static_cast<std::uint64_t>(connection.id()));
    if (entry != waiting_.end()) {
        wipe(entry->second.logon);
        waiting_.erase(entry);
    }
}

std::size_t Acceptor::poll(std::size_t budget) {
    std::size_t done = verifier_.poll(
        [this](std::uint64_t ticket, CredentialVerdict answer) { verdict(ticket, answer); });
    const std::size_t busy = shared_.busy.size();  // those that join meanwhile come next turn
    std::size_t still = 0;
    for (std::size_t i = 0; i < busy; ++i) {
        if (shared_.busy[i]->go_on()) {
            shared_.busy[still++] = shared_.busy[i];
        }
    }
    shared_.busy.erase(shared_.busy.begin() + static_cast<std::ptrdiff_t>(still),
                       shared_.busy.begin() + static_cast<std::ptrdiff_t>(busy));
    return done + busy - still + take_reports(budget);
}

std::size_t Acceptor::take_reports(std::size_t budget) {
    std::size_t done = 0;
    while (done < budget) {
        const Report* report = reports_.peek();
        if (report == nullptr) {
            break;
        }
        ClientSession* session = session_of(report->session);
        if (session != nullptr) {
            const ClientSession* owner = session_of(report->owner);
            session->report(*report,
                            owner == nullptr ? std::string_view{} : owner->profile().their_comp_id);
        }
        reports_.pop();
        ++done;
    }
    return done;
}

bool Acceptor::has_work() const {
    return verifier_.has_verdicts() || reports_.depth() != 0 || !shared_.busy.empty();
}

bool Acceptor::all_logged_out() const {
    return std::none_of(sessions_.begin(), sessions_.end(),
                        [](const auto& session) { return session->is_live(); });
}

void Acceptor::logout_all(std::string_view text) {
    for (const auto& session : sessions_) {
        if (session->is_live()) {
            session->logout(text);
        }
    }
}

ClientSession* Acceptor::session_of(SessionId session) const {
    return session.value < by_id_.size() ? by_id_[session.value] : nullptr;
}

std::vector<ClientStatus> Acceptor::list() const {
    std::vector<ClientStatus> all;
    for (const auto& session : sessions_) {
        const SessionProfile& profile = session->profile();
        all.push_back({profile.id, profile.name, session->host().status(),
                       std::string(session->peer()), std::string(session->last_event()),
                       profile.enabled});
    }
    return all;
}

Acceptor::Asked Acceptor::logout(SessionId id, std::string_view text) {
    ClientSession* session = session_of(id);
    if (session == nullptr) {
        return Asked::UnknownSession;
    }
    session->logout(text);
    return Asked::Done;
}

Acceptor::Asked Acceptor::set_enabled(SessionId id, bool enabled) {
    ClientSession* session = session_of(id);
    if (session == nullptr) {
        return Asked::UnknownSession;
    }
    session->profile().enabled = enabled;
    if (!enabled && session->is_live()) {
        session->logout("session is disabled");
    }
    return Asked::Done;
}

Acceptor::Asked Acceptor::set_numbers(SessionId id,
                                      std::uint32_t next_sender,
                                      std::uint32_t next_target) {
    ClientSession* session = session_of(id);
    if (session == nullptr) {
        return Asked::UnknownSession;
    }
    if (session->is_live() || next_sender == 0 || next_target == 0) {
        return Asked::LoggedOn;
    }
    const SeqReason reason =
        next_sender == 1 && next_target == 1 ? SeqReason::Reset : SeqReason::Operator;
    return session->host().set_numbers(next_sender, next_target, reason) ? Asked::Done
                                                                         : Asked::Failed;
}

}  // namespace sluice
