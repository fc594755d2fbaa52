#include "sessions/transport/allow_list.hpp"

#include <algorithm>
#include <charconv>

namespace sluice::transport {

namespace {

// Compares the first `bits` bits of two addresses.
bool same_prefix(const std::array<std::uint8_t, 16>& a,
                 const std::array<std::uint8_t, 16>& b,
                 unsigned bits) {
    const unsigned whole = bits / 8;
    if (!std::equal(a.begin(), a.begin() + whole, b.begin())) {
        return false;
    }
    const unsigned rest = bits % 8;
    return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

bool has_bits_behind(const std::array<std::uint8_t, 16>& bytes, unsigned prefix, unsigned width) {
    for (unsigned bit = prefix; bit < width; ++bit) {
        if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0) {
            return true;
        }
    }
    return false;
}

}  // namespace

Result<AddressRange, std::string> AddressRange::parse(std::string_view text) {
    using Parsed = Result<AddressRange, std::string>;
    const auto slash = text.find('/');
    const auto address = SocketAddress::parse(text.substr(0, slash), 0);
    if (!address) {
        return Parsed::failure("'" + std::string(text) + "' is not an IPv4 or IPv6 address range");
    }
    const unsigned width = address->is_v4() ? 32 : 128;
    AddressRange range;
    range.network_ = *address;
    range.prefix_bits_ = width;
    if (slash != std::string_view::npos) {
        const auto digits = text.substr(slash + 1);
        const char* end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, range.prefix_bits_);
        if (digits.empty() || read.ec != std::errc{} || read.ptr != end ||
            range.prefix_bits_ > width) {
            return Parsed::failure("'" + std::string(text) + "': the prefix must be 0 to " +
                                   std::to_string(width));
        }
    }
    if (has_bits_behind(address->bytes(), range.prefix_bits_, width)) {
        return Parsed::failure("'" + std::string(text) + "' has address bits behind its prefix");
    }
    return range;
}

bool AddressRange::contains(const SocketAddress& address) const {
    return address.family() == network_.family() &&
           same_prefix(address.bytes(), network_.bytes(), prefix_bits_);
}

Result<AllowList, std::string> AllowList::parse(const std::vector<std::string>& entries) {
    AllowList list;
    for (const auto& entry : entries) {
        auto range = AddressRange::parse(entry);
        if (!range.ok()) {
            return Result<AllowList, std::string>::failure(range.error());
        }
        list.ranges_.push_back(range.value());
    }
    return list;
}

bool AllowList::allows(const SocketAddress& address) const {
    return ranges_.empty() || std::any_of(ranges_.begin(), ranges_.end(), [&](const auto& range) {
               return range.contains(address);
           });
}

}  // namespace sluice::transport
