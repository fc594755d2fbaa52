// Names of fields and words for their enumerated values, from our own dictionaries, for tools that
// show messages to people. Not for the order path.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace sluice::codec {

class FieldNames {
public:
    FieldNames();  // reads the embedded dictionaries, the newest version first

    // "ClOrdID"; empty for a tag that none of our dictionaries has.
    std::string_view name(int tag) const;
    // "PartiallyFilled" for (39, "1"); empty when the value is no enumerated one.
    std::string_view word(int tag, std::string_view value) const;
    // "NewOrderSingle" for "D".
    std::string_view message(std::string_view msg_type) const;

private:
    void learn(std::string_view xml);

    std::map<int, std::string> names_;
    std::map<std::string, std::string, std::less<>> words_;  // "39=1"
    std::map<std::string, std::string, std::less<>> messages_;
};

}  // namespace sluice::codec
