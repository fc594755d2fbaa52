#include "sessions/codec/describe.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "sessions/codec/field_names.hpp"
#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The length of "44=" at `at`; 0 when no tag stands there.
std::size_t tag_size(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && end - at < 9 && is_digit(text[end])) {
        ++end;
    }
    const bool is_tag = end > at && text[at] != '0' && end < text.size() && text[end] == '=';
    return is_tag ? end - at + 1 : 0;
}

// The separator that most often stands before a tag; SOH when there is none.
std::string_view find_separator(std::string_view text) {
    constexpr std::array<std::string_view, 8> kSeparators{"\x01",  "|",     "^A",      "\\x01",
                                                          "\\001", "<SOH>", "\\u0001", ";"};
    std::string_view best = kSeparators.front();
    std::size_t most = 0;
    for (const auto separator : kSeparators) {
        std::size_t count = 0;
        for (auto at = text.find(separator); at != kNone;
             at = text.find(separator, at + separator.size())) {
            count += tag_size(text, at + separator.size()) != 0 ? 1U : 0U;
        }
        if (count > most) {
            most = count;
            best = separator;
        }
    }
    return best;
}

// "8=FIX" that does not end another number, as in "48=FIX".
std::size_t find_start(std::string_view text, std::size_t from) {
    for (auto at = text.find("8=FIX", from); at != kNone; at = text.find("8=FIX", at + 1)) {
        if (at == 0 || !is_digit(text[at - 1])) {
            return at;
        }
    }
    return kNone;
}

// One text per message: from one BeginString(8) to the next, or, without any, line by line.
std::vector<std::string_view> split_messages(std::string_view text) {
    std::vector<std::string_view> parts;
    auto start = find_start(text, 0);
    if (start == kNone) {
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            parts.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        return parts;
    }
    while (start != kNone) {
        const auto next = find_start(text, start + 1);
        parts.push_back(text.substr(start, next == kNone ? kNone : next - start));
        start = next;
    }
    return parts;
}

// Splits one message. A separator ends a value where a tag, the end or white space follows, so a
// Text(58) may hold the separator; a data field is taken by its length.
class Splitter {
public:
    Splitter(std::string_view text, std::string_view separator)
        : text_(text), separator_(separator) {}

    DescribedMessage split() {
        at_ = first_tag();
        while (at_ < text_.size() && !done_) {
            const auto size = tag_size(text_, at_);
            if (size == 0) {
                break;
            }
            take(size);
        }
        return std::move(message_);
    }

private:
    std::size_t first_tag() const {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            const bool begins = at == 0 || !(is_digit(text_[at - 1]));
            if (begins && tag_size(text_, at) != 0) {
                return at;
            }
        }
        return text_.size();
    }

    void take(std::size_t size) {
        DescribedField field;
        for (std::size_t i = 0; i + 1 < size; ++i) {
            field.tag = field.tag * 10 + (text_[at_ + i] - '0');
        }
        const std::size_t from = at_ + size;
        const std::size_t end = field.tag == tag::CheckSum
                                    ? digits_end(from)
                                    : data_end(field.tag, from).value_or(text_end(from));
        field.value = std::string(text_.substr(from, end - from));
        field.name = field_name(field.tag);
        field.word = value_name(field.tag, field.value);
        done_ = field.tag == tag::CheckSum;
        message_.fields.push_back(std::move(field));
        at_ = std::min(end + separator_.size(), text_.size());
    }

    // CheckSum(10) is a number; behind it a log may say anything.
    std::size_t digits_end(std::size_t from) const {
        const std::size_t end = text_end(from);
        const std::size_t digits = text_.find_first_not_of("0123456789", from);
        return digits == from ? end : std::min(digits, end);
    }

    // A data field whose length is stated just before it, and right.
    std::optional<std::size_t> data_end(int tag, std::size_t from) const {
        const int length_tag = length_tag_of(tag);
        if (length_tag == 0 || message_.fields.empty() ||
            message_.fields.back().tag != length_tag || message_.fields.back().value.size() > 6) {
            return std::nullopt;
        }
        std::size_t length = 0;
        for (const char c : message_.fields.back().value) {
            if (!is_digit(c)) {
                return std::nullopt;
            }
            length = length * 10 + static_cast<std::size_t>(c - '0');
        }
        const bool fits =
            length <= text_.size() - from && text_.substr(from + length).starts_with(separator_);
        return fits ? std::optional(from + length) : std::nullopt;
    }

    std::size_t text_end(std::size_t from) const {
        for (auto at = text_.find(separator_, from); at != kNone;
             at = text_.find(separator_, at + 1)) {
            const auto next = at + separator_.size();
            if (next >= text_.size() || tag_size(text_, next) != 0 || text_[next] == '\n' ||
                text_[next] == '\r' || text_[next] == ' ' || separator_.front() == kSoh) {
                return at;
            }
        }
        // The last field: what a log writes behind it begins with white space or a quote.
        return std::min(text_.find_first_of("\r\n\"'", from), text_.size());
    }

    std::string_view text_;
    std::string_view separator_;
    std::size_t at_ = 0;
    bool done_ = false;
    DescribedMessage message_;
};

