// `sluice replay --verify` and `sluice replay --what-if`: the journal's inputs run through the core
// again, in memory. The gateway is not asked and nothing of it is touched.
#pragma once

#include <string>
#include <vector>

#include "gateway/app/table.hpp"
#include "gateway/core/replayer.hpp"

namespace sluice::app {

// Exit code 10 when a decision, a request to a venue or a message to a client is not reproduced.
int verify_replay(const std::string& journal_dir, OutputFormat format);

// Which requests other limits would have answered differently. Exit code 10 when there is one.
int what_if(const std::string& journal_dir,
            const std::vector<std::string>& settings,
            OutputFormat format);

// "account.DEMO.max_order_qty=500", "firm.max_gross_notional=unlimited",
// "account_instrument.DEMO/AAPL.max_long=100"; without a scope the first word is an account.
// Throws CliFailure.
LimitOverride parse_override(const std::string& text);

}  // namespace sluice::app
