#include "gateway/domain/names.hpp"

#include <array>
#include <charconv>

namespace sluice {
namespace {

class Writer {
public:
    explicit Writer(const Instance& instance) { put(instance.view()); }
    Writer& put(std::string_view text) {
        std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
        return *this;
    }
    Writer& put(std::uint64_t number) {
        at_ = std::to_chars(at_, bytes_.data() + bytes_.size(), number).ptr;
        return *this;
    }
    IdText text() const {
        return IdText(
            std::string_view(bytes_.data(), static_cast<std::size_t>(at_ - bytes_.data())));
    }

private:
    std::array<char, 64> bytes_{};
    char* at_ = bytes_.data();
};

// Takes a canonical number (no leading zero but "0" itself) from the front of text.
std::optional<std::uint64_t> take_number(std::string_view& text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || (text.front() == '0' && length > 1)) {
        return std::nullopt;
    }
    text.remove_prefix(length);
    return value;
}

bool take(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) {
        return false;
    }
    text.remove_prefix(expected.size());
    return true;
}

std::optional<OrderId> take_order(const Instance& instance, std::string_view& text) {
    if (!take(text, instance.view())) {
        return std::nullopt;
    }
    const auto epoch = take_number(text);
    if (!epoch || !take(text, "-")) {
        return std::nullopt;
    }
    const auto counter = take_number(text);
    if (!counter || *counter > kCounterMask || *epoch > (~std::uint64_t{0} >> kEpochShift)) {
        return std::nullopt;
    }
    return OrderId{*epoch << kEpochShift | *counter};
}

}  // namespace

IdText order_id_text(const Instance& instance, OrderId order) {
    return Writer(instance).put(epoch_of(order.value)).put("-").put(counter_of(order.value)).text();
}

IdText exec_id_text(const Instance& instance, ExecId exec) {
    return Writer(instance).put(epoch_of(exec.value)).put("-E").put(counter_of(exec.value)).text();
}

IdText venue_cl_ord_id_text(const Instance& instance, OrderId order, std::uint32_t version) {
    return Writer(instance)
        .put(epoch_of(order.value))
        .put("-")
        .put(counter_of(order.value))
        .put(".")
        .put(std::uint64_t{version})
        .text();
}

std::optional<OrderId> parse_order_id(const Instance& instance, std::string_view text) {
    const auto order = take_order(instance, text);
    return text.empty() ? order : std::nullopt;
}

std::optional<VenueClOrdId> parse_venue_cl_ord_id(const Instance& instance, std::string_view text) {
    const auto order = take_order(instance, text);
    if (!order || !take(text, ".")) {
        return std::nullopt;
    }
    const auto version = take_number(text);
    if (!version || *version > 0xffff'ffffU || !text.empty()) {
        return std::nullopt;
    }
    return VenueClOrdId{*order, static_cast<std::uint32_t>(*version)};
}

}  // namespace sluice
