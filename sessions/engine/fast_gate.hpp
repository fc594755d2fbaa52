// FastGate: which incoming messages of one session may be taken without QuickFIX, so that its state
// stays true all the same. All of these must hold:
//
//  - The message is plain (fast_rules.hpp), with the session's CompIDs and a SendingTime(52) that
//    is good with a second to spare.
//  - Its number is the expected one and higher than any that QuickFIX was shown ahead of a gap:
//    the whole of a gap, its refill and QuickFIX's queue go the slow way.
//  - Since the connection began, QuickFIX has taken a plain application message itself. So whatever
//    else it might want of such a message (a dictionary of the user, an application version that
//    the Logon(A) asked for) has been asked once.
//  - The last message that went the slow way is less than min(1 s, HeartBtInt(108) / 4) ago.
//    QuickFIX measures by those how long the peer has been silent.
//
// Owner: the I/O thread, by the session's host.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sessions/engine/fast_rules.hpp"

namespace sluice::engine {

class FastGate {
public:
    struct Settings {
        bool enabled = true;
        std::string our_comp_id;
        std::string their_comp_id;
        int max_latency_s = 120;  // 0: SendingTime(52) is not compared with the clock
    };
    FastGate(const FastRules& rules, Settings settings)
        : rules_(rules), settings_(std::move(settings)) {}

    struct Now {
        UtcNanos utc;
        std::int64_t mono_ns = 0;
        std::uint32_t expected = 0;  // MsgSeqNum(34)
    };
    bool lets_pass(std::string_view frame, const Now& now, PlainMessage& message);

    // A message goes the slow way.
    void saw(std::uint32_t msg_seq_num, std::uint32_t expected);
    // It was in sequence and QuickFIX has taken it for an application message.
    void open_after(std::string_view frame, std::int64_t mono_ns, int heart_bt_int);
    // The expected number went down: what was seen ahead has no meaning any more.
    void forget_gap() { highest_ahead_ = 0; }
    // A connection begins.
    void close() {
        open_until_ns_ = 0;
        highest_ahead_ = 0;
    }

private:
    const FastRules& rules_;
    Settings settings_;
    TimeReader time_;
    std::int64_t open_until_ns_ = 0;  // monotonic; 0: closed
    std::uint32_t highest_ahead_ = 0;
};

}  // namespace sluice::engine
