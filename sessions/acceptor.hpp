// Acceptor: the door for trading clients. It is the handler of every listener and decides on the
// first message of a connection whose session it is and whether it may log on, before QuickFIX sees
// a byte: QuickFIX would reset the store on ResetSeqNumFlag(141)=Y before it asks anyone. A refused
// Logon(A) moves no sequence number. Then the connection belongs to its ClientSession.
//
// Owner: the I/O thread. poll() belongs into its loop, after Reactor::poll(); flush_all() of the
// reactor after it.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "sessions/client_session.hpp"
#include "sessions/credentials/credential_verifier.hpp"
#include "sessions/transport/logon_peek.hpp"
#include "sessions/transport/reactor.hpp"

namespace sluice {

enum class LogonRefusal : std::uint8_t {
    Malformed = 0,  // the screen stops it
    NotLogon,
    UnknownSession,
    WrongListener,
    Disabled,
    AlreadyLoggedOn,
    AddressNotAllowed,
    WrongCertificate,
    WrongCredentials,
    HeartBtIntRange,
    ResetNotAllowed,
    Busy,  // too many passwords to check
    Count_
};
std::string_view to_text(LogonRefusal refusal);

// For the log: why a Logon(A) was refused. Never holds a password.
struct RefusedLogon {
    LogonRefusal why = LogonRefusal::Malformed;
    std::string_view session;  // name; empty when unknown
    std::string_view peer;     // address
    std::string_view sender_comp_id;
    std::string_view target_comp_id;
    std::string_view detail;
};

struct ClientStatus {
    SessionId id;
    std::string name;
    engine::HostStatus host;
    std::string peer;        // address of the connection, or of the last one
    std::string last_event;  // "logged on", "peer closed", ...
    bool enabled = true;
};

struct AcceptorSettings {
    bool answer_refused = true;  // Logout(5) with Text(58) where the client may know the reason
    std::int64_t busy_wait_ns = kNanosPerSecond;
    std::function<void(const RefusedLogon&)> on_refused;  // may be empty
};

// The words for a FIX version; the objects outlive the acceptor.
using WordsOf = std::function<ClientWords&(FixVersion)>;

class Acceptor final : public transport::ConnectionHandler {
public:
    // `recovered` gives what the journal says about each session (learned before). Throws
    // std::runtime_error when a dictionary cannot be read.
    Acceptor(transport::Reactor& reactor,
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
             AcceptorSettings settings = {});
    ~Acceptor() override;

    std::size_t poll(std::size_t budget);
    bool has_work() const;  // something waits that no socket event announces
    bool all_logged_out() const;
    void logout_all(std::string_view text);

    // For the operator, on the I/O thread.
    std::vector<ClientStatus> list() const;
    enum class Asked : std::uint8_t { Done, UnknownSession, LoggedOn, Failed };
    Asked logout(SessionId session, std::string_view text);
    Asked set_enabled(SessionId session, bool enabled);  // false also logs out
    // Refused while logged on. Both 1 is a reset: nothing sent before can be asked for again.
    Asked set_numbers(SessionId session, std::uint32_t next_sender, std::uint32_t next_target);
    std::uint64_t refused(LogonRefusal why) const {
        return refused_[static_cast<std::size_t>(why)];
    }

    void on_frame(transport::Connection& connection, std::string_view frame) override;
    void on_closed(transport::Connection& connection,
                   transport::CloseReason reason,
                   std::string_view text) override;

private:
    struct Waiting {
        ClientSession* session = nullptr;
        std::string logon;
    };
    ClientSession* session_of(SessionId session) const;
    LogonRefusal check(const transport::Connection& connection,
                       const ClientSession& session,
                       const transport::LogonPeek& peek) const;
    void ask_for_password(transport::Connection& connection,
                          ClientSession& session,
                          const transport::LogonPeek& peek,
                          std::string_view frame);
    void verdict(std::uint64_t ticket, CredentialVerdict verdict);
    void refuse(transport::Connection& connection,
                LogonRefusal why,
                const ClientSession* session,
                std::string_view frame,
                std::string_view detail);
    void say_logout(transport::Connection& connection,
                    const ClientSession& session,
                    std::string_view text);
    std::size_t take_reports(std::size_t budget);
    void tick();

    transport::Reactor& reactor_;
    CredentialVerifier& verifier_;
    SessionDirectory directory_;
    AcceptorSettings settings_;
    ClientShared shared_;
    Receiver<Report> reports_;
    std::vector<std::unique_ptr<ClientSession>> sessions_;  // as in the directory
    std::vector<ClientSession*> by_id_;                     // [SessionId]
    std::unordered_map<std::uint64_t, Waiting> waiting_;    // [ConnectionId] password being checked
    std::array<std::uint64_t, static_cast<std::size_t>(LogonRefusal::Count_)> refused_{};
    transport::TimerId tick_ = transport::TimerId::None;
    std::size_t ticks_ = 1;  // in a second; each visits every ticks_-th session
    std::size_t next_tick_ = 0;
};

}  // namespace sluice
