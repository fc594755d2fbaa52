// Raw FIX text as it lies in the journal, and the few fields that are read from it without a parse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/journal/log.hpp"

namespace sluice::engine {

// The bytes of a FIX_IN or FIX_OUT record: behind the head, u32 length, then the message. Empty
// when the record is too short for what it says.
std::string_view raw_of(const journal::Frame& frame, std::size_t head_bytes);

// The value of the first field with this tag; empty when absent. Header fields come first, so this
// is short for them. Not for tags that may hide inside data fields.
std::string_view field_of(std::string_view message, int tag);
// A number of 1 to 9 digits; nothing otherwise.
std::optional<std::uint32_t> number_of(std::string_view message, int tag);

bool is_admin_type(std::string_view msg_type);  // 0 1 2 3 4 5 A

// Password(554), NewPassword(925) and RawData(96) of a Logon(A) overwritten with '*', and
// CheckSum(10) made right again: the journal keeps what happened, not the secret. Other messages
// come back unchanged.
std::string without_secrets(std::string_view message);

// The whole message around a body: 8, 9 and 10 are added. `body` starts at 35= and ends with SOH.
std::string framed(std::string_view begin_string, std::string_view body);

}  // namespace sluice::engine
