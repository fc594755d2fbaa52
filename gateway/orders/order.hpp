// An order as it stands: the facts that venue events and client requests left behind. Everything
// that a report states (OrdStatus(39), LeavesQty(151), AvgPx(6)) and everything that risk reserves
// is a function of these facts (order_state.hpp). Owner: the core thread. The first 128 bytes are
// what the order path touches; texts and versions in flight follow.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/text.hpp"
#include "gateway/domain/time.hpp"

namespace sluice {

inline constexpr std::size_t kPendingReplacesMax = 4;

// One accepted wording of the order: by the new order, or by one replace. Risk figures are pinned
// when risk accepts the version and never looked up again.
struct OrderVersion {
    Quantity order_qty;         // OrderQty(38), the total
    Price price;                // Price(44), 0 for a market order
    Price risk_px;              // what one unit is reserved at, not negative
    Decimal fx;                 // instrument's currency to the account's
    Decimal fx_firm;            // instrument's currency to the firm's
    std::uint32_t request = 0;  // VenueRequest::version that carried it; 0 for the new order
    std::uint32_t reserved = 0;
};

// What else a request asks of the venue. The core hands it on and decides nothing by it.
struct OrderTerms {
    Price stop_px;                    // StopPx(99)
    Quantity max_floor;               // MaxFloor(111)
    UtcNanos expire;                  // ExpireTime(126) or ExpireDate(432)
    std::uint32_t extras = kNoIndex;  // slot in OrderTable's extras; kNoIndex: none
    // command_flag: kHasStopPx, kHasMaxFloor, kHasExpire, kExpireIsDate.
    std::uint16_t flags = 0;
    std::uint16_t reserved = 0;
};

// A replace that risk accepted and the venue has not answered.
struct PendingReplace {
    OrderVersion version;
    OrderTerms terms;
    ClOrdId cl_ord_id;
};

// A cancel that was sent and not answered.
struct PendingCancel {
    ClOrdId cl_ord_id;  // empty when the cancel is ours (kill switch, disconnect)
    std::uint32_t request = 0;
    bool active = false;
    std::uint8_t why = 0;  // of ours: ExecRestatementReason(378) of the report that follows
};

// Why an order is over for good. Filled is not among them: it follows from CumQty(14), and a
// replace, a bust or a correction can undo it.
enum class Closed : std::uint8_t { No = 0, Rejected, Canceled, Expired, DoneForDay };

namespace order_flag {
inline constexpr std::uint16_t kAcknowledged = 1;  // the venue said New
inline constexpr std::uint16_t kReplaced = 2;      // at least one replace was accepted by the venue
inline constexpr std::uint16_t kStopped = 4;
inline constexpr std::uint16_t kSuspended = 8;
inline constexpr std::uint16_t kDoneForDay = 16;  // a good-till order that rests until the next day
inline constexpr std::uint16_t kOverFilled = 32;  // CumQty(14) went beyond every version's OrderQty
inline constexpr std::uint16_t kCountedOpen = 64;  // owned by risk: counted among the open orders
// A request was not answered in time, or the venue's session broke in between: what became of it is
// not known. Ends with the venue's next word that tells, or by an operator.
inline constexpr std::uint16_t kInDoubt = 128;
inline constexpr std::uint16_t kMayHold = 256;  // its route holds it while the venue is away
// The venue stated more CumQty(14) than was booked; ends as a doubt does.
inline constexpr std::uint16_t kMissesFills = 1024;
inline constexpr std::uint16_t kCarried = 512;  // lives since an earlier day: see prior_cum_qty
}  // namespace order_flag

struct alignas(64) Order {
    OrderId id;
    OrderVersion live;  // what the venue holds, as far as it told us
    Quantity cum_qty;   // CumQty(14)
    // Quantity that fills had taken and busts gave back. It does not work again unless the venue
    // restates the order, so it is no part of LeavesQty(151).
    Quantity busted_qty;
    // Owned by risk (RiskEngine::settle): what this order contributes to every aggregate above it.
    Quantity reserved_qty;
    Notional reserved_notional;       // in the account's currency
    Notional reserved_notional_firm;  // in the firm's
    SessionId session;
    AccountId account;
    InstrumentId instrument;
    VenueId venue;
    std::uint32_t position_row = kNoIndex;  // owned by risk
    Side side = Side::None;
    OrdType ord_type = OrdType::None;
    TimeInForce time_in_force = TimeInForce::Day;
    Closed closed = Closed::No;
    std::uint8_t pending_count = 0;
    std::uint16_t flags = 0;

    // The colder part.
    std::uint32_t next_request = 1;  // number of the next VenueRequest on this order
    Wide fill_value = 0;             // sum of LastQty * LastPx over live fills, at 10^-16
    UtcNanos created;
    UtcNanos updated;
    UtcNanos asked;    // when the newest request went to the venue
    OrderTerms terms;  // of the live version
    // CumQty(14) and fill_value when the present day began, with kCarried.
    Quantity prior_cum_qty;
    Wide prior_fill_value = 0;
    std::array<PendingReplace, kPendingReplacesMax> pending{};  // oldest first, pending_count used
    PendingCancel pending_cancel;
    ClOrdId root_cl_ord_id;  // of the new order: names the chain
    ClOrdId cl_ord_id;       // of the live version
    DestinationName ex_destination;
    ForeignId venue_order_id;
    // Owned by risk: where the order stands among our own prices.
    Price own_price;
    std::uint32_t own_price_group = kNoIndex;
    std::uint32_t trader = kNoIndex;

    bool has(std::uint16_t flag) const { return (flags & flag) != 0; }
    void set(std::uint16_t flag) { flags = static_cast<std::uint16_t>(flags | flag); }
    void clear(std::uint16_t flag) { flags = static_cast<std::uint16_t>(flags & ~flag); }
};
static_assert(offsetof(Order, next_request) <= 144, "the hot part");

}  // namespace sluice
