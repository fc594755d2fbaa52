#include "gateway/config/value.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/config/scalar.hpp"

namespace sluice::config {
namespace {

using Stored = Result<Done, ValueError>;

constexpr std::int64_t kMilli = 1'000'000;
constexpr std::size_t kNameMax = 24;
constexpr std::int64_t kTextMax = 256;

template <class... Ts>
struct Overload : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
Overload(Ts...) -> Overload<Ts...>;

Stored wrong_type(std::string expected) {
    return Stored::failure({code::kType, std::move(expected), {}});
}
Stored wrong_name(std::string expected) {
    return Stored::failure({code::kName, std::move(expected), {}});
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_name_character(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == ':' || c == '-';
}
bool all(std::string_view text, bool (*test)(char)) {
    return std::all_of(text.begin(), text.end(), test);
}

// The number that min and max are in; empty when the text is no value of the type.
std::optional<std::int64_t> number_of(Type type, std::string_view text) {
    switch (type) {
        case Type::Int:
            return parse_int(text);
        case Type::Octal:
            return parse_octal(text);
        case Type::Size:
            return parse_size(text);
        case Type::Interval:
        case Type::LimitInterval:
            return parse_duration(text);
        case Type::Decimal:
        case Type::Limit: {
            const auto value = Decimal::parse(text);
            return value.ok() ? std::optional(value.value().units()) : std::nullopt;
        }
        default:
            return std::nullopt;
    }
}

std::string number_text(Type type, std::int64_t number) {
    switch (type) {
        case Type::Octal:
            return fmt::format("0{:o}", number);
        case Type::Size:
            return size_text(number);
        case Type::Interval:
        case Type::LimitInterval:
            return duration_text(number);
        case Type::Decimal:
        case Type::Limit:
            return Decimal::from_units(number).to_string();
        default:
            return fmt::format("{}", number);
    }
}

std::string expected_number(const Option& option) {
    switch (option.type) {
        case Type::Octal:
            return "is not an octal number such as 0600";
        case Type::Size:
            return "is not a size: a number and B, KiB, MiB or GiB";
        case Type::Interval:
            return "is not a duration: a number and ns, us, ms, s, m, h or d";
        case Type::LimitInterval:
            return "is neither a duration (a number and ns, us, ms, s, m, h or d) nor the word "
                   "unlimited";
        case Type::Decimal:
            return "is not a decimal: digits, at most eight of them behind the point";
        case Type::Limit:
            return "is neither a decimal (digits, at most eight of them behind the point) nor the "
                   "word unlimited";
        default:
            return "is not an integer";
    }
}

template <class Int>
Stored put(Int& field, std::int64_t value) {
    if (value < 0 || static_cast<std::uint64_t>(value) > std::numeric_limits<Int>::max()) {
        return Stored::failure({code::kRange, "is out of range", {}});
    }
    field = static_cast<Int>(value);
    return Done{};
}

Stored store_number(const Option& option, const Target& target, std::int64_t number) {
    const std::int64_t scaled = number / option.unit_ns;
    return std::visit(
        Overload{
            [&](std::uint16_t* field) { return put(*field, scaled); },
            [&](std::uint32_t* field) { return put(*field, scaled); },
            [&](std::uint64_t* field) { return put(*field, scaled); },
            [&](std::vector<std::uint32_t>* field) { return put(field->emplace_back(), scaled); },
            [&](Duration* field) -> Stored {
                *field = Duration(number);
                return Done{};
            },
            [&](Nanos field) -> Stored {
                *field.value = number;
                return Done{};
            },
            [&](Decimal* field) -> Stored {
                *field = Decimal::from_units(number);
                return Done{};
            },
            [&](OptionalDecimal field) -> Stored {
                *field.value = Decimal::from_units(number);
                *field.present = true;
                return Done{};
            },
            [&](LimitValue* field) -> Stored {
                *field = LimitValue::number(option.type == Type::LimitInterval
                                                ? Decimal::from_int(number / kMilli)
                                                : Decimal::from_units(number));
                return Done{};
            },
            [](const auto&) -> Stored {
                GW_CHECK(false && "the table binds a number to a field that is none");
                return Done{};
            }},
        target);
}

Stored parse_number(const Option& option, const Target& target, std::string_view text) {
    if (const auto* limit = std::get_if<LimitValue*>(&target); limit && text == "unlimited") {
        **limit = LimitValue::unlimited();
        return Done{};
    }
    if (const auto* nanos = std::get_if<Nanos>(&target); nanos && text == "never") {
        *nanos->value = -1;
        return Done{};
    }
    const auto number = number_of(option.type, text);
    if (!number) {
        return wrong_type(expected_number(option));
    }
    const std::int64_t step = option.type == Type::LimitInterval ? kMilli : option.unit_ns;
    const bool below = option.min && *number < *option.min;
    const bool above = option.max && *number > *option.max;
    const bool too_long =
        option.type == Type::LimitInterval && *number / kMilli > Decimal::kScale * 900;
    if (below || above || too_long) {
        return Stored::failure(
            {code::kRange, "is out of range: " + (too_long ? "too long" : range_text(option)), {}});
    }
    if (*number % step != 0) {
        return Stored::failure(
            {code::kRange, "is not a whole number of " + duration_text(step), {}});
    }
    return store_number(option, target, *number);
}

Stored unknown_word(const Option& option, std::string_view text) {
    const std::string_view near = nearest(text, option.words);
    return Stored::failure({code::kWord,
                            fmt::format("is none of: {}", fmt::join(option.words, ", ")),
                            near.empty() ? "" : fmt::format("did you mean '{}'?", near)});
}

Stored store_word(const Option& option, WordRef field, std::string_view text) {
    const auto found = std::find(option.words.begin(), option.words.end(), text);
    if (found == option.words.end()) {
        return unknown_word(option, text);
    }
    *field.value = static_cast<std::uint8_t>(option.first_word + (found - option.words.begin()));
    return Done{};
}

Stored store_bool(bool& field, std::string_view text) {
    if (text != "true" && text != "false") {
        return wrong_type("is neither true nor false");
    }
    field = text == "true";
    return Done{};
}

Stored check_text(const Option& option, std::string_view text) {
    const auto printable = [](char c) { return c >= 0x20 && c < 0x7f; };
    const auto length_max = static_cast<std::size_t>(option.max.value_or(kTextMax));
    const auto dark = [](char c) { return c > 0x20 && c < 0x7f; };
    switch (option.type) {
        case Type::Name:
            return !text.empty() && text.size() <= kNameMax && all(text, is_name_character)
                       ? Stored(Done{})
                       : wrong_name("is not a name: 1 to 24 letters, digits and _ . : -");
        case Type::Symbol:
            return !text.empty() && text.size() <= kNameMax && all(text, dark)
                       ? Stored(Done{})
                       : wrong_name("is not a symbol: 1 to 24 printable characters without blanks");
        case Type::Currency:
            return text.size() == 3 && all(text, [](char c) { return c >= 'A' && c <= 'Z'; })
                       ? Stored(Done{})
                       : wrong_name("is not a currency: 3 capital letters");
        case Type::Letters:
            return !text.empty() && text.size() <= 4 && all(text, is_letter)
                       ? Stored(Done{})
                       : wrong_name("is not 1 to 4 letters");
        case Type::Address:
            return is_address(text) ? Stored(Done{})
                                    : wrong_type("is not a numeric IPv4 or IPv6 address");
        case Type::Cidr:
            return is_cidr(text) ? Stored(Done{})
                                 : wrong_type(
                                       "is not an address or range such as 10.1.0.0/16 (no "
                                       "bits behind the prefix)");
        case Type::Word:
            return std::find(option.words.begin(), option.words.end(), text) != option.words.end()
                       ? Stored(Done{})
                       : unknown_word(option, text);
        case Type::Path:
            return !text.empty() && text.find('\0') == std::string_view::npos
                       ? Stored(Done{})
                       : wrong_type("is not a path");
        default:
            return !text.empty() && text.size() <= length_max && all(text, printable)
                       ? Stored(Done{})
                       : wrong_type(
                             fmt::format("is not 1 to {} printable ASCII characters", length_max));
    }
}

Stored store_text(const Option& option, const Target& target, std::string_view text) {
    auto checked = check_text(option, text);
    if (!checked.ok()) {
        return checked;
    }
    if (const auto* list = std::get_if<std::vector<std::string>*>(&target)) {
        (*list)->emplace_back(text);
    } else {
        GW_CHECK(std::holds_alternative<std::string*>(target));
        *std::get<std::string*>(target) = text;
    }
    return Done{};
}

std::string limit_text(const Option& option, const LimitValue& limit) {
    if (!limit.is_number()) {
        return "unlimited";
    }
    return option.type == Type::LimitInterval
               ? duration_text(limit.value.units() / Decimal::kScale * kMilli)
               : limit.value.to_string();
}

using Texts = std::vector<std::string>;

Texts word_text(const Option& option, WordRef field) {
    const auto index = static_cast<std::size_t>(*field.value - option.first_word);
    GW_CHECK(index < option.words.size());
    return {std::string(option.words[index])};
}

Texts numbers_text(const std::vector<std::uint32_t>& numbers) {
    Texts out;
    for (const std::uint32_t number : numbers) {
        out.push_back(std::to_string(number));
    }
    return out;
}

}  // namespace

Stored store(const Option& option, const Target& target, std::string_view text) {
    if (const auto* word = std::get_if<WordRef>(&target)) {
        return store_word(option, *word, text);
    }
    if (const auto* flag = std::get_if<bool*>(&target)) {
        return store_bool(**flag, text);
    }
    return option.type <= Type::Cidr || option.type == Type::Word
               ? store_text(option, target, text)
               : parse_number(option, target, text);
}

Texts texts_of(const Option& option, const Target& target) {
    const auto number = [&option](std::uint64_t value) -> Texts {
        return {number_text(option.type, static_cast<std::int64_t>(value) * option.unit_ns)};
    };
    return std::visit(
        Overload{[](std::string* field) { return field->empty() ? Texts{} : Texts{*field}; },
                 [](std::vector<std::string>* field) { return *field; },
                 [](std::vector<std::uint32_t>* field) { return numbers_text(*field); },
                 [&](std::uint16_t* field) { return number(*field); },
                 [&](std::uint32_t* field) { return number(*field); },
                 [&](std::uint64_t* field) { return number(*field); },
                 [](bool* field) { return Texts{*field ? "true" : "false"}; },
                 [](Duration* field) { return Texts{duration_text(field->count())}; },
                 [](Nanos field) {
                     return Texts{*field.value < 0 ? "never" : duration_text(*field.value)};
                 },
                 [](Decimal* field) { return Texts{field->to_string()}; },
                 [](OptionalDecimal field) {
                     return *field.present ? Texts{field.value->to_string()} : Texts{};
                 },
                 [&](LimitValue* field) {
                     return field->is_set() ? Texts{limit_text(option, *field)} : Texts{};
                 },
                 [&](WordRef field) { return word_text(option, field); }},
        target);
}

std::string range_text(const Option& option) {
    if (option.type == Type::Text) {
        return option.max ? fmt::format("at most {} characters", *option.max) : std::string();
    }
    const auto text = [&option](std::int64_t number) { return number_text(option.type, number); };
    if (option.min && option.max) {
        return fmt::format("{} to {}", text(*option.min), text(*option.max));
    }
    if (option.min) {
        return fmt::format("at least {}", text(*option.min));
    }
    return option.max ? fmt::format("at most {}", text(*option.max)) : std::string();
}

}  // namespace sluice::config
