#include "sessions/codec/message_writer.hpp"

#include <algorithm>
#include <optional>

#include "gateway/domain/scan.hpp"
#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

bool is_standard_header(int tag) {
    switch (tag) {
        case tag::BeginString:
        case tag::BodyLength:
        case tag::MsgType:
        case tag::SenderCompID:
        case tag::TargetCompID:
        case tag::OnBehalfOfCompID:
        case tag::MsgSeqNum:
        case tag::SendingTime:
        case tag::PossDupFlag:
        case tag::PossResend:
        case tag::OrigSendingTime:
            return true;
        default:
            return false;
    }
}

}  // namespace

std::string_view begin_string(FixVersion version) {
    switch (version) {
        case FixVersion::Fix42:
            return "FIX.4.2";
        case FixVersion::Fix44:
            return "FIX.4.4";
        case FixVersion::Fix50Sp2:
            return "FIXT.1.1";
    }
    return "FIX.4.4";
}

std::optional<FixVersion> version_of(std::string_view begin_string) {
    for (const auto version : {FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2}) {
        if (codec::begin_string(version) == begin_string) {
            return version;
        }
    }
    return std::nullopt;
}

std::uint8_t check_sum(std::string_view bytes) {
    return static_cast<std::uint8_t>(scan::sum_of(bytes));
}

std::string_view body_of(std::string_view frame) {
    FieldReader reader(frame);
    Field field;
    std::size_t from = 0;
    while (reader.next(field) && is_standard_header(field.tag)) {
        from = reader.offset();
    }
    if (field.tag == 0 || is_standard_header(field.tag) || field.tag == tag::CheckSum) {
        return {};
    }
    std::size_t to = reader.offset();
    while (reader.next(field) && field.tag != tag::CheckSum) {
        to = reader.offset();
    }
    return reader.is_broken() ? std::string_view() : frame.substr(from, to - from);
}

MessageWriter::MessageWriter(FixVersion version, int sending_digits)
    : begin_string_(begin_string(version)), sending_digits_(sending_digits) {}

void MessageWriter::begin(std::string_view msg_type, const Header& header) {
    GW_CHECK(header.sender_comp_id.size() + header.target_comp_id.size() +
                 header.on_behalf_of_comp_id.size() <=
             kCompIdsMax);
    at_ = buffer_.data() + kFront;
    text<tag::MsgType>(msg_type);
    text<tag::SenderCompID>(header.sender_comp_id);
    text<tag::TargetCompID>(header.target_comp_id);
    text_if<tag::OnBehalfOfCompID>(header.on_behalf_of_comp_id);
    number<tag::MsgSeqNum>(header.msg_seq_num);
    if (header.poss_resend) {
        character<tag::PossResend>('Y');
    }
    time<tag::SendingTime>(header.sending_time, sending_digits_);
}

void MessageWriter::put_prose(std::string_view value) {
    char* const from = at_;
    put(value);
    std::replace_if(
        from, at_, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
}

std::string_view MessageWriter::finish() {
    GW_CHECK(end() - at_ > static_cast<std::ptrdiff_t>(kReserve));
    char* const body = buffer_.data() + kFront;
    std::array<char, kFront> front{};
    std::memcpy(front.data(), "8=", 2);
    std::memcpy(front.data() + 2, begin_string_.data(), begin_string_.size());
    char* to = front.data() + 2 + begin_string_.size();
    std::memcpy(to,
                "\x01"
                "9=",
                3);
    to = std::to_chars(to + 3, front.data() + front.size(), at_ - body).ptr;
    *to++ = kSoh;
    const auto size = static_cast<std::size_t>(to - front.data());
    char* const start = body - size;
    std::memcpy(start, front.data(), size);

    const unsigned sum = check_sum({start, static_cast<std::size_t>(at_ - start)});
    std::memcpy(at_, "10=", 3);
    at_[3] = static_cast<char>('0' + sum / 100);
    at_[4] = static_cast<char>('0' + sum / 10 % 10);
    at_[5] = static_cast<char>('0' + sum % 10);
    at_[6] = kSoh;
    at_ += 7;
    return {start, static_cast<std::size_t>(at_ - start)};
}

}  // namespace sluice::codec
