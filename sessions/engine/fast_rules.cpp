#include "sessions/engine/fast_rules.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "gateway/domain/scan.hpp"
#include "sessions/engine/quickfix.hpp"

namespace sluice::engine {
namespace {

using scan::is_digit;
using scan::kSoh;

constexpr std::size_t kTrailer = 7;  // "10=123|"
constexpr std::array<const char*, 6> kTypes = {"D", "F", "G", "H", "8", "9"};

bool is_number(std::string_view value, bool with_point) {
    constexpr std::size_t kCharactersMax = 18;
    const char* at = value.data();
    const char* const end = at + value.size();
    at += *at == '-' ? 1 : 0;
    const char* const digits = at;
    while (at != end && is_digit(*at)) {
        ++at;
    }
    if (at == digits || value.size() > kCharactersMax) {
        return false;
    }
    if (at == end || !with_point || *at != '.') {
        return at == end;
    }
    const char* const fraction = ++at;
    while (at != end && is_digit(*at)) {
        ++at;
    }
    return at == end && at != fraction;
}

int two_digits(const char* at) {
    return (at[0] - '0') * 10 + (at[1] - '0');
}

// The form alone; the date may be none of the calendar, as for QuickFIX.
bool is_time(std::string_view value) {
    constexpr std::size_t kSeconds = 17;  // without a fraction
    if (value.size() < kSeconds || value.size() > kSeconds + 10 ||
        !scan::has_time_form(value.data()) || !is_digit(value[16])) {
        return false;
    }
    if (value.size() > kSeconds) {
        const std::string_view fraction = value.substr(kSeconds);
        if (fraction.size() < 2 || fraction[0] != '.' ||
            !std::all_of(fraction.begin() + 1, fraction.end(), is_digit)) {
            return false;
        }
    }
    const int month = two_digits(&value[4]);
    const int day = two_digits(&value[6]);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 && two_digits(&value[9]) <= 23 &&
           two_digits(&value[12]) <= 59 && two_digits(&value[15]) <= 59;
}

// Where a walk over the fields of a frame stands.
struct Cursor {
    const char* at;
    const char* end;

