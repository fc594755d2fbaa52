// Texts of configuration values to numbers and back. Pure functions; the caller says where.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice::config {

// "30s", "1.5ms", "20us", "0"; units ns us ms s m h d. Nanoseconds; empty when it is none or no
// whole number of nanoseconds.
std::optional<std::int64_t> parse_duration(std::string_view text);
std::string duration_text(std::int64_t nanoseconds);  // in the largest unit that fits evenly

// "64MiB", "512B", "0"; units B KiB MiB GiB. Bytes.
std::optional<std::int64_t> parse_size(std::string_view text);
std::string size_text(std::int64_t bytes);

std::optional<std::int64_t> parse_int(std::string_view text);    // decimal digits, optional minus
std::optional<std::int64_t> parse_octal(std::string_view text);  // "0600"

bool is_address(std::string_view text);  // numeric IPv4 or IPv6
bool is_cidr(std::string_view text);     // an address, or address/prefix without bits behind it
bool is_loopback(std::string_view address);

// The word that was probably meant: within a third of its length in edits. Empty when none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> words);

}  // namespace sluice::config
