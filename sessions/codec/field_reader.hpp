// FieldReader: walks the tag=value fields of one message without copying. Made for frames that were
// framed and screened, and safe on any bytes: it never reads outside `frame`, and a field that is
// not one ends the walk. A data field such as RawData(96) is taken by the length that stands
// directly before it, so its value may hold SOH.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace sluice::codec {

inline constexpr char kSoh = '\x01';

struct Field {
    int tag = 0;
    std::string_view value;
};

// The tag of the length field that stands before data field `tag`; 0 when it is not a data field.
constexpr int length_tag_of(int tag) {
    constexpr std::array kJustBelow{91,   96,   213,  349,  351,  353,  355, 357,
                                    359,  361,  363,  365,  446,  619,  622, 1185,
                                    1278, 1281, 1283, 1398, 1402, 1404, 1469};
    if (tag < 89 || tag > 1469) {
        return 0;
    }
    if (tag == 89) {
        return 93;  // Signature(89), SignatureLength(93)
    }
    return std::binary_search(kJustBelow.begin(), kJustBelow.end(), tag) ? tag - 1 : 0;
}

class FieldReader {
public:
    explicit FieldReader(std::string_view frame) : frame_(frame) {}

    // False at the end, and at the first thing that is not a field: then broken().
    bool next(Field& field) {
        if (broken_ || at_ == frame_.size()) {
            return false;
        }
        const int previous_tag = previous_.tag;
        if (!take_tag(field.tag)) {
            return broken();
        }
        const int length_tag = length_tag_of(field.tag);
        const bool taken = length_tag == 0 ? take_text(field.value)
                                           : length_tag == previous_tag && take_data(field.value);
        if (!taken) {
            return broken();
        }
        previous_ = field;
        return true;
    }

    bool is_broken() const { return broken_; }
    // Behind the last whole field.
    std::size_t offset() const { return at_; }

private:
    static constexpr std::size_t kDigitsMax = 9;

    bool broken() {
        broken_ = true;
        return false;
    }
    // Moves over "44=". A tag has 1 to 9 digits and does not start with 0.
    bool take_tag(int& tag) {
        const std::size_t end = std::min(frame_.size(), at_ + kDigitsMax + 1);
        std::size_t at = at_;
        int number = 0;
        while (at < end && frame_[at] >= '0' && frame_[at] <= '9' && at - at_ < kDigitsMax) {
            number = number * 10 + (frame_[at++] - '0');
        }
        if (at == at_ || at == end || frame_[at] != '=' || frame_[at_] == '0') {
            return false;
        }
        tag = number;
        value_at_ = at + 1;
        return true;
    }
    bool take_text(std::string_view& value) {
        const char* from = frame_.data() + value_at_;
        const void* soh = std::memchr(from, kSoh, frame_.size() - value_at_);
        if (soh == nullptr) {
            return false;
        }
        value = {from, static_cast<std::size_t>(static_cast<const char*>(soh) - from)};
        at_ = value_at_ + value.size() + 1;
        return true;
    }
    bool take_data(std::string_view& value) {
        std::size_t length = 0;
        if (previous_.value.empty() || previous_.value.size() > kDigitsMax) {
            return false;
        }
        for (const char c : previous_.value) {
            if (c < '0' || c > '9') {
                return false;
            }
            length = length * 10 + static_cast<std::size_t>(c - '0');
        }
        if (length >= frame_.size() - value_at_ || frame_[value_at_ + length] != kSoh) {
            return false;
        }
        value = frame_.substr(value_at_, length);
        at_ = value_at_ + length + 1;
        return true;
    }

    std::string_view frame_;
    std::size_t at_ = 0;
    std::size_t value_at_ = 0;
    Field previous_;
    bool broken_ = false;
};

// MsgType(35), the third field of a good message; empty when there is none.
inline std::string_view msg_type_of(std::string_view frame) {
    FieldReader reader(frame);
    Field field;
    while (reader.next(field)) {
        if (field.tag == 35) {
            return field.value;
        }
    }
    return {};
}

}  // namespace sluice::codec
