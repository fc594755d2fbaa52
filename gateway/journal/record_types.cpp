#include "gateway/journal/record_types.hpp"

#include <array>
#include <utility>

namespace sluice::journal {
namespace {

constexpr std::array<std::pair<RecordType, std::string_view>, 36> kNames{{
    {RecordType::SegmentOpen, "SEGMENT_OPEN"},
    {RecordType::SegmentSeal, "SEGMENT_SEAL"},
    {RecordType::Pad, "PAD"},
    {RecordType::Recovery, "RECOVERY"},
    {RecordType::SnapshotRef, "SNAPSHOT_REF"},
    {RecordType::Clock, "CLOCK"},
    {RecordType::Process, "PROCESS"},
    {RecordType::SegmentEnd, "SEGMENT_END"},
    {RecordType::ConfigDoc, "CONFIG_DOC"},
    {RecordType::LimitChange, "LIMIT_CHANGE"},
    {RecordType::KillChange, "KILL_CHANGE"},
    {RecordType::OverrideTicket, "OVERRIDE_TICKET"},
    {RecordType::AdminAuth, "ADMIN_AUTH"},
    {RecordType::RefdataLoad, "REFDATA_LOAD"},
    {RecordType::PositionLoad, "POSITION_LOAD"},
    {RecordType::FxRate, "FX_RATE"},
    {RecordType::DayRoll, "DAY_ROLL"},
    {RecordType::PhaseChange, "PHASE_CHANGE"},
    {RecordType::StatusChange, "STATUS_CHANGE"},
    {RecordType::RefPrice, "REF_PRICE"},
    {RecordType::Tick, "TICK"},
    {RecordType::SessionSeq, "SESSION_SEQ"},
    {RecordType::OrderAction, "ORDER_ACTION"},
    {RecordType::FixIn, "FIX_IN"},
    {RecordType::FixOut, "FIX_OUT"},
    {RecordType::SessionEvent, "SESSION_EVENT"},
    {RecordType::Command, "COMMAND"},
    {RecordType::Decision, "DECISION"},
    {RecordType::ReserveDelta, "RESERVE_DELTA"},
    {RecordType::Egress, "EGRESS"},
    {RecordType::VenueEvent, "VENUE_EVENT"},
    {RecordType::PositionDelta, "POSITION_DELTA"},
    {RecordType::Alert, "ALERT"},
    {RecordType::InvariantFail, "INVARIANT_FAIL"},
    {RecordType::Annihilate, "ANNIHILATE"},
    {RecordType::None, "NONE"},
}};

}  // namespace

std::string_view name(RecordType type) {
    for (const auto& [known, text] : kNames) {
        if (known == type) {
            return text;
        }
    }
    return "UNKNOWN";
}

std::optional<RecordType> parse_record_type(std::string_view text) {
    for (const auto& [known, spelled] : kNames) {
        if (spelled == text && known != RecordType::None) {
            return known;
        }
    }
    return std::nullopt;
}

}  // namespace sluice::journal