    // The tag and the value of the next field; 0: no tag of 1 to 4 digits, no value or no SOH.
    std::uint32_t next(std::string_view& value) {
        std::uint32_t tag = static_cast<unsigned char>(*at - '0');
        if (tag == 0 || tag > 9) {
            return 0;
        }
        for (++at; at != end && is_digit(*at); ++at) {
            tag = tag * 10 + static_cast<std::uint32_t>(*at - '0');
            if (tag > 9'999) {
                return 0;
            }
        }
        if (at == end || *at != '=') {
            return 0;
        }
        ++at;
        const char* const soh = scan::find_soh(at, end);
        if (soh == end || soh == at) {
            return 0;
        }
        value = {at, static_cast<std::size_t>(soh - at)};
        at = soh + 1;
        return tag;
    }
};

bool read_number(std::string_view text, std::uint32_t& out) {
    constexpr std::size_t kDigitsMax = 9;
    out = 0;
    for (const char c : text) {
        if (!is_digit(c)) {
            return false;
        }
        out = out * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return text.size() <= kDigitsMax;
}

}  // namespace

FastRules::FastRules(const FIX::DataDictionary& session,
                     const FIX::DataDictionary& application,
                     std::string_view begin_string) {
    begin_.append("8=")
        .append(begin_string)
        .append(
            "\x01"
            "9=");
    for (const char* type : kTypes) {
        if (!application.isMsgType(type)) {
            continue;
        }
        types_.push_back(make_type(application, type));
        for (int tag = 1; tag < static_cast<int>(kTagMax); ++tag) {
            if (session.isHeaderField(tag) || session.isTrailerField(tag)) {
                types_.back().rules[static_cast<std::size_t>(tag)] = {};
            }
        }
        type_index_[static_cast<std::size_t>(type[0])] = static_cast<std::uint8_t>(types_.size());
    }
}

FastRules::Type FastRules::make_type(const FIX::DataDictionary& application,
                                     const std::string& msg_type) {
    Type made;
    std::uint16_t next = 0;
    for (int tag = 1; tag < static_cast<int>(kTagMax) && next < kFieldsMax; ++tag) {
        if (!application.isMsgField(msg_type, tag)) {
            continue;
        }
        Rule& rule = made.rules[static_cast<std::size_t>(tag)];
        rule.index = next++;
        if (application.isRequiredField(msg_type, tag)) {
            made.required[rule.index / 64U] |= std::uint64_t{1} << rule.index % 64U;
        }
        FIX::TYPE::Type type = FIX::TYPE::Unknown;
        if (!application.isField(tag) || application.isGroup(msg_type, tag) ||
            application.isDataField(tag) || !application.getFieldType(tag, type)) {
            continue;
        }
        switch (type) {
            case FIX::TYPE::String:
            case FIX::TYPE::Currency:
            case FIX::TYPE::Exchange:
            case FIX::TYPE::MultipleValueString:
            case FIX::TYPE::MultipleStringValue:
            case FIX::TYPE::MultipleCharValue:
            case FIX::TYPE::LocalMktDate:
            case FIX::TYPE::MonthYear:
            case FIX::TYPE::Country:
                rule.form = Form::Text;
                break;
            case FIX::TYPE::Char:
                rule.form = Form::Char;
                break;
            case FIX::TYPE::Price:
            case FIX::TYPE::Amt:
            case FIX::TYPE::Qty:
            case FIX::TYPE::Float:
            case FIX::TYPE::PriceOffset:
            case FIX::TYPE::Percentage:
                rule.form = Form::Number;
                break;
            case FIX::TYPE::Int:
            case FIX::TYPE::SeqNum:
                rule.form = Form::Integer;
                break;
            case FIX::TYPE::Boolean:
                rule.form = Form::Boolean;
                break;
            case FIX::TYPE::UtcTimeStamp:
                rule.form = Form::Time;
                break;
            default:
                break;
        }
        if (rule.form != Form::Slow && application.hasFieldValue(tag)) {
            rule.values = char_set(application, tag);
        }
    }
    made.words = (next + 63U) / 64U;
    return made;
}

// Of a field with given values those of one character; another value is not plain.
std::uint8_t FastRules::char_set(const FIX::DataDictionary& application, int tag) {
    CharSet set{};
    for (unsigned c = '!'; c < 127; ++c) {
        if (application.isFieldValue(tag, std::string(1, static_cast<char>(c)))) {
            set[c / 64U] |= std::uint64_t{1} << c % 64U;
        }
    }
    auto found = std::find(char_sets_.begin() + 1, char_sets_.end(), set);
    if (found == char_sets_.end()) {
        char_sets_.push_back(set);
        found = char_sets_.end() - 1;
    }
    return static_cast<std::uint8_t>(found - char_sets_.begin());
}

const FastRules::Type* FastRules::type_of(char msg_type) const {
    const auto c = static_cast<unsigned char>(msg_type);
    return c < type_index_.size() && type_index_[c] != 0 ? &types_[type_index_[c] - 1U] : nullptr;
}

bool FastRules::is_good_value(const Rule& rule, std::string_view value) const {
    if (rule.values != 0) {
        const auto c = static_cast<unsigned char>(value[0]);
        if (value.size() != 1 || c > 127 ||
            (char_sets_[rule.values][c / 64U] >> c % 64U & 1U) == 0) {
            return false;
        }
    }
    switch (rule.form) {
        case Form::Text:
            return true;
        case Form::Char:
            return value.size() == 1;
        case Form::Number:
            return is_number(value, true);
        case Form::Integer:
            return value.size() <= 9 && is_number(value, false);
        case Form::Boolean:
            return value.size() == 1 && (value[0] == 'Y' || value[0] == 'N');
        case Form::Time:
            return is_time(value);
        case Form::Slow:
            break;
    }
    return false;
}

bool FastRules::is_plain(std::string_view frame, PlainMessage& out) const {
    if (frame.size() < begin_.size() + kTrailer ||
        std::memcmp(frame.data(), begin_.data(), begin_.size()) != 0) {
        return false;
    }
    Cursor cursor{frame.data() + begin_.size(), frame.data() + frame.size() - kTrailer};
    const char* const body_length = cursor.at;
    while (cursor.at != cursor.end && is_digit(*cursor.at)) {
        ++cursor.at;
    }
    std::uint32_t length = 0;
    const std::string_view digits(body_length, static_cast<std::size_t>(cursor.at - body_length));
    constexpr std::string_view kMsgType =
        "\x01"
        "35=";
    if (!read_number(digits, length) || cursor.end - cursor.at < 6 ||
        std::memcmp(cursor.at, kMsgType.data(), kMsgType.size()) != 0 || cursor.at[5] != kSoh ||
        length != static_cast<std::size_t>(cursor.end - cursor.at) - 1) {
        return false;
    }
    const Type* const type = type_of(cursor.at[4]);
    cursor.at += 6;
    if (type == nullptr) {
        return false;
    }

    PlainMessage said;
    std::string_view value;
    std::uint32_t tag = 0;
    unsigned header = 0;  // a bit for each of 34, 49, 52, 56
    while (header != 0xfU) {
        if (cursor.at == cursor.end) {
            return false;
        }
        tag = cursor.next(value);
        unsigned bit = 0;
        switch (tag) {
            case 34:
                bit = 1;
                if (!read_number(value, said.msg_seq_num)) {
                    return false;
                }
                break;
            case 49:
                bit = 2;
                said.sender_comp_id = value;
                break;
            case 52:
                bit = 4;
                said.sending_time = value;
                break;
            case 56:
                bit = 8;
                said.target_comp_id = value;
                break;
            default:
                return false;
        }
        if ((header & bit) != 0) {
            return false;
        }
        header |= bit;
    }

    Bits seen{};
    while (cursor.at != cursor.end) {
        tag = cursor.next(value);
        if (tag == 0 || tag >= kTagMax) {
            return false;
        }
        const Rule rule = type->rules[tag];
        std::uint64_t& word = seen[rule.index / 64U];
        const std::uint64_t bit = std::uint64_t{1} << rule.index % 64U;
        if (rule.form == Form::Slow || (word & bit) != 0 || !is_good_value(rule, value)) {
            return false;
        }
        word |= bit;
    }
    for (std::size_t i = 0; i < type->words; ++i) {
        if ((seen[i] & type->required[i]) != type->required[i]) {
            return false;
        }
    }
    out = said;
    return true;
}

bool TimeReader::read(std::string_view text, UtcNanos& out) {
    if (!is_time(text)) {
        return false;
    }
    if (std::memcmp(text.data(), date_.data(), date_.size()) != 0) {
        using namespace std::chrono;
        const int year_of = two_digits(text.data()) * 100 + two_digits(text.data() + 2);
        const year_month_day date{year(year_of), month(static_cast<unsigned>(two_digits(&text[4]))),
                                  day(static_cast<unsigned>(two_digits(&text[6])))};
        // Nanoseconds since 1970 in 64 bits end within the year 2262.
        if (!date.ok() || year_of < 1970 || year_of > 2261) {
            return false;
        }
        midnight_ns_ = duration_cast<nanoseconds>(sys_days{date}.time_since_epoch()).count();
        std::memcpy(date_.data(), text.data(), date_.size());
    }
    const std::int64_t seconds =
        two_digits(&text[9]) * 3'600 + two_digits(&text[12]) * 60 + two_digits(&text[15]);
    std::int64_t fraction = 0;
    std::int64_t unit = kNanosPerSecond;
    for (std::size_t i = 18; i < text.size(); ++i) {
        unit /= 10;
        fraction += (text[i] - '0') * unit;
    }
    out = {midnight_ns_ + seconds * kNanosPerSecond + fraction};
    return true;
}

}  // namespace sluice::engine
