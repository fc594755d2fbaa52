// Extras: the fields of a message that Sluice hands on without reading them (ExecInst(18),
// OrderCapacity(528), parties, custom tags): "tag=value" with SOH behind each, in the sender's
// order. What may be one is decided per FIX version in sessions/codec/extras.hpp.
//
// Always the last member of a struct that is journaled: only the bytes in use are written, so a
// record without extras costs one byte.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sluice {

class Extras {
public:
    static constexpr std::size_t kMax = 247;

    // False, and unchanged, when it does not fit.
    [[nodiscard]] bool append(std::string_view bytes) {
        if (bytes.size() > kMax - size_) {
            return false;
        }
        if (!bytes.empty()) {
            std::memcpy(bytes_.data() + size_, bytes.data(), bytes.size());
        }
        size_ = static_cast<std::uint8_t>(size_ + bytes.size());
        return true;
    }
    // Copies no more than what is in use. The rest must be zero already, as in a new object.
    void copy_to_blank(Extras& blank) const { std::memcpy(&blank, this, 1U + size_); }

    std::string_view view() const { return {bytes_.data(), size_}; }
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    friend bool operator==(const Extras& a, const Extras& b) { return a.view() == b.view(); }

private:
    std::uint8_t size_ = 0;
    std::array<char, kMax> bytes_{};
};

// How many bytes of a journaled struct are always there, and how many of this one are written.
template <class T>
constexpr std::size_t fixed_bytes() {
    if constexpr (requires(const T& value) { value.extras.view(); }) {
        return sizeof(T) - Extras::kMax;
    } else {
        return sizeof(T);
    }
}
template <class T>
std::size_t journaled_bytes(const T& value) {
    if constexpr (requires { value.extras.view(); }) {
        return fixed_bytes<T>() + value.extras.size();
    } else {
        return sizeof(T);
    }
}

}  // namespace sluice
