// Where one FIX session stands, as the journal says it: the next numbers of both directions and the
// position of every message sent. This is all the state that JournalStore has. Built frame by frame
// at recovery with learn(), and moved by the same rules while running. Owner: the I/O thread.
//
// What a record means for the numbers:
//   FIX_OUT n        the next outgoing number is n + 1
//   COMMAND n        the next incoming number is at least n + 1 (client sessions)
//                    not yet when it says kMoreFollow: the message has more commands
//   VENUE_EVENT n    likewise (venue sessions, by line); 0 is an event of the adapter's own; one
//                    that says kTakeover ends the resending of all that was sent before
//   SESSION_SEQ      both numbers; with a reset nothing sent before can be asked for again
// A COMMAND whose message was received before a reset, but taken after it, says nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/domain/fix_record.hpp"
#include "gateway/domain/venue_event.hpp"
#include "gateway/journal/log.hpp"

namespace sluice::engine {

class StoreIndex {
public:
    // `session`: the frame header's index, a SessionId's value or venue_session_index().
    explicit StoreIndex(std::uint32_t session) : session_(session) {}

    // Frames of other sessions and of other types are ignored, so that a reader may show it all.
    // COMMAND and VENUE_EVENT frames must hold a Command or VenueEvent as they stand.
    void learn(const journal::Frame& frame);

    std::uint32_t session() const { return session_; }
    std::uint32_t next_sender() const { return next_sender_; }
    std::uint32_t next_target() const { return next_target_; }
    std::int64_t created_ns() const { return created_ns_; }  // of the last reset, 0 never
    std::uint64_t last_out_seq() const { return last_out_seq_; }

    void sent(std::uint32_t msg_seq_num, const FixOutHead& head, const journal::Appended& where);
    void set_next_sender(std::uint32_t next);
    void set_next_target(std::uint32_t next) { next_target_ = next; }
    // What was sent so far is not to be sent again when the peer asks for it: it is gap-filled.
    void supersede_sent() { superseded_below_ = next_sender_; }
    bool is_superseded(std::uint32_t msg_seq_num) const { return msg_seq_num < superseded_below_; }
    void reset(std::uint64_t at_seq, std::int64_t now_ns);

    // Position of the message sent under this number; none for numbers never used or before a
    // reset.
    journal::Position position_of(std::uint32_t msg_seq_num) const;

    // Client sessions: whether the core's report (cause, ordinal) was given a number already.
    // Reports of one session are numbered in the core's order, so the last one speaks for all
    // before it. Survives resets.
    bool gave(std::uint64_t cause, std::uint32_t ordinal) const;
    // Which of the core's outputs went out under this number; false when it was none.
    struct Given {
        std::uint64_t cause = 0;
        std::uint32_t ordinal = 0;
    };
    const Given& last_given() const { return last_given_; }

private:
    void learn_event(const VenueEvent& event);
    void learn_numbers(const SessionSeqHead& head, const journal::Frame& frame);
    void consumed(std::uint32_t msg_seq_num);

    std::uint32_t session_;
    std::uint32_t next_sender_ = 1;
    std::uint32_t next_target_ = 1;
    std::uint32_t superseded_below_ = 0;
    std::uint64_t reset_seq_ = 0;  // journal sequence number of the last reset
    std::int64_t created_ns_ = 0;
    std::uint64_t last_out_seq_ = 0;  // journal sequence number of the last FIX_OUT
    Given last_given_;
    std::vector<journal::Position> positions_;  // [n - 1] of MsgSeqNum(34) n
};

}  // namespace sluice::engine
