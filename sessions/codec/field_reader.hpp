// FieldReader: walks the tag=value fields of one message without copying. Made for frames that were
// framed and screened, and safe on any bytes: it never reads outside `frame`, and a field that is
// not one ends the walk. A data field such as RawData(96) is taken by the length that stands
// directly before it, so its value may hold SOH.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sluice::codec {

inline constexpr char kSoh = '\x01';

struct Field {
    int tag = 0;
    std::string_view value;
};

namespace detail {
// The data fields whose length field has the tag just below, one bit a tag.
inline constexpr int kDataTagMax = 1469;
inline constexpr auto kDataTags = [] {
    std::array<std::uint64_t, kDataTagMax / 64 + 1> bits{};
    for (const unsigned tag :
         {91U,  96U,  213U, 349U,  351U,  353U,  355U,  357U,  359U,  361U,  363U, 365U,
          446U, 619U, 622U, 1185U, 1278U, 1281U, 1283U, 1398U, 1402U, 1404U, 1469U}) {
        bits[tag / 64] |= std::uint64_t{1} << tag % 64;
    }
    return bits;
}();

// The first SOH in [from, end), or nullptr. Values are short, so eight bytes are looked at at once
// in place of a call.
inline const char* find_soh(const char* from, const char* end) {
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101ULL;
    if constexpr (std::endian::native == std::endian::little) {
        for (; end - from >= 8; from += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, from, 8);
            word ^= kOnes;  // a SOH becomes 0
            const std::uint64_t zeros = (word - kOnes) & ~word & (kOnes << 7U);
            if (zeros != 0) {
                return from + std::countr_zero(zeros) / 8;
            }
        }
    }
    const char* found = std::find(from, end, kSoh);
    return found == end ? nullptr : found;
}
}  // namespace detail

// The tag of the length field that stands before data field `tag`; 0 when it is not a data field.
constexpr int length_tag_of(int tag) {
    if (tag < 89 || tag > detail::kDataTagMax) {
        return 0;
    }
    if (tag == 89) {
        return 93;  // Signature(89), SignatureLength(93)
    }
    const auto at = static_cast<unsigned>(tag);
    return (detail::kDataTags[at / 64] >> at % 64 & 1U) != 0 ? tag - 1 : 0;
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
        const char* soh = detail::find_soh(from, frame_.data() + frame_.size());
        if (soh == nullptr) {
            return false;
        }
        value = {from, static_cast<std::size_t>(soh - from)};
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
