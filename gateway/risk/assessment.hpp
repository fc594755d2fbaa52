// The answer of the risk pipeline to one request: pass, refuse with the failing check's numbers, or
// "seen before" for a resend. It also carries what an accepted request reserves, so that accepting
// computes nothing again.
#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/domain/decision.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/orders/order.hpp"
#include "gateway/risk/limit_book.hpp"

namespace sluice {

// The request's words as ids, resolved by the core. kNoIndex: unknown. An empty Account(1) is the
// session's default account before it comes here. venue: the venue the order is at or would be
// routed to, for the venue's kill switch; kNoIndex when there is none.
struct Parties {
    SessionId session{kNoIndex};
    AccountId account{kNoIndex};
    InstrumentId instrument{kNoIndex};
    VenueId venue{kNoIndex};
    std::uint32_t trader = kNoIndex;  // kNoIndex: none, or none that is configured
};

// What a check found wrong.
struct Breach {
    Scope scope;
    LimitKey key = LimitKey::None;
    bool has_numbers = false;
    Decimal limit;
    Decimal observed;
    // With key None: what is compared ("lot"), or without numbers the whole sentence. Points into
    // static text or the command.
    std::string_view words;
};

struct Assessment {
    enum class Kind : std::uint8_t {
        Reject = 0,
        Accept,
        AlreadyKnown,  // PossResend(97)=Y or PossDupFlag(43)=Y with identical content: answer with
                       // the state of `existing` (150=I), enter nothing
    };
    Kind kind = Kind::Reject;
    RejectReason reason = RejectReason::None;
    std::uint8_t failed_check = 0;  // 1-based row of the check table
    OrderId existing;  // with AlreadyKnown and DuplicateClOrdId: the order that has the id, 0 when
                       // it was used by a refused request
    Breach breach;
    Prose text;  // Text(58) of a reject

    // With Accept of a new order or a replace: the version to put on the order. Its request number
    // is set when it is sent (begin_replace).
    OrderVersion version;
    // Own orders in the way have to be canceled before this one goes out: RiskEngine::crossing().
    bool cancels_resting = false;
    // With Accept: the ticket that lifted a check, used up when the order is made; 0 none.
    std::uint64_t override_ticket = 0;

    bool accepted() const { return kind == Kind::Accept; }
};

// True for reasons after which the request's ClOrdID(11) counts as used: everything but a throttled
// request, whose id stays free, and a duplicate, whose id belongs to another.
bool consumes_cl_ord_id(RejectReason reason);

}  // namespace sluice
