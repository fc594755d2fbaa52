// A decision: what the core answered to a command and why, with the numbers it was taken on.
// Journaled (DECISION record); replay takes the same decision again and compares it byte by byte.
#pragma once

#include <cstdint>
#include <type_traits>

#include "gateway/domain/command.hpp"
#include "gateway/domain/limits.hpp"
#include "gateway/domain/reject_reason.hpp"
#include "gateway/domain/time.hpp"

namespace sluice {

// Where a reference price came from.
enum class RefSource : std::uint8_t { None = 0, Bid, Ask, Last, Close };

// Which routing rule chose the venue.
enum class RouteReason : std::uint8_t {
    None = 0,
    ExDestination,
    Account,
    Instrument,
    AccountInstrument,
    Default
};
std::string_view to_text(RouteReason reason);
std::string_view to_text(RefSource source);

struct Decision {
    std::uint64_t input_seq = 0;  // of the COMMAND
    OrderId order;                // the order made or acted on; 0 when refused before one existed
    Decimal limit;                // of the failing check, 0 when accepted
    Decimal observed;             // likewise; saturated when it exceeds the range
    Price ref_px;                 // reference price used, 0 when none was needed
    UtcNanos ref_time;
    Price risk_px;             // what one unit was priced at for the reservation
    Notional reserved_before;  // the account's reserved notional
    Notional reserved_after;
    Quantity open_before;  // the account's open quantity on this side of the instrument
    Quantity open_after;
    std::int64_t throttle_level = 0;  // nano-tokens left in the session's bucket after the decision
    std::uint64_t config_version = 0;  // which limits were in force
    std::uint64_t checks_run = 0;      // bit n: the n-th row of the check table was evaluated
    VenueId venue{kNoIndex};           // chosen venue when accepted
    std::uint32_t route_rule = 0;      // 1-based row of the routing table, 0 none
    Name scope_name;                   // whose limit failed
    CommandKind command = CommandKind::NewOrder;
    bool accepted = false;
    RejectReason reason = RejectReason::None;
    std::uint8_t failed_check = 0;  // 1-based row of the check table, 0 none
    ScopeKind scope = ScopeKind::None;
    LimitKey limit_key = LimitKey::None;
    RefSource ref_source = RefSource::None;
    RouteReason route_reason = RouteReason::None;
    std::array<char, 7> reserved{};
    std::uint64_t override_ticket = 0;  // the ticket that this order used up, 0 none
};
static_assert(std::has_unique_object_representations_v<Decision>, "journaled: no hidden padding");

}  // namespace sluice
