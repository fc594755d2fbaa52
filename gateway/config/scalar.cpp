#include "gateway/config/scalar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <limits>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "gateway/domain/decimal.hpp"

namespace sluice::config {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t size;
};
constexpr std::array<Unit, 7> kTimes = {{{"ns", 1},
                                         {"us", 1'000},
                                         {"ms", 1'000'000},
                                         {"s", 1'000'000'000},
                                         {"m", 60'000'000'000},
                                         {"h", 3'600'000'000'000},
                                         {"d", 86'400'000'000'000}}};
constexpr std::array<Unit, 4> kSizes = {
    {{"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}}};

std::optional<std::int64_t> with_unit(std::string_view text, std::span<const Unit> units) {
    if (text == "0") {
        return 0;
    }
    const auto digits = std::min(text.find_first_not_of("0123456789."), text.size());
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& candidate) {
        return candidate.name == text.substr(digits);
    });
    if (unit == units.end()) {
        return std::nullopt;
    }
    // A whole number may be larger than a decimal can be: nanoseconds of a day.
    std::int64_t plain = 0;
    const char* const end = text.data() + digits;
    const auto read = std::from_chars(text.data(), end, plain);
    const bool is_plain = digits > 0 && read.ec == std::errc{} && read.ptr == end;
    const auto number = Decimal::parse(is_plain ? "0" : text.substr(0, digits));
    if (!number.ok()) {
        return std::nullopt;
    }
    const Wide units_of_it =
        is_plain ? Wide{plain} * Decimal::kScale : Wide{number.value().units()};
    const Wide product = units_of_it * unit->size;
    const Wide whole = product / Decimal::kScale;
    if (product % Decimal::kScale != 0 || whole > std::numeric_limits<std::int64_t>::max()) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(whole);
}

std::string in_largest(std::int64_t value, std::span<const Unit> units) {
    if (value == 0) {
        return "0";
    }
    for (std::size_t i = units.size(); i-- > 0;) {
        if (value % units[i].size == 0) {
            return fmt::format("{}{}", value / units[i].size, units[i].name);
        }
    }
    return {};
}

std::optional<std::int64_t> whole_number(std::string_view text, int base) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value, base);
    if (result.ec != std::errc() || result.ptr != end || text.empty()) {
        return std::nullopt;
    }
    return value;
}

struct Address {
    std::array<unsigned char, 16> bytes{};
    unsigned bits = 0;  // 32 or 128
};

std::optional<Address> parse_address(std::string_view text) {
    const std::string copy(text);
    Address address;
    if (copy.find('\0') != std::string::npos) {
        return std::nullopt;
    }
    if (inet_pton(AF_INET, copy.c_str(), address.bytes.data()) == 1) {
        address.bits = 32;
        return address;
    }
    if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) {
        address.bits = 128;
        return address;
    }
    return std::nullopt;
}

bool has_bits_behind(const Address& address, unsigned prefix) {
    for (unsigned bit = prefix; bit < address.bits; ++bit) {
        if ((address.bytes.at(bit / 8) & (0x80U >> (bit % 8))) != 0) {
            return true;
        }
    }
    return false;
}

// Levenshtein's, with the swap of two neighbours as one edit.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            table[i][j] =
                std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
            }
        }
    }
    return table[a.size()][b.size()];
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
    return with_unit(text, kTimes);
}

std::string duration_text(std::int64_t nanoseconds) {
    return in_largest(nanoseconds, kTimes);
}

std::optional<std::int64_t> parse_size(std::string_view text) {
    return with_unit(text, kSizes);
}

std::string size_text(std::int64_t bytes) {
    return in_largest(bytes, kSizes);
}

std::optional<std::int64_t> parse_int(std::string_view text) {
    return whole_number(text, 10);
}

std::optional<std::int64_t> parse_octal(std::string_view text) {
    return text.starts_with('0') ? whole_number(text, 8) : std::nullopt;
}

bool is_address(std::string_view text) {
    return parse_address(text).has_value();
}

bool is_cidr(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address || slash == std::string_view::npos) {
        return address.has_value();
    }
    const auto prefix = parse_int(text.substr(slash + 1));
    return prefix && *prefix >= 0 && *prefix <= address->bits &&
           !has_bits_behind(*address, static_cast<unsigned>(*prefix));
}

bool is_loopback(std::string_view address) {
    return address == "::1" || (address.starts_with("127.") && is_address(address));
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> words) {
    constexpr std::size_t kLongest = 64;
    std::string_view best;
    std::size_t best_distance = kLongest;
    for (const std::string_view candidate : words) {
        if (word.size() > kLongest || candidate.size() > kLongest) {
            continue;
        }
        const std::size_t edits = distance(word, candidate);
        if (edits < best_distance && edits * 3 <= std::max(candidate.size(), word.size())) {
            best = candidate;
            best_distance = edits;
        }
    }
    return best;
}

}  // namespace sluice::config
