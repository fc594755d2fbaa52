// SessionHouse: acceptor, reactor and listener over a journal in memory, with the test as the core.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sessions/acceptor.hpp"
#include "sessions/transport/listener.hpp"
#include "tests/unit/engine/memory_log.hpp"
#include "tests/unit/sessions/socket_peer.hpp"
#include "tests/unit/sessions/test_words.hpp"

namespace sluice::test {

SessionProfile profile_of(FixVersion version = FixVersion::Fix44);

class SessionHouse {
public:
    explicit SessionHouse(std::vector<SessionProfile> profiles = {profile_of()},
                          AcceptorSettings settings = {},
                          std::size_t command_room = 1024,
                          ClientWords* words = nullptr);
    ~SessionHouse();

    void restart();  // a new process on the same journal
    std::uint16_t port() const { return listener_->address().port(); }
    // One turn of the loop and of the peer; until() turns until it is so, at most 10 s.
    void turn();
    bool until(const std::function<bool()>& is_so);
    // The next message that arrives at the peer, with bars; "closed" when the connection ends.
    std::string next(SocketPeer& peer);
    void report(const Report& report);
    void report(std::uint64_t cause, std::string_view cl_ord_id, std::uint32_t session = 0);

    MemoryLog log;
    std::vector<Command> taken;              // by the core
    std::vector<SessionEvent::Kind> events;  // likewise
    SessionEvent last_event;
    std::size_t core_takes_at_most = 1'000'000;  // commands, then it stops as killed
    std::vector<std::string> refusals;           // "wrong credentials", ...
    bool core_runs = true;
    bool gate_open = true;
    std::vector<SocketPeer*> peers;  // pumped with each turn
    std::unique_ptr<Acceptor> acceptor;

private:
    void build();
    void run_core();

    std::vector<SessionProfile> profiles_;
    AcceptorSettings settings_;
    std::size_t command_room_;
    engine::SystemClock clock_;
    engine::Dictionaries dictionaries_;
    TestClientWords test_words_;
    ClientWords* words_;
    std::unique_ptr<Channel<Command>> commands_;
    std::unique_ptr<Channel<SessionEvent>> session_events_;
    std::unique_ptr<Channel<Report>> reports_;
    std::unique_ptr<transport::Reactor> reactor_;
    std::unique_ptr<CredentialVerifier> verifier_;
    transport::Admission admission_;
    std::unique_ptr<transport::Listener> listener_;
};

}  // namespace sluice::test
