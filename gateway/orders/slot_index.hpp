// Open addressing from a 64-bit hash to a slot number in somebody else's array, who also compares
// the keys. Sized once, no allocation afterwards, no removal: rebuilt when entries go. Iteration is
// not offered, so nothing can depend on hash order.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "gateway/domain/check.hpp"
#include "gateway/domain/ids.hpp"

namespace sluice {

// Spreads a 64-bit key over all bits (the finaliser of MurmurHash3).
constexpr std::uint64_t mix_bits(std::uint64_t value) {
    value ^= value >> 33U;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33U;
    value *= 0xc4ceb9fe1a85ec53ULL;
    value ^= value >> 33U;
    return value;
}

class SlotIndex {
public:
    // At most half of the cells are ever used.
    void size_for(std::size_t entries) {
        cells_.assign(std::bit_ceil(entries * 2 + 2), Cell{});
        used_ = 0;
    }
    // Empty again, at the same size.
    void clear() {
        std::fill(cells_.begin(), cells_.end(), Cell{});
        used_ = 0;
    }

    // The slot with this hash for which same(slot) holds; kNoIndex when there is none.
    template <class Same>
    std::uint32_t find(std::uint64_t hash, const Same& same) const {
        if (cells_.empty()) {
            return kNoIndex;
        }
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            const Cell& cell = cells_[at];
            if (cell.slot == kNoIndex) {
                return kNoIndex;
            }
            if (cell.tag == tag(hash) && same(cell.slot)) {
                return cell.slot;
            }
        }
    }
    // The caller knows that the key is not there yet.
    void insert(std::uint64_t hash, std::uint32_t slot) {
        GW_CHECK((used_ + 1) * 2 <= cells_.size());
        std::size_t at = hash & mask();
        while (cells_[at].slot != kNoIndex) {
            at = (at + 1) & mask();
        }
        cells_[at] = {tag(hash), slot};
        ++used_;
    }

private:
    struct Cell {
        std::uint32_t tag = 0;
        std::uint32_t slot = kNoIndex;
    };
    std::size_t mask() const { return cells_.size() - 1; }
    static std::uint32_t tag(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

    std::vector<Cell> cells_;
    std::size_t used_ = 0;
};

}  // namespace sluice
