#include "sessions/transport/screen.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "sessions/transport/fields.hpp"

namespace sluice::transport {

namespace {

constexpr std::array<int, 3> kFirstTags{8, 9, 35};
constexpr std::size_t kNumberBytesMax = 9;

ScreenFault from(FieldFault fault) {
    switch (fault) {
        case FieldFault::None:
            return ScreenFault::None;
        case FieldFault::BadTag:
            return ScreenFault::BadTag;
        case FieldFault::NoEqualSign:
            return ScreenFault::NoEqualSign;
        case FieldFault::NoSoh:
            return ScreenFault::NoSoh;
        case FieldFault::DataWithoutSize:
            return ScreenFault::DataWithoutSize;
        case FieldFault::DataTooLong:
            return ScreenFault::DataTooLong;
    }
    return ScreenFault::BadTag;
}

bool is_heart_bt_int(std::string_view value, const ScreenRules& rules) {
    int seconds = 0;
    const char* end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, seconds);
    return !value.empty() && read.ec == std::errc{} && read.ptr == end &&
           seconds >= rules.heart_bt_int_min && seconds <= rules.heart_bt_int_max;
}

// An empty value passes: QuickFIX answers it with SessionRejectReason(373) = 4, which is the right
// word for it.
ScreenFault judge(const Field& field, const ScreenRules& rules) {
    switch (field.tag) {
        case 34:
        case 36:
        case 7:
        case 16:
            return field.value.size() > kNumberBytesMax ? ScreenFault::NumberTooLong
                                                        : ScreenFault::None;
        case 108:
            return is_heart_bt_int(field.value, rules) ? ScreenFault::None
                                                       : ScreenFault::HeartBtIntRange;
        default:
            return ScreenFault::None;
    }
}

}  // namespace

ScreenResult screen(std::string_view frame, const ScreenRules& rules) {
    FieldCursor cursor(frame);
    std::size_t count = 0;
    for (; !cursor.at_end(); ++count) {
        const FieldFault torn = cursor.next();
        const Field& field = cursor.field();
        if (torn != FieldFault::None) {
            return {from(torn), field.tag, field.offset};
        }
        if (count < kFirstTags.size() && field.tag != kFirstTags[count]) {
            return {ScreenFault::HeaderOrder, field.tag, field.offset};
        }
        if (const ScreenFault fault = judge(field, rules); fault != ScreenFault::None) {
            return {fault, field.tag, field.offset};
        }
    }
    if (count < kFirstTags.size()) {
        return {ScreenFault::HeaderOrder, 0, frame.size()};
    }
    return {};
}

std::string_view text_of(ScreenFault fault) {
    switch (fault) {
        case ScreenFault::None:
            return "no fault";
        case ScreenFault::BadTag:
            return "a tag is not 1 to 9 digits";
        case ScreenFault::NoEqualSign:
            return "a tag is not followed by '='";
        case ScreenFault::NoSoh:
            return "the value runs out of the frame";
        case ScreenFault::DataWithoutSize:
            return "a data field is not directly behind its length field";
        case ScreenFault::DataTooLong:
            return "a data field does not end where its length field says";
        case ScreenFault::HeaderOrder:
            return "the first three fields are not BeginString(8), BodyLength(9), MsgType(35)";
        case ScreenFault::NumberTooLong:
            return "a sequence number has more than 9 digits";
        case ScreenFault::HeartBtIntRange:
            return "HeartBtInt(108) is out of range";
    }
    return "unknown fault";
}

std::string ScreenResult::text() const {
    return std::string(text_of(fault)) + ": tag " + std::to_string(tag) + " at byte " +
           std::to_string(offset);
}

}  // namespace sluice::transport
