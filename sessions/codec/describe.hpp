// FIX for people: any text that holds FIX messages (wire bytes, a log line, an e-mail) as named
// fields. The separator is found by looking: SOH, |, ^A, \x01, \001, <SOH> or ;. Messages may stand
// one behind the other or one a line, behind whatever a log puts before them; 8, 9 and 10 may be
// missing. For the command line and tests; not for the order path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::codec {

struct DescribedField {
    int tag = 0;
    std::string_view name;  // empty: not in our dictionaries
    std::string value;
    std::string_view word;  // what an enumerated value means; may be empty
};

struct DescribedMessage {
    std::vector<DescribedField> fields;
    std::vector<std::string> faults;  // "BodyLength(9) says 120 and is 118"

    std::string_view value(int tag) const;  // of the first such field; empty: none
};

// Empty when the text holds no tag=value at all.
std::vector<DescribedMessage> describe(std::string_view any_fix_text);

// One field a line, names aligned, faults at the end.
std::string table_of(const DescribedMessage& message);
// "ExecutionReport A1 Trade 60 @187.48 PartiallyFilled cum 60 leaves 40".
std::string one_line(const DescribedMessage& message);
std::string one_line(std::string_view any_fix_text);  // messages separated by "; "

}  // namespace sluice::codec
