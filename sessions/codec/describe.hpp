// FIX messages in words, for `sluice decode`, `sluice audit` and `sluice client`. Takes text as it
// is found in logs and mails: any separator, several messages, header and trailer optional. Not for
// the order path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sessions/codec/field_names.hpp"

namespace sluice::codec {

struct DescribedField {
    int tag = 0;
    std::string name;  // empty: unknown
    std::string value;
    std::string word;  // of an enumerated value; empty: none
};

struct DescribedMessage {
    std::vector<DescribedField> fields;
    std::vector<std::string> remarks;       // "BodyLength(9)=70, should be 66"
    std::string_view value(int tag) const;  // of the first such field; empty: absent
};

// The messages in a text; what is no field at all is said in remarks.
std::vector<DescribedMessage> read_messages(std::string_view text, const FieldNames& names);

// One line: "ExecutionReport A1 Trade 60 @187.48 PartiallyFilled cum 60 leaves 40". For a message
// as it was on the wire.
std::string one_line(std::string_view message, const FieldNames& names);
// One field a line, "  39  OrdStatus     1  PartiallyFilled", then the remarks.
std::string block(const DescribedMessage& message);

}  // namespace sluice::codec
