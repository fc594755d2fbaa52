// Plays the cases of cases.yaml on a Desk. A case has a configuration and a list of lines:
//
//   [t] verb arguments : result        [t] in ns since case start, optional; else 1 ns later
//   new ID buy|sell|short QTY@PX|QTY@mkt [acct= sym= sess= tif= flag= type= venue=] : accept | CODE
//   replace ID<ORIG QTY@PX | cancel ID<ORIG                              : accept | forward | CODE
//   ack ID | fill ID QTY@PX | replaced ID [QTY] | replace_refused ID | cancel_refused ID
//   canceled ID | expired ID | rejected ID | done ID | restated ID LEAVES
//   bust ID N | correct ID N QTY@PX | unmatched ACCT|- SYM SIDE QTY@PX     : booked | overfill |
//   md SYM bid= ask= last= close= | fx A/B RATE | phase MARKET PHASE | status SYM active|halted
//   kill|reduce_only|resume|rearm SCOPE [NAME] [approver=] | load|accept ACCT SYM POSITION
//   limit SCOPE NAME[/SYM] KEY VALUE [until=ns] [approver=] | day_roll
//   ticket ACCT SYM SIDE QTY@BOUND CODE,CODE [ms=] [approver=]
//   restart                    replays all lines so far and compares digests
//   state WHAT key=value ...   WHAT: ACC, ACC/SYM, all/SYM, firm, group/G, session/S, order/ID,
//                              notices
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/unit/risk/desk.hpp"

namespace YAML {
class Node;
}

namespace sluice::test {

CoreConfig config_of(const YAML::Node& setup);
// Plays every line and checks results and states with Catch.
void play(const YAML::Node& test_case);

}  // namespace sluice::test
