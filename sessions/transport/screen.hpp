// The structural screen in front of QuickFIX, whose parser trusts its input: every frame passes
// here first. Pure. Called by the session host on the I/O thread for each frame that is not taken
// by the fast path. What it lets pass may still be wrong FIX; QuickFIX answers that with Reject(3).
// What it stops could corrupt memory or wrap an integer there, and must not be handed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::transport {

struct ScreenRules {
    int heart_bt_int_min = 1;  // HeartBtInt(108) in seconds
    int heart_bt_int_max = 300;
};

enum class ScreenFault : std::uint8_t {
    None,
    BadTag,  // not 1 to 9 digits, or starts with 0
    NoEqualSign,
    NoSoh,            // the last field does not end inside the frame
    DataWithoutSize,  // RawData(96) not directly behind RawDataLength(95), and so on
    DataTooLong,      // its length is no number, or the value does not end there
    HeaderOrder,      // the first three fields are not 8, 9, 35
    NumberTooLong,  // MsgSeqNum(34), NewSeqNo(36), BeginSeqNo(7), EndSeqNo(16): more than 9 digits
    HeartBtIntRange,
};
std::string_view text_of(ScreenFault fault);

struct ScreenResult {
    ScreenFault fault = ScreenFault::None;
    int tag = 0;             // for RefTagID(371); 0 when no tag could be read
    std::size_t offset = 0;  // of the field in the frame

    bool ok() const { return fault == ScreenFault::None; }
    std::string text() const;  // "the value runs out of the frame: tag 58 at byte 112"
};

[[nodiscard]] ScreenResult screen(std::string_view frame, const ScreenRules& rules = {});

}  // namespace sluice::transport
