#include "sessions/transport/logon_peek.hpp"

#include "sessions/transport/fields.hpp"

namespace sluice::transport {

namespace {

std::string_view* slot_of(LogonPeek& peek, int tag) {
    switch (tag) {
        case 8:
            return &peek.begin_string;
        case 35:
            return &peek.msg_type;
        case 49:
            return &peek.sender_comp_id;
        case 56:
            return &peek.target_comp_id;
        case 34:
            return &peek.msg_seq_num;
        case 553:
            return &peek.username;
        case 554:
            return &peek.password;
        case 108:
            return &peek.heart_bt_int;
        case 141:
            return &peek.reset_seq_num_flag;
        case 1137:
            return &peek.default_appl_ver_id;
        default:
            return nullptr;
    }
}

}  // namespace

std::optional<LogonPeek> LogonPeek::read(std::string_view frame) {
    LogonPeek peek;
    FieldCursor cursor(frame);
    while (!cursor.at_end()) {
        if (cursor.next() != FieldFault::None) {
            return std::nullopt;
        }
        std::string_view* slot = slot_of(peek, cursor.field().tag);
        if (slot != nullptr && slot->data() == nullptr) {
            *slot = cursor.field().value;
        }
    }
    return peek;
}

}  // namespace sluice::transport