std::size_t wire_size(const DescribedField& field) {
    return fmt::formatted_size("{}", field.tag) + 1 + field.value.size() + 1;
}

unsigned wire_sum(const DescribedField& field) {
    unsigned sum = '=' + static_cast<unsigned>(kSoh);
    for (const char c : fmt::format("{}", field.tag)) {
        sum += static_cast<unsigned char>(c);
    }
    for (const char c : field.value) {
        sum += static_cast<unsigned char>(c);
    }
    return sum;
}

void check_length(DescribedMessage& message) {
    const auto& fields = message.fields;
    if (fields.size() < 2 || fields[1].tag != tag::BodyLength) {
        return;
    }
    std::size_t size = 0;
    for (std::size_t i = 2; i < fields.size() && fields[i].tag != tag::CheckSum; ++i) {
        size += wire_size(fields[i]);
    }
    if (fields[1].value != fmt::format("{}", size)) {
        message.faults.push_back(
            fmt::format("BodyLength(9) says {} and should be {}", fields[1].value, size));
    }
}

void check_sum_of(DescribedMessage& message) {
    const auto& fields = message.fields;
    if (fields.empty() || fields.front().tag != tag::BeginString ||
        fields.back().tag != tag::CheckSum) {
        return;
    }
    unsigned sum = 0;
    for (std::size_t i = 0; i + 1 < fields.size(); ++i) {
        sum += wire_sum(fields[i]);
    }
    const auto expected = fmt::format("{:03}", sum % 256);
    if (fields.back().value != expected) {
        message.faults.push_back(
            fmt::format("CheckSum(10) says {} and should be {}", fields.back().value, expected));
    }
}

}  // namespace

std::string_view DescribedMessage::value(int tag) const {
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const DescribedField& each) { return each.tag == tag; });
    return field == fields.end() ? std::string_view() : std::string_view(field->value);
}

std::vector<DescribedMessage> describe(std::string_view any_fix_text) {
    std::vector<DescribedMessage> messages;
    const auto separator = find_separator(any_fix_text);
    for (const auto part : split_messages(any_fix_text)) {
        auto message = Splitter(part, separator).split();
        if (message.fields.empty()) {
            continue;
        }
        check_length(message);
        check_sum_of(message);
        messages.push_back(std::move(message));
    }
    return messages;
}

std::string table_of(const DescribedMessage& message) {
    std::size_t width = 0;
    for (const auto& field : message.fields) {
        width = std::max(width, field.name.size());
    }
    std::string table;
    for (const auto& field : message.fields) {
        table += fmt::format("{:>5}  {:<{}}  {}", field.tag, field.name.empty() ? "?" : field.name,
                             width, field.value);
        table += field.word.empty() ? "\n" : fmt::format("  {}\n", field.word);
    }
    for (const auto& fault : message.faults) {
        table += fmt::format("    !  {}\n", fault);
    }
    return table;
}

}  // namespace sluice::codec
