// Our reject reasons as FIX codes, per version: fix_specs/reject_codes.md as a table. A client that
// validates with its dictionary would refuse a code that its version does not list, so no code is
// shared blindly between versions.
#pragma once

#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/reject_reason.hpp"

namespace sluice::codec {

int ord_rej_reason(RejectReason reason, FixVersion version);          // OrdRejReason(103)
int cxl_rej_reason(RejectReason reason, FixVersion version);          // CxlRejReason(102)
int business_reject_reason(RejectReason reason, FixVersion version);  // BusinessRejectReason(380)

}  // namespace sluice::codec
