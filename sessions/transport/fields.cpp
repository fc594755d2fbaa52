#include "sessions/transport/fields.hpp"

#include <algorithm>
#include <array>

namespace sluice::transport {

namespace {

constexpr char kSoh = '\x01';
constexpr std::size_t kTagDigitsMax = 9;
constexpr std::size_t kLengthDigitsMax = 9;

// Data fields of FIX 4.0 to 5.0 SP2 whose length field has the tag just below. Sorted.
// Signature(89) is the one whose length, SignatureLength(93), stands elsewhere.
constexpr std::array kDataTags{91,  96,  213, 349,  351,  353,  355,  357,  359,  361,  363, 365,
                               446, 619, 622, 1185, 1278, 1281, 1283, 1398, 1402, 1404, 1469};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

int length_tag_of(int tag) {
    if (tag == 89) {
        return 93;
    }
    return std::binary_search(kDataTags.begin(), kDataTags.end(), tag) ? tag - 1 : 0;
}

FieldFault FieldCursor::read_tag() {
    field_ = {0, {}, at_};
    std::size_t digits = 0;
    int tag = 0;
    for (; at_ < frame_.size() && is_digit(frame_[at_]) && digits <= kTagDigitsMax;
         ++at_, ++digits) {
        if (digits < kTagDigitsMax) {
            tag = tag * 10 + (frame_[at_] - '0');
        }
    }
    if (digits == 0 || digits > kTagDigitsMax || frame_[field_.offset] == '0') {
        return FieldFault::BadTag;
    }
    field_.tag = tag;
    if (at_ == frame_.size() || frame_[at_] != '=') {
        return FieldFault::NoEqualSign;
    }
    ++at_;
    return FieldFault::None;
}

FieldFault FieldCursor::read_text() {
    const auto soh = frame_.find(kSoh, at_);
    if (soh == std::string_view::npos) {
        return FieldFault::NoSoh;
    }
    field_.value = frame_.substr(at_, soh - at_);
    at_ = soh + 1;
    return FieldFault::None;
}

FieldFault FieldCursor::read_data() {
    const auto digits = previous_.value;
    if (digits.empty() || digits.size() > kLengthDigitsMax ||
        !std::all_of(digits.begin(), digits.end(), is_digit)) {
        return FieldFault::DataTooLong;
    }
    std::size_t length = 0;
    for (const char c : digits) {
        length = length * 10 + static_cast<std::size_t>(c - '0');
    }
    if (length >= frame_.size() - at_ || frame_[at_ + length] != kSoh) {
        return FieldFault::DataTooLong;
    }
    field_.value = frame_.substr(at_, length);
    at_ += length + 1;
    return FieldFault::None;
}

FieldFault FieldCursor::next() {
    previous_ = field_;
    const FieldFault fault = read_tag();
    if (fault != FieldFault::None) {
        return fault;
    }
    const int length_tag = length_tag_of(field_.tag);
    if (length_tag == 0) {
        return read_text();
    }
    return previous_.tag == length_tag ? read_data() : FieldFault::DataWithoutSize;
}

}  // namespace sluice::transport
