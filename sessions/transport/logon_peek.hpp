// LogonPeek: the fields of a first frame that decide whose session it is and whether it may log on,
// read before the frame is handed to QuickFIX. Views into the frame, nothing is copied or
// allocated.
#pragma once

#include <optional>
#include <string_view>

namespace sluice::transport {

struct LogonPeek {
    std::string_view begin_string;         // BeginString(8)
    std::string_view msg_type;             // MsgType(35)
    std::string_view sender_comp_id;       // SenderCompID(49)
    std::string_view target_comp_id;       // TargetCompID(56)
    std::string_view msg_seq_num;          // MsgSeqNum(34)
    std::string_view username;             // Username(553)
    std::string_view password;             // Password(554); wipe copies after use
    std::string_view heart_bt_int;         // HeartBtInt(108)
    std::string_view reset_seq_num_flag;   // ResetSeqNumFlag(141)
    std::string_view default_appl_ver_id;  // DefaultApplVerID(1137)

    bool is_logon() const { return msg_type == "A"; }
    bool asks_reset() const { return reset_seq_num_flag == "Y"; }

    // Absent fields are empty; of a field that comes twice the first counts. Empty when the frame
    // does not pass the structural screen's field walk.
    static std::optional<LogonPeek> read(std::string_view frame);
};

}  // namespace sluice::transport
