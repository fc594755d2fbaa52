// The fixed heads of the FIX records in the journal. The raw bytes of the message follow the head
// (u32 length, bytes); SESSION_SEQ has the head alone. The frame header's `session` holds the FIX
// session's index: a client session's id, or kVenueSession | line | venue id for a FIX session to a
// venue, which may have several of them (lines). Little-endian, trivially copyable, no hidden
// padding: the bytes are the format.
#pragma once

#include <array>
#include <cstdint>
#include <type_traits>

#include "gateway/domain/ids.hpp"

namespace sluice {

inline constexpr std::uint32_t kVenueSession = 0x8000'0000U;
inline constexpr unsigned kVenueLineShift = 20;
inline constexpr std::uint32_t kVenueLinesMax = 16;
inline constexpr std::uint32_t venue_session_index(VenueId venue, std::uint32_t line = 0) {
    return kVenueSession | line << kVenueLineShift | venue.value;
}
inline constexpr bool is_venue_session(std::uint32_t index) {
    return (index & kVenueSession) != 0;
}
inline constexpr VenueId venue_of_session(std::uint32_t index) {
    return {index & ((1U << kVenueLineShift) - 1U)};
}
inline constexpr std::uint32_t line_of_session(std::uint32_t index) {
    return (index & ~kVenueSession) >> kVenueLineShift;
}

// FIX_IN: one message as it was received, before anything judged it.
struct FixInHead {
    std::uint32_t msg_seq_num = 0;  // MsgSeqNum(34)
    std::uint32_t flags = 0;        // reserved, 0
};
static_assert(std::has_unique_object_representations_v<FixInHead>);

enum class FixOutKind : std::uint8_t {
    SessionMessage = 0,  // Logon(A), Heartbeat(0), ...: caused by the session itself
    Report = 1,          // a Report of the core, named by (cause, ordinal)
    VenueRequest = 2,    // a VenueRequest of the core: the send-intent towards a FIX venue
};

// FIX_OUT: one message as it is sent, in the journal before a byte leaves. (cause, ordinal) names
// the core's output that it carries, so recovery knows which outputs were already given a
// MsgSeqNum(34).
struct FixOutHead {
    std::uint64_t cause = 0;  // sequence number of the input, 0 for a session message
    std::uint32_t ordinal = 0;
    std::uint32_t msg_seq_num = 0;  // MsgSeqNum(34)
    FixOutKind kind = FixOutKind::SessionMessage;
    std::array<std::uint8_t, 7> reserved{};
};
static_assert(std::has_unique_object_representations_v<FixOutHead>);

enum class SeqReason : std::uint8_t {
    Advanced = 0,  // an incoming session message consumed a number
    Reset = 1,     // ResetSeqNumFlag(141)=Y, or a schedule's reset
    GapFill = 2,   // SequenceReset(4) received
    Operator = 3,  // set by an operator
};

// SESSION_SEQ: where both counters of a FIX session stand, when no FIX_IN or FIX_OUT says it.
struct SessionSeqHead {
    std::uint32_t next_sender = 1;
    std::uint32_t next_target = 1;
    SeqReason reason = SeqReason::Advanced;
    std::array<std::uint8_t, 7> reserved{};
};
static_assert(std::has_unique_object_representations_v<SessionSeqHead>);

}  // namespace sluice
