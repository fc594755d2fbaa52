// Work on many orders that one input starts and Tick inputs go on with, in slices, so that no input
// makes more than kMaxOutputs outputs or looks at more orders than a moment allows.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/domain/ids.hpp"
#include "gateway/domain/text.hpp"
#include "gateway/risk/limit_book.hpp"

namespace sluice {

// What one input may still do.
struct SweepBudget {
    std::size_t outputs = 32;
    std::size_t looks = 4096;
};

struct Sweep {
    enum class Why : std::uint8_t {
        // Kept until the scope is resumed, or the session is back, so that a venue that comes back
        // gets the cancels that could not be sent to it.
        Kill,
        Disconnect,
        // Once over the table.
        MassCancel,
        Reconcile,  // scope: the venue that is back
    };
    enum class State : std::uint8_t { Running, WaitsForCredit, Done };

    Why why = Why::Kill;
    State state = State::Running;
    std::uint8_t restatement_reason = 4;  // ExecRestatementReason(378): broker option
    bool good_till = true;                // GTC and GTD orders, too
    Scope scope;
    SessionId session{kNoIndex};  // Disconnect: whose; MassCancel: who asked
    std::size_t next = 0;         // position in the order table
    // MassCancel: which of the session's orders, and what the report says.
    InstrumentId instrument{kNoIndex};
    AccountId account{kNoIndex};
    char side = 0;
    char mass_type = 0;
    std::uint32_t affected = 0;
    ClOrdId cl_ord_id;
};

// The answer to an OrderMassStatusRequest(AF): first the orders are found, then each is reported.
struct MassStatusRun {
    SessionId session;
    ClOrdId request_id;
    InstrumentId instrument{kNoIndex};
    AccountId account{kNoIndex};
    char side = 0;
    bool finding = true;
    std::size_t next = 0;  // position in the order table, then in `found`
    std::vector<OrderId> found;
};

}  // namespace sluice
