// ClientSession: a trading client's FIX session with everything around the engine: its connection,
// its way to the core and back. Owner: the I/O thread.
//
// Back-pressure. When the commands channel has no room for another order, the message is held
// unread by the engine and its socket is not read; nothing is lost or reordered. The last eighth of
// the channel is for cancels. A NewOrderList(E) waits until there is room for all of its orders.
// After busy_wait the held message is refused with
// BusinessMessageReject(j). Logon(A) and Logout(5) wait until the core has taken all commands of
// the session, and so does the end of a connection, since they may reset the numbers.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "gateway/domain/input.hpp"
#include "sessions/directory.hpp"
#include "sessions/engine/session_host.hpp"
#include "sessions/tracked_sender.hpp"
#include "sessions/transport/connection.hpp"
#include "sessions/words.hpp"

namespace sluice {

class ClientSession;

// What all client sessions of one I/O thread share. References live as long as the acceptor.
struct ClientShared {
    TrackedSender<Command> commands;
    TrackedSender<SessionEvent> events;
    engine::Clock& clock;
    std::int64_t busy_wait_ns = kNanosPerSecond;
    std::uint32_t unscreened_max = 16;  // messages stopped by the screen, then the session is ended
    std::vector<ClientSession*> busy{};  // whose go_on() is to be called each turn
};

class ClientSession final : public transport::ConnectionHandler,
                            public engine::Wire,
                            public engine::HostOwner {
public:
    ClientSession(SessionProfile& profile,
                  ClientShared& shared,
                  ClientWords& words,
                  engine::Dictionaries& dictionaries,
                  journal::LogWriter& log,
                  engine::StoreIndex index);

    SessionProfile& profile() { return profile_; }
    const SessionProfile& profile() const { return profile_; }
    engine::SessionHost& host() { return host_; }
    const engine::SessionHost& host() const { return host_; }

    // From an authenticated Logon(A) to the moment when everything of the connection is settled.
    bool is_live() const { return live_; }
    void begin(transport::Connection& connection, std::string_view logon);

    // A report of the core, once: one that has its number already is passed over.
    // `on_behalf_of`: of a drop copy, the CompID of the client whose order it is about.
    void report(const Report& report, std::string_view on_behalf_of = {});
    // Each turn while it answers true: goes on with what was held. Called through
    // ClientShared::busy.
    bool go_on();
    void tick();
    void logout(std::string_view text);
    std::string_view last_event() const { return last_event_; }
    std::string_view peer() const { return peer_; }

    void on_frame(transport::Connection& connection, std::string_view frame) override;
    void on_closed(transport::Connection& connection,
                   transport::CloseReason reason,
                   std::string_view text) override;
    bool send(std::string_view bytes, std::uint64_t journal_seq) override;
    std::size_t output_bytes() const override;
    void hang_up(std::string_view why) override;
    engine::ConsumedBy on_app(const Incoming& incoming) override;
    engine::ConsumedBy on_session_reject(const Incoming& incoming) override;
    void on_logged_on() override;
    void on_logged_out() override;
    bool records_in_flight() const override;

private:
    bool has_work() const;
    void note_work();  // into the list of the busy, when there is work
    void take(std::string_view frame);
    bool may_go_fast();
    bool must_wait(std::string_view frame);
    bool has_room_for(std::string_view msg_type, std::size_t commands = 1);
    void send(const Command& command);
    void hold(std::string_view frame);
    void go_on_with_held();
    void say(SessionEvent::Kind kind);
    void flush_backlog();
    void settle_end();

    SessionProfile& profile_;
    ClientShared& shared_;
    ClientWords& words_;
    engine::SessionHost host_;
    transport::Connection* connection_ = nullptr;
    std::vector<Command> list_;        // of the NewOrderList(E) that is being taken
    std::deque<Command> backlog_;      // commands of a filled gap that found no room
    std::deque<SessionEvent> unsaid_;  // likewise for session events
    std::string held_;                 // the message that waits for room
    std::int64_t held_since_ = 0;      // monotonic
    std::uint64_t last_command_ = 0;   // ticket
    std::uint64_t last_event_ticket_ = 0;
    std::uint32_t unscreened_ = 0;
    SessionEvent::CancelWish cancel_wish_ = SessionEvent::CancelWish::NotSaid;
    bool live_ = false;
    bool is_busy_ = false;  // in ClientShared::busy
    bool ended_ = false;    // the connection is gone, the engine has not been told yet
    bool saw_logout_ = false;
    std::string last_event_;
    std::string peer_;
};

}  // namespace sluice
