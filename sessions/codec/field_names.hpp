// The names of fields, messages and values, for people: defects in Text(58), `sluice decode`,
// `sluice audit`. A table of the fields in the dictionaries of fix_specs/, under their latest
// names.
#pragma once

#include <string_view>

namespace sluice::codec {

// "ClOrdID"; empty for a tag that none of our dictionaries has.
std::string_view field_name(int tag);
// "PartiallyFilled" for OrdStatus(39)=1; empty when the value has no word of its own.
std::string_view value_name(int tag, std::string_view value);
// "NewOrderSingle"; empty for a MsgType(35) that is not in our dictionaries.
std::string_view message_name(std::string_view msg_type);

}  // namespace sluice::codec
