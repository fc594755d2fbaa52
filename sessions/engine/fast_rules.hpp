// FastRules: whether a message is so plain that QuickFIX would take it for certain, told from
// tables that are made once per dictionary. Only the order messages are known (D, F, G, H) and what
// a venue answers them with (8, 9). "No" means "not certain": the message then goes to QuickFIX,
// which has the last word on everything irregular. So a doubt is always a no.
//
// Plain is: the header is 8, 9, 35, then 34, 49, 52 and 56 once each and nothing else; every tag of
// the body belongs to the message, stands once, is no group, no data field and no custom tag; its
// value has the form of its type and is one of the dictionary's values; nothing required is
// missing. Immutable, shared by all sessions with one dictionary; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/time.hpp"

namespace FIX {
class DataDictionary;
}

namespace sluice::engine {

// What the session layer asks about a plain message; the views lie in the frame.
struct PlainMessage {
    std::uint32_t msg_seq_num = 0;
    std::string_view sender_comp_id;
    std::string_view target_comp_id;
    std::string_view sending_time;
};

class FastRules {
public:
    // `session` has the header, `application` the messages; the same object before FIXT.1.1.
    FastRules(const FIX::DataDictionary& session,
              const FIX::DataDictionary& application,
              std::string_view begin_string);

    // `frame` is what the framer gave: BodyLength(9) and CheckSum(10) are where they belong and
    // right. SendingTime(52) is left to the caller, who reads it anyway. `out` is filled only when
    // the answer is true.
    bool is_plain(std::string_view frame, PlainMessage& out) const;

private:
    static constexpr std::uint32_t kTagMax = 2048;
    static constexpr std::size_t kFieldsMax = 512;  // of one message
    using Bits = std::array<std::uint64_t, kFieldsMax / 64>;
    using CharSet = std::array<std::uint64_t, 2>;

    enum class Form : std::uint8_t {
        Slow,  // not of this message, or of a kind that is left to QuickFIX
        Text,
        Char,
        Number,   // -12.50
        Integer,  // -7
        Boolean,
        Time,  // 20261124-09:30:00, with 0 to 9 digits of a second
    };
    struct Rule {
        Form form = Form::Slow;
        std::uint8_t values = 0;  // index into char_sets_; 0: any
        std::uint16_t index = 0;  // the field's bit
    };
    struct Type {
        std::array<Rule, kTagMax> rules{};
        Bits required{};
        std::size_t words = 0;  // of the bits that are in use
    };

    Type make_type(const FIX::DataDictionary& application, const std::string& msg_type);
    std::uint8_t char_set(const FIX::DataDictionary& application, int tag);
    const Type* type_of(char msg_type) const;
    bool is_good_value(const Rule& rule, std::string_view value) const;

    std::string begin_;  // "8=FIX.4.4|9="
    std::vector<CharSet> char_sets_{CharSet{}};
    std::vector<Type> types_;
    std::array<std::uint8_t, 128> type_index_{};  // [MsgType(35)]: 1 + index into types_
};

// A UTCTimestamp of the form above; nothing when it is not one, or names no second of that day.
// `today` keeps the last date that was read, so that the next one of the same day costs little.
class TimeReader {
public:
    // False: not a time. A leap second is left to QuickFIX, too.
    bool read(std::string_view text, UtcNanos& out);

private:
    std::array<char, 8> date_{};
    std::int64_t midnight_ns_ = 0;
};

}  // namespace sluice::engine
