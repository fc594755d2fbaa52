// The prices at which our own orders may trade, to keep them from trading with each other: per
// self-match group, instrument and side, sorted. An order stands here once, at the most aggressive
// price of its live and pending versions, for as long as it is open. Owner: the core thread.
// Allocates only in size_for().
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory_resource>
#include <set>
#include <vector>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/orders/slot_index.hpp"

namespace sluice {

struct OwnPrice {
    Price price;
    OrderId order;
    friend auto operator<=>(const OwnPrice&, const OwnPrice&) = default;
};

// A market order trades at any price.
inline constexpr Price kAnyBuyPrice = Price::from_units(INT64_MAX);
inline constexpr Price kAnySellPrice = Price::from_units(INT64_MIN);

// Blocks of one size, taken from memory that is there from the start.
class BlockPool final : public std::pmr::memory_resource {
public:
    static constexpr std::size_t kBlock = 64;
    void size_for(std::size_t blocks);

private:
    struct alignas(16) Block {
        std::byte bytes[kBlock];
    };
    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* block, std::size_t bytes, std::size_t alignment) override;
    bool do_is_equal(const memory_resource& other) const noexcept override {
        return this == &other;
    }
    std::vector<Block> blocks_;
    std::vector<Block*> free_;
};

class OwnPrices {
public:
    // Room for this many orders in this many books; forgets everything.
    void size_for(std::size_t orders, std::size_t books);
    bool enabled() const { return books_max_ != 0; }
    // False: there is no room for one more book.
    bool can_add(std::uint32_t group, InstrumentId instrument) const;
    void add(std::uint32_t group, InstrumentId instrument, bool buy, const OwnPrice& price);
    void remove(std::uint32_t group, InstrumentId instrument, bool buy, const OwnPrice& price);

    // Calls visit(OwnPrice) for the orders on the other side that an order at this price would
    // trade with, best first, until it returns false.
    template <class Visit>
    void crossing(std::uint32_t group,
                  InstrumentId instrument,
                  bool buy,
                  Price price,
                  const Visit& visit) const {
        const Book* const book = find(group, instrument);
        if (book == nullptr) {
            return;
        }
        if (buy) {
            for (auto at = book->sells.begin(); at != book->sells.end() && at->price <= price;
                 ++at) {
                if (!visit(*at)) {
                    return;
                }
            }
            return;
        }
        for (auto at = book->buys.rbegin(); at != book->buys.rend() && at->price >= price; ++at) {
            if (!visit(*at)) {
                return;
            }
        }
    }

private:
    using Side = std::pmr::set<OwnPrice>;
    struct Book {
        Book(std::uint32_t whose, InstrumentId what, BlockPool* pool)
            : group(whose), instrument(what), buys(pool), sells(pool) {}
        std::uint32_t group;
        InstrumentId instrument;
        Side buys;
        Side sells;
    };
    static std::uint64_t hash(std::uint32_t group, InstrumentId instrument) {
        return mix_bits(std::uint64_t{group} << 32U | instrument.value);
    }
    std::uint32_t slot(std::uint32_t group, InstrumentId instrument) const;
    const Book* find(std::uint32_t group, InstrumentId instrument) const;

    BlockPool pool_;
    std::vector<Book> books_;
    std::size_t books_max_ = 0;
    SlotIndex index_;
};

}  // namespace sluice
