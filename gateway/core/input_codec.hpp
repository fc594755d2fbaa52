// An input of the core as a journal record and back. The payload is the input's struct as it
// stands; schema 1. Used by the stage that writes and by everything that reads: recovery, replay.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "gateway/core/core.hpp"
#include "gateway/domain/extras.hpp"
#include "gateway/domain/input.hpp"
#include "gateway/domain/result.hpp"
#include "gateway/journal/log.hpp"

namespace sluice {

inline constexpr std::uint16_t kInputSchema = 1;

// The head of an ALERT record; the words follow.
struct AlertHead {
    std::uint64_t cause = 0;
};

// COMMAND, VENUE_EVENT, SESSION_EVENT, LIMIT_CHANGE, KILL_CHANGE, REF_PRICE, DAY_ROLL, TICK,
// PROCESS, ORDER_ACTION, PHASE_CHANGE, STATUS_CHANGE, FX_RATE, POSITION_LOAD, OVERRIDE_TICKET. A
// configuration document is an input too, but no Event.
bool is_event(journal::RecordType type);
journal::RecordType record_type(const Event& event);
// Type, schema, times and, where the core knows them, order, session and account.
journal::RecordMeta record_meta(const Event& event, const Core& core, UtcNanos time);
// Valid as long as the event.
std::span<const std::byte> payload_of(const Event& event);
// The error names the record's sequence number, type and what was expected.
Result<Event, std::string> decode_event(const journal::Frame& frame);

// The bytes of a trivially copyable value.
template <class T>
std::span<const std::byte> bytes_of(const T& value) {
    return std::as_bytes(std::span<const T, 1>(&value, 1));
}

}  // namespace sluice
