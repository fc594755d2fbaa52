// Finds the next FIX frame at the start of a byte buffer: 8=, BodyLength(9), CheckSum(10). Pure, no
// I/O, no state. Called by Connection for every read. While a frame is incomplete a call looks at
// its first 30 bytes only, so a peer that sends byte by byte costs O(n).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice::transport {

enum class FrameFault : std::uint8_t {
    None,
    NotBeginString,   // does not start with 8=FIX
    BadBodyLength,    // BodyLength(9) missing, not 1 to 6 digits, or too small to hold MsgType(35)
    TooLong,          // the frame would be longer than the limit
    NoCheckSumThere,  // CheckSum(10) is not where BodyLength(9) says
    WrongCheckSum,    // well delimited, but the sum differs
};
std::string_view text_of(FrameFault fault);

struct FrameStep {
    enum class Outcome : std::uint8_t { NeedMore, Frame, Bad };
    Outcome outcome = Outcome::NeedMore;
    FrameFault fault = FrameFault::None;
    // Frame: its length. Bad: how many bytes to drop; the rest starts at the next candidate for a
    // frame, so the caller goes on with the next call. NeedMore: at least this many more bytes must
    // come (1 or more).
    std::size_t bytes = 0;
};

inline constexpr std::size_t kFrameBytesMax = std::size_t{64} * 1024;
inline constexpr std::size_t kBodyLengthDigitsMax = 6;

// `buffer` starts where the last frame ended. A frame of more than frame_bytes_max bytes is Bad as
// soon as its BodyLength(9) is read, before its body arrives.
[[nodiscard]] FrameStep find_frame(std::string_view buffer,
                                   std::size_t frame_bytes_max = kFrameBytesMax);

// The value of CheckSum(10): sum of all bytes modulo 256.
[[nodiscard]] unsigned check_sum(std::string_view bytes);

}  // namespace sluice::transport
