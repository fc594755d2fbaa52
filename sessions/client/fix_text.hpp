// FIX messages as text a person types, and as bytes on the wire. For the client's side only
// (`sluice client`, tests, benchmarks); the gateway's own reports are made in sessions/codec.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::client {

struct WireHeader {
    std::string_view begin_string;    // BeginString(8)
    std::string_view sender_comp_id;  // SenderCompID(49)
    std::string_view target_comp_id;  // TargetCompID(56)
    unsigned msg_seq_num = 0;         // MsgSeqNum(34)
    std::string_view sending_time;    // SendingTime(52)
    bool poss_dup = false;  // PossDupFlag(43), with OrigSendingTime(122) = SendingTime(52)
};

// A whole message: header, `body` ("11=A1|55=ACME", separated by | or SOH, the last separator
// optional), BodyLength(9) and CheckSum(10). `body` must not hold header or trailer fields.
std::string wire_message(const WireHeader& header,
                         std::string_view msg_type,
                         std::string_view body);

// UTCTimestamp with milliseconds, "20260102-03:04:05.678", of ns since 1970.
std::string utc_timestamp(std::int64_t utc_ns);

// The value of the first field with this tag, empty when there is none. For well-framed messages
// with SOH.
std::string_view field(std::string_view message, int tag);

// "8=FIX.4.4|9=...|": SOH shown as |.
std::string readable(std::string_view message);

}  // namespace sluice::client
