// What the risk room wants a person to look at, besides its answers: gathered while an input is
// applied, taken by the core when it is done and made ALERT records of. Bounded: what does not fit
// is counted. Owner: the core thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "gateway/domain/ids.hpp"
#include "gateway/domain/text.hpp"

namespace sluice {

struct Notice {
    OrderId order;  // 0: none
    Prose text;
};

class Notices {
public:
    static constexpr std::size_t kMax = 32;

    void add(OrderId order, const Prose& text) {
        if (size_ == kMax) {
            ++lost_;
            return;
        }
        items_[size_++] = {order, text};
    }
    std::span<const Notice> items() const { return {items_.data(), size_}; }
    std::uint64_t lost() const { return lost_; }  // since the last clear()
    bool empty() const { return size_ == 0; }
    void clear() {
        size_ = 0;
        lost_ = 0;
    }

private:
    std::array<Notice, kMax> items_{};
    std::size_t size_ = 0;
    std::uint64_t lost_ = 0;
};

}  // namespace sluice
