#include "sessions/codec/field_names.hpp"

#include <algorithm>
#include <tuple>

#include "sessions/codec/field_rows.hpp"

namespace sluice::codec {

std::string_view field_name(int tag) {
    const auto row =
        std::lower_bound(kFieldRows.begin(), kFieldRows.end(), tag,
                         [](const FieldRow& each, int wanted) { return each.tag < wanted; });
    return row != kFieldRows.end() && row->tag == tag ? row->name : std::string_view();
}

std::string_view value_name(int tag, std::string_view value) {
    if (tag == 35) {
        return message_name(value);
    }
    const auto key = std::make_tuple(tag, value);
    const auto row = std::lower_bound(kWordRows.begin(), kWordRows.end(), key,
                                      [](const WordRow& each, const auto& wanted) {
                                          return std::make_tuple(each.tag, each.value) < wanted;
                                      });
    return row != kWordRows.end() && row->tag == tag && row->value == value ? row->word
                                                                            : std::string_view();
}

std::string_view message_name(std::string_view msg_type) {
    const auto row =
        std::find_if(kMessageRows.begin(), kMessageRows.end(),
                     [&](const MessageRow& each) { return each.msg_type == msg_type; });
    return row != kMessageRows.end() ? row->name : std::string_view();
}

}  // namespace sluice::codec
