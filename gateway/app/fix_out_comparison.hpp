// For replay --verify: encodes each report of the re-run again, for the FIX version of its session,
// and compares the body with the FIX_OUT record that carried it.
#pragma once

#include "gateway/core/verifier.hpp"

namespace sluice::app {

// core: the one that is re-run; it names the sessions' versions and the instance. Outlives the
// result.
Verifier::CompareFixOut fix_out_comparison(const Core& core);

}  // namespace sluice::app
