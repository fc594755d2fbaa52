// What the journal knows of one order or of one request: its records, and each request on it with
// the decision that was taken.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/app/record_view.hpp"
#include "gateway/domain/command.hpp"
#include "gateway/domain/decision.hpp"
#include "gateway/domain/input.hpp"

namespace sluice::app {

struct JudgedRequest {
    InputMeta meta;  // of the COMMAND
    Command command;
    Decision decision;
    RecordRow command_row;
    RecordRow decision_row;
};

struct OrderHistory {
    std::string order;                    // OrderID(37); empty when the request made no order
    std::vector<JudgedRequest> requests;  // oldest first
    std::vector<RecordRow> rows;          // all but FIX messages, oldest first
    std::vector<RecordRow> messages;      // the FIX messages
    bool found() const { return !requests.empty() || !rows.empty(); }
};

// id: OrderID(37), or ClOrdID(11): then of the newest request with it, in `session` when that is
// not empty. Throws CliFailure when there is no journal.
OrderHistory read_history(const std::string& journal_dir,
                          const std::string& id,
                          const std::string& session);

// Who gave the limit that a decision failed on its value, as the journal knew at that time: "set by
// ana at ... (reason)", or the configuration document. Empty without a limit.
std::string limit_origin(const std::string& journal_dir, const JudgedRequest& request);

}  // namespace sluice::app
