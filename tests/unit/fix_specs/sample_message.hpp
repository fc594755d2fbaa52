// Whole FIX messages in text, '|' for SOH, as the files in messages/ hold them. A line reads
//   good   8=FIX.4.4|35=D|34=2|49=CLIENT|56=SLUICE|52=...|11=A1|...
//   373=5  8=FIX.4.4|35=D|...            (the SessionRejectReason(373) that it must earn)
// BodyLength(9) and CheckSum(10) are worked out here, so that a sample can be edited by hand.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sluice::test {

struct SampleMessage {
    std::string text;                  // as in the file, for the failing test's output
    std::string wire;                  // with BodyLength(9), CheckSum(10) and SOH
    std::optional<int> reject_reason;  // nothing: must validate
    std::string msg_type;
};

// "8=X|35=...|..." with BodyLength(9) and CheckSum(10) worked out, fields ended by SOH.
std::string to_wire(std::string text);

// file: name inside tests/unit/fix_specs/messages. A line that cannot be read throws
// std::runtime_error.
std::vector<SampleMessage> read_samples(const std::string& file);

}  // namespace sluice::test
