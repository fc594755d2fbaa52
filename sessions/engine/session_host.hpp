// SessionHost: one FIX session, client or venue side. It owns the QuickFIX session object, gives it
// our transport (Wire), our journal (JournalStore) and one shared dictionary, and is the place
// where QuickFIX's exceptions end. Owner: the I/O thread; not one call comes from elsewhere.
//
// Every message is in the journal before it has an effect: received ones as FIX_IN before they are
// judged, sent ones as FIX_OUT before they are handed to the wire, tagged with that record's
// sequence number. The wire's release gate is the only place where effects wait.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/domain/fix_record.hpp"
#include "gateway/journal/log.hpp"
#include "sessions/engine/clock.hpp"
#include "sessions/engine/consumed_by.hpp"
#include "sessions/engine/dictionaries.hpp"
#include "sessions/engine/in_flight.hpp"
#include "sessions/engine/store_index.hpp"

namespace sluice::engine {

struct HostSettings {
    DictionaryFiles dictionaries;  // its begin_string is the session's BeginString(8)
    std::string our_comp_id;       // SenderCompID(49) of what we send
    std::string their_comp_id;     // TargetCompID(56) of what we send
    int heart_bt_int = 0;          // HeartBtInt(108) we ask for as initiator; 0: we accept
    bool reset_on_logon = false;
    bool reset_on_logout = false;
    bool reset_on_disconnect = false;
    int max_latency_s = 120;  // SendingTime(52) may differ that much; 0: not checked
    std::string username;     // initiator: Username(553), Password(554) of its Logon(A)
    std::string password;
    std::uint32_t resend_slice = 500;          // messages answered to a ResendRequest(2) per turn
    std::size_t resend_output_max = 1U << 20;  // no further slice while more bytes than this wait
    std::size_t queued_max = 2'000;            // messages ahead of a gap kept inside QuickFIX
    bool fast_path = true;  // plain messages in sequence do not pass QuickFIX; see receive_fast()
};

// Where bytes go. One exists while the peer is connected.
class Wire {
public:
    virtual ~Wire() = default;
    virtual bool send(std::string_view bytes, std::uint64_t journal_seq) = 0;
    virtual std::size_t output_bytes() const = 0;
    // Lets out what is queued, then closes. No call comes to this wire afterwards.
    virtual void hang_up(std::string_view why) = 0;
};

class HostOwner : public InFlight {
public:
    struct Incoming {
        std::string_view message;  // whole, screened and validated
        std::uint32_t msg_seq_num = 0;
        std::uint64_t fix_in_seq = 0;  // journal sequence number of its FIX_IN record
    };
    // In sequence, once. May not throw.
    virtual ConsumedBy on_app(const Incoming& incoming) = 0;
    // Reject(3) from the peer. May not throw.
    virtual ConsumedBy on_session_reject(const Incoming& incoming) = 0;
    virtual void on_logged_on() = 0;
    virtual void on_logged_out() = 0;  // by Logout(5), by time-out or by loss of the connection
};

struct HostStatus {
    bool logged_on = false;
    bool connected = false;
    bool failed = false;
    std::uint32_t next_sender = 1;
    std::uint32_t next_target = 1;
    int heart_bt_int = 0;
    std::size_t queued = 0;
    std::uint64_t received = 0;
    std::uint64_t received_fast = 0;  // of them, without QuickFIX
    std::uint64_t sent = 0;
};

class SessionHost {
public:
    // Throws std::runtime_error when the dictionary cannot be read or QuickFIX refuses: at start.
    SessionHost(HostSettings settings,
                Dictionaries& dictionaries,
                journal::LogWriter& log,
                Clock& clock,
                StoreIndex index,
                HostOwner& owner);
    ~SessionHost();
    SessionHost(const SessionHost&) = delete;
    SessionHost& operator=(const SessionHost&) = delete;

    // A peer is there. An initiator sends its Logon(A) with the next tick().
    void attach(Wire& wire);
    // The wire is gone, for whatever reason.
    void detach();
    bool is_attached() const;

    // A framed message, not screened yet. True: it was a plain application message in sequence and
    // is consumed, with the same effects as receive(). False: nothing happened, it has to go
    // through the screen and receive(). The rules are in fast_gate.hpp.
    bool receive_fast(std::string_view frame);
    // A framed and screened message. Until logged on nothing but Logon(A) may be given.
    void receive(std::string_view frame);
    // Likewise, answered with Reject(3) without QuickFIX's parser seeing it: what the structural
    // screen stops after logon. Only for the expected number; others are dropped.
    void refuse_unscreened(std::string_view frame, std::string_view ref_tag, std::string_view text);
    // An application message taken off the wire that nobody has room for: consumed and answered
    // with BusinessMessageReject(j), BusinessRejectReason(380) = 4 application not available.
    void receive_busy(std::string_view frame, std::string_view text);
    // Once a second from a clock: Logon, Heartbeat(0), TestRequest(1), time-outs.
    void tick();
    // Each turn: the next slice of a resend, and records that are owed.
    void poll();
    bool has_work() const;  // a resend or an owed record waits for poll()

    // Says Logout(5) and ends the session; the peer may log on again.
    void logout(std::string_view text);
    void hang_up(std::string_view why);

    // For what we encode ourselves: give() stores the bytes under next_sender() and, when logged
    // on, hands them to the wire; otherwise the peer gets them by resend. False: journal failed.
    std::uint32_t next_sender() const;
    std::uint32_t next_target() const;
    bool give(FixOutHead head, std::string_view bytes);

    // Nothing that was sent so far is sent again when the peer asks for it (StoreIndex).
    void supersede_sent();

    bool is_logged_on() const;
    bool is_initiator() const;
    HostStatus status() const;
    const StoreIndex& index() const;
    // Not while logged on. False when the journal has failed.
    bool set_numbers(std::uint32_t next_sender, std::uint32_t next_target, SeqReason reason);

private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace sluice::engine
