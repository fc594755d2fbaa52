// Writes one FIX message at a time into a buffer that is reused: header, fields, BodyLength(9),
// CheckSum(10). Allocates nothing after construction. Owner: one thread.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "gateway/domain/check.hpp"
#include "gateway/domain/decimal.hpp"
#include "gateway/domain/time.hpp"

namespace sluice::codec {

struct MessageHeader {
    std::string_view begin_string;    // BeginString(8)
    std::string_view sender_comp_id;  // SenderCompID(49)
    std::string_view target_comp_id;  // TargetCompID(56)
    std::uint32_t msg_seq_num = 0;    // MsgSeqNum(34)
    UtcNanos sending_time;            // SendingTime(52)
    unsigned timestamp_digits = 3;    // of a second: 0, 3, 6 or 9
};

class MessageWriter {
public:
    MessageWriter() : buffer_(kCapacity) {}

    // The header's fields stand in one fixed order, 35 49 56 34 52, so that two encodings of the
    // same report differ in nothing but what the header says.
    void begin(const MessageHeader& header, std::string_view msg_type);
    void text(int tag, std::string_view value) {
        put_tag(tag);
        put(value);
        put(kEnd);
    }
    void character(int tag, char value) { text(tag, {&value, 1}); }
    void number(int tag, std::uint64_t value) {
        put_tag(tag);
        GW_CHECK(left() > 24);
        at_ = std::to_chars(at_, end(), value).ptr;
        put(kEnd);
    }
    void decimal(int tag, Decimal value) {
        put_tag(tag);
        GW_CHECK(left() > Decimal::kTextMax + 1);
        at_ = value.write(at_);
        put(kEnd);
    }
    void time(int tag, UtcNanos value, unsigned digits = 3);
    // The whole message; good until the next begin().
    std::string_view finish();

private:
    static constexpr std::size_t kCapacity = 8 * 1024;
    static constexpr std::size_t kPrefix = 32;  // room for 8= and 9=, written last
    static constexpr std::string_view kEnd{"\x01", 1};

    char* end() { return buffer_.data() + buffer_.size(); }
    std::size_t left() { return static_cast<std::size_t>(end() - at_); }
    void put(std::string_view bytes) {
        GW_CHECK(left() > bytes.size());
        std::memcpy(at_, bytes.data(), bytes.size());
        at_ += bytes.size();
    }
    void put_tag(int tag) {
        GW_CHECK(left() > 12);
        at_ = std::to_chars(at_, end(), tag).ptr;
        *at_++ = '=';
    }

    std::vector<char> buffer_;
    char* at_ = nullptr;
    std::string_view begin_string_;
    std::int64_t second_ = -1;  // of the cached text
    std::array<char, 17> second_text_{};
};

// The part of a message that does not depend on when and under which number it was sent: everything
// behind the header as MessageWriter writes it, before CheckSum(10). Empty when the message is not
// of that shape.
std::string_view body_of(std::string_view message);

}  // namespace sluice::codec
