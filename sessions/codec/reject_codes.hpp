// What a refusal is called in FIX: the value of OrdRejReason(103), CxlRejReason(102) or
// BusinessRejectReason(380) for a reason of ours, per version, because a client that validates with
// its dictionary refuses a value that its version does not know. The table is the one that
// fix_specs/reject_codes.md shows to clients. Always answers: a reason that does not occur in a
// message is called by the version's "other".
#pragma once

#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/reject_reason.hpp"

namespace sluice::codec {

int ord_rej_reason(RejectReason reason, FixVersion version);
int cxl_rej_reason(RejectReason reason, FixVersion version);
int business_reject_reason(RejectReason reason, FixVersion version);
// ExecRestatementReason(378): a value that the version does not know becomes its "other" or broker
// option.
int restatement_reason(int reason, FixVersion version);

// MassCancelRejectReason(532); the same in every version that has it.
std::uint64_t mass_cancel_reject_reason(RejectReason reason);

}  // namespace sluice::codec
