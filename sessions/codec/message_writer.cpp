#include "sessions/codec/message_writer.hpp"

#include <chrono>

#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

void two_digits(char* out, unsigned value) {
    out[0] = static_cast<char>('0' + value / 10);
    out[1] = static_cast<char>('0' + value % 10);
}

// "20260102-03:04:05" of a second since 1970.
void write_second(std::array<char, 17>& out, std::int64_t second) {
    using namespace std::chrono;
    const sys_seconds time{seconds(second)};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const auto clock = static_cast<unsigned>((time - day).count());
    const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
    two_digits(out.data(), year / 100);
    two_digits(out.data() + 2, year % 100);
    two_digits(out.data() + 4, static_cast<unsigned>(date.month()));
    two_digits(out.data() + 6, static_cast<unsigned>(date.day()));
    out[8] = '-';
    two_digits(out.data() + 9, clock / 3'600);
    out[11] = ':';
    two_digits(out.data() + 12, clock / 60 % 60);
    out[14] = ':';
    two_digits(out.data() + 15, clock % 60);
}

}  // namespace

void MessageWriter::begin(const MessageHeader& header, std::string_view msg_type) {
    begin_string_ = header.begin_string;
    at_ = buffer_.data() + kPrefix;
    text(tag::kMsgType, msg_type);
    text(tag::kSenderCompId, header.sender_comp_id);
    text(tag::kTargetCompId, header.target_comp_id);
    number(tag::kMsgSeqNum, header.msg_seq_num);
    time(tag::kSendingTime, header.sending_time, header.timestamp_digits);
}

void MessageWriter::time(int tag, UtcNanos value, unsigned digits) {
    const std::int64_t second = value.value / kNanosPerSecond;
    if (second != second_) {
        write_second(second_text_, second);
        second_ = second;
    }
    put_tag(tag);
    put({second_text_.data(), second_text_.size()});
    if (digits != 0) {
        std::array<char, 10> fraction{};
        fraction[0] = '.';
        auto rest = static_cast<std::uint64_t>(value.value % kNanosPerSecond);
        for (std::size_t i = 9; i > 0; --i) {
            fraction[i] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        }
        put({fraction.data(), 1 + digits});
    }
    put(kEnd);
}

std::string_view MessageWriter::finish() {
    const char* const body = buffer_.data() + kPrefix;
    const auto length = static_cast<std::uint64_t>(at_ - body);
    std::array<char, kPrefix> prefix{};
    char* out = prefix.data();
    GW_CHECK(begin_string_.size() <= 10);
    const auto add = [&out](std::string_view bytes) {
        std::memcpy(out, bytes.data(), bytes.size());
        out += bytes.size();
    };
    add("8=");
    add(begin_string_);
    add(kEnd);
    add("9=");
    out = std::to_chars(out, prefix.data() + prefix.size(), length).ptr;
    add(kEnd);
    const auto prefix_size = static_cast<std::size_t>(out - prefix.data());
    char* const begin = buffer_.data() + kPrefix - prefix_size;
    std::memcpy(begin, prefix.data(), prefix_size);

    unsigned sum = 0;
    for (const char* c = begin; c != at_; ++c) {
        sum += static_cast<unsigned char>(*c);
    }
    sum %= 256;
    const std::array<char, 7> trailer{'1',
                                      '0',
                                      '=',
                                      static_cast<char>('0' + sum / 100),
                                      static_cast<char>('0' + sum / 10 % 10),
                                      static_cast<char>('0' + sum % 10),
                                      kSoh};
    put({trailer.data(), trailer.size()});
    return {begin, static_cast<std::size_t>(at_ - begin)};
}

std::string_view body_of(std::string_view message) {
    constexpr std::size_t kTrailer = 7;  // "10=nnn" and SOH
    FieldReader reader(message);
    FieldView field;
    while (reader.next(field)) {
        if (field.tag == tag::kSendingTime) {
            const auto from = static_cast<std::size_t>(field.value.data() - message.data()) +
                              field.value.size() + 1;
            return from + kTrailer <= message.size()
                       ? message.substr(from, message.size() - kTrailer - from)
                       : std::string_view{};
        }
    }
    return {};
}

}  // namespace sluice::codec
