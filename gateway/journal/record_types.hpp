// What a journal record is, as a number that never changes its meaning. The journal itself looks
// only into its own (1..9); the layouts of the others belong to the rooms that write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice::journal {

enum class RecordType : std::uint16_t {
    None = 0,
    SegmentOpen = 1,  // reserved: the segment header says it
    SegmentSeal = 2,  // Seal (seal.hpp)
    Pad = 3,          // non-zero fill up to the next 4 KiB boundary
    Recovery = 4,     // RecoveryNote (recovery.hpp)
    SnapshotRef = 5,
    Clock = 6,
    Process = 7,     // start or stop of a process: its epoch, version, build
    SegmentEnd = 8,  // non-zero fill up to the end of a full segment
    ConfigDoc = 10,
    LimitChange = 11,
    KillChange = 12,
    OverrideTicket = 13,
    AdminAuth = 14,
    RefdataLoad = 15,
    PositionLoad = 16,
    FxRate = 17,
    DayRoll = 18,
    PhaseChange = 19,
    RefPrice = 20,
    Tick = 21,          // timer input of the core
    SessionSeq = 22,    // sequence numbers of a FIX session, set explicitly
    OrderAction = 23,   // an operator cancels or resolves an order
    StatusChange = 24,  // an instrument is halted, or traded again
    FixIn = 30,
    FixOut = 31,
    SessionEvent = 32,
    Command = 33,  // a decoded client request: input of the core
    Decision = 40,
    ReserveDelta = 41,
    Egress = 42,
    VenueEvent = 43,
    PositionDelta = 44,
    Alert = 45,
    InvariantFail = 46,
    Annihilate = 47,
};

// "FIX_IN"; "UNKNOWN" for a number that this version does not know.
std::string_view name(RecordType type);
std::optional<RecordType> parse_record_type(std::string_view text);

// Fill: carries nothing, and readers skip it unless they ask for it.
constexpr bool is_fill(RecordType type) {
    return type == RecordType::Pad || type == RecordType::SegmentEnd;
}

}  // namespace sluice::journal
