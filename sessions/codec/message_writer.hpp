// MessageWriter: builds one FIX message in a buffer that is used again for the next, without
// allocating. The header has always the same order, 8 9 35 49 56 115 34 97 52, so that two messages
// with the same words differ only there and in CheckSum(10); body_of() takes the rest. Numbers are
// written from integers, never from a double. Used by one thread.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "gateway/domain/check.hpp"
#include "gateway/domain/decimal.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "sessions/codec/utc_time.hpp"

namespace sluice::codec {

// "FIX.4.2", "FIX.4.4", "FIXT.1.1": BeginString(8).
std::string_view begin_string(FixVersion version);
std::optional<FixVersion> version_of(std::string_view begin_string);  // FIXT.1.1 is FIX 5.0SP2

// The sum of all bytes modulo 256: CheckSum(10) of a message up to and with the SOH before it.
std::uint8_t check_sum(std::string_view bytes);

// What a message says beside its MsgType(35) and body.
struct Header {
    std::string_view sender_comp_id;  // these three names: together at most kCompIdsMax characters
    std::string_view target_comp_id;
    std::uint32_t msg_seq_num = 0;
    UtcNanos sending_time;
    std::string_view on_behalf_of_comp_id{};  // OnBehalfOfCompID(115); empty: absent
    bool poss_resend = false;                 // PossResend(97)=Y
};

inline constexpr std::size_t kCompIdsMax = 512;

// The fields of a message behind the standard header and before CheckSum(10). Two encodings of one
// report have the same body, whatever their number and time. Empty when there is none.
std::string_view body_of(std::string_view frame);

namespace detail {
template <int Tag>
struct TagText {
    static constexpr std::size_t kSize = Tag < 10 ? 2 : Tag < 100 ? 3 : Tag < 1000 ? 4 : 5;
    static constexpr std::array<char, kSize> make() {
        std::array<char, kSize> text{};
        text[kSize - 1] = '=';
        int rest = Tag;
        for (std::size_t at = kSize - 1; at-- > 0; rest /= 10) {
            text[at] = static_cast<char>('0' + rest % 10);
        }
        return text;
    }
    static constexpr std::array<char, kSize> kText = make();
};
}  // namespace detail

class MessageWriter {
public:
    // `sending_digits`: of SendingTime(52), 0, 3, 6 or 9.
    MessageWriter(FixVersion version, int sending_digits);

    void begin(std::string_view msg_type, const Header& header);

    template <int Tag>
    void text(std::string_view value) {
        tag<Tag>();
        put(value);
        *at_++ = '\x01';
    }
    // Nothing is written for an empty value: FIX has no fields without one.
    template <int Tag>
    void text_if(std::string_view value) {
        if (!value.empty()) {
            text<Tag>(value);
        }
    }
    // Words that people or venues chose: what would end the field becomes a blank.
    template <int Tag>
    void prose(std::string_view value) {
        if (!value.empty()) {
            tag<Tag>();
            put_prose(value);
            *at_++ = '\x01';
        }
    }
    // A field whose tag is not known when this is compiled.
    void text(int tag, std::string_view value) {
        GW_CHECK(end() - at_ > static_cast<std::ptrdiff_t>(kReserve));
        at_ = std::to_chars(at_, end(), tag).ptr;
        *at_++ = '=';
        put(value);
        *at_++ = '\x01';
    }
    // Bytes of whole fields that were read from another message.
    void raw(std::string_view bytes) { put(bytes); }
    template <int Tag>
    void character(char value) {
        tag<Tag>();
        *at_++ = value;
        *at_++ = '\x01';
    }
    template <int Tag>
    void number(std::uint64_t value) {
        tag<Tag>();
        at_ = std::to_chars(at_, end(), value).ptr;
        *at_++ = '\x01';
    }
    template <int Tag>
    void decimal(Decimal value) {
        tag<Tag>();
        at_ = value.write(at_);
        *at_++ = '\x01';
    }
    template <int Tag>
    void time(UtcNanos value, int digits) {
        tag<Tag>();
        at_ = clock_.write(at_, value, digits);
        *at_++ = '\x01';
    }
    // The UTC date of a time: "20261231".
    template <int Tag>
    void date(UtcNanos value) {
        constexpr std::size_t kDateSize = 8;
        tag<Tag>();
        (void)clock_.write(at_, value, 0);
        at_ += kDateSize;
        *at_++ = '\x01';
    }

    // The whole message; good until the next begin().
    std::string_view finish();

private:
    static constexpr std::size_t kFront = 32;  // room for 8= and 9=, written last
    static constexpr std::size_t kSize = 4096;

    char* end() { return buffer_.data() + buffer_.size(); }
    // Longest value of a field of ours: 120 characters (Text(58)); each field leaves a reserve.
    static constexpr std::size_t kReserve = 64;

    template <int Tag>
    void tag() {
        using Text = detail::TagText<Tag>;
        GW_CHECK(end() - at_ > static_cast<std::ptrdiff_t>(kReserve));
        std::memcpy(at_, Text::kText.data(), Text::kSize);
        at_ += Text::kSize;
    }
    void put(std::string_view value) {
        GW_CHECK(value.size() + kReserve < static_cast<std::size_t>(end() - at_));
        std::memcpy(at_, value.data(), value.size());
        at_ += value.size();
    }
    void put_prose(std::string_view value);

    std::string_view begin_string_;
    int sending_digits_;
    UtcWriter clock_;
    char* at_ = nullptr;
    std::array<char, kSize> buffer_;
};

}  // namespace sluice::codec
