// Walks the tag=value fields of a framed message without copying. The engine screens messages
// before they come here; on arbitrary bytes the reader stops at the first that is no field and
// never reads outside the view.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice::codec {

inline constexpr char kSoh = '\x01';

struct FieldView {
    int tag = 0;
    std::string_view value;
};

class FieldReader {
public:
    explicit FieldReader(std::string_view message) : rest_(message) {}

    // False at the end, or where the bytes are no field.
    bool next(FieldView& out) {
        int tag = 0;
        std::size_t at = 0;
        for (; at < rest_.size() && rest_[at] >= '0' && rest_[at] <= '9' && at < 9; ++at) {
            tag = tag * 10 + (rest_[at] - '0');
        }
        if (at == 0 || at >= rest_.size() || rest_[at] != '=') {
            return false;
        }
        const std::size_t begin = at + 1;
        std::size_t end = rest_.find(kSoh, begin);
        if (is_data(tag) && previous_length_ <= rest_.size() - begin) {
            end = begin + previous_length_;
        }
        if (end >= rest_.size() || rest_[end] != kSoh) {
            return false;
        }
        out = {tag, rest_.substr(begin, end - begin)};
        remember_length(out);
        rest_.remove_prefix(end + 1);
        return true;
    }

private:
    // Data fields may hold SOH; the field before each says its length.
    static bool is_data(int tag) {
        switch (tag) {
            case 89:
            case 91:
            case 96:
            case 213:
            case 349:
            case 351:
            case 353:
            case 355:
            case 357:
            case 359:
            case 361:
            case 363:
            case 365:
            case 446:
            case 619:
            case 622:
                return true;
            default:
                return false;
        }
    }
    void remember_length(const FieldView& field) {
        previous_length_ = ~std::size_t{0};
        if (field.value.empty() || field.value.size() > 6) {
            return;
        }
        std::size_t length = 0;
        for (const char c : field.value) {
            if (c < '0' || c > '9') {
                return;
            }
            length = length * 10 + static_cast<std::size_t>(c - '0');
        }
        previous_length_ = length;
    }

    std::string_view rest_;
    std::size_t previous_length_ = ~std::size_t{0};
};

}  // namespace sluice::codec
