// What a scenario says in FIX 4.4 words, in the words of another version: for what we send and for
// what we compare.
#pragma once

#include <string>
#include <string_view>

#include "gateway/domain/fix_enums.hpp"
#include "sessions/client/scenario.hpp"

namespace sluice::client {

// Whether a version has a field: each version's fields are numbered up to a last one.
bool has_field(FixVersion version, std::string_view tag);

// Without the fields and values that the version does not have, and with its name for a field that
// was renamed.
Words in_version(const Words& line, FixVersion version);

// The body of a client's request: what the line lists, and what the version requires beside it.
std::string request_body(const Words& line, FixVersion version);
// The body of one NewOrderList(E) from its lines, one for each order.
std::string list_body(const std::vector<Words>& lines, FixVersion version);

// What a report has to say in this version: codes of refusals and reasons are the version's, what
// it does not have is left out.
Words expected_report(const Words& line, FixVersion version);
// A message of this version read in FIX 4.4 words: 150=1 of FIX 4.2 is F when it is the right one
// of 1 and 2, else it stays what it is and so is a difference.
Said as_said(std::string_view raw, FixVersion version);

// ExecType(150), OrdStatus(39) and, in FIX 4.2, ExecTransType(20) of an execution report that we
// make: "20=0|150=1|39=1".
std::string exec_codes(char exec_type, char ord_status, bool all_filled, FixVersion version);

std::string utc_now();

}  // namespace sluice::client
