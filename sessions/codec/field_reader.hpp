// FieldReader: walks the tag=value fields of one message without copying. Made for frames that were
// framed and screened, and safe on any bytes: it never reads outside `frame`, and a field that is
// not one ends the walk. A data field such as RawData(96) is taken by the length that stands
// directly before it, so its value may hold SOH.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/domain/scan.hpp"

namespace sluice::codec {

using scan::kSoh;

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
    explicit FieldReader(std::string_view frame)
        : begin_(frame.data()), at_(begin_), end_(begin_ + frame.size()) {}

    // False at the end, and at the first thing that is not a field: then broken().
    bool next(Field& field) {
        if (at_ == end_ || broken_) {
            return false;
        }
        // A tag has 1 to 9 digits and does not start with 0.
        unsigned digit = static_cast<unsigned char>(*at_) - unsigned{'0'};
        unsigned number = digit;
        if (digit - 1U > 8U) {
            return broken();
        }
        const char* at = at_ + 1;
        const char* const limit = end_ - at_ > kDigitsMax ? at_ + kDigitsMax : end_;
        for (; at != limit; ++at, number = number * 10 + digit) {
            digit = static_cast<unsigned char>(*at) - unsigned{'0'};
            if (digit > 9U) {
                break;
            }
        }
        if (at == end_ || *at != '=') {
            return broken();
        }
        ++at;
        field.tag = static_cast<int>(number);
        const int length_tag = length_tag_of(field.tag);
        const char* soh = nullptr;
        if (length_tag == 0) {
            soh = scan::find_soh(at, end_);
        } else {
            soh = length_tag == previous_.tag ? end_of_data(at) : end_;
        }
        if (soh == end_) {
            return broken();
        }
        field.value = {at, static_cast<std::size_t>(soh - at)};
        at_ = soh + 1;
        previous_ = field;
        return true;
    }

    bool is_broken() const { return broken_; }
    // Behind the last whole field.
    std::size_t offset() const { return static_cast<std::size_t>(at_ - begin_); }

private:
    static constexpr std::ptrdiff_t kDigitsMax = 9;

    bool broken() {
        broken_ = true;
        return false;
    }
    // Where the SOH of a data field stands by the length before it; end_ when it does not.
    const char* end_of_data(const char* value) const {
        std::ptrdiff_t length = 0;
        if (previous_.value.empty() || previous_.value.size() > std::size_t{kDigitsMax}) {
            return end_;
        }
        for (const char c : previous_.value) {
            if (!scan::is_digit(c)) {
                return end_;
            }
            length = length * 10 + (c - '0');
        }
        return length < end_ - value && value[length] == kSoh ? value + length : end_;
    }

    const char* begin_;
    const char* at_;
    const char* end_;
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
