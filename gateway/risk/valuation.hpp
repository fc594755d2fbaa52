// What positions are worth at their marks, and what was won or lost since the day roll, per account
// (its currency) and per group and firm (the firm's). Kept up with every fill and every new mark,
// so that a check reads sums and adds nothing up. Owner: the core thread. Allocates only in
// resize().
//
// The day's result of a position is its cash (sells less buys, at the rates pinned on the orders)
// and its value at the mark; at the day roll the value becomes the new day's opening cash. The mark
// is the last price, or the middle of bid and ask, the close, or the price of our own last fill,
// whichever was said last. A position that was carried in before any mark was known counts nothing
// until the first mark, which then is its opening.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/domain/input.hpp"
#include "gateway/risk/exposure.hpp"
#include "gateway/risk/static_data.hpp"

namespace sluice {

// Of an account in its currency, or of a node in the firm's.
struct Worth {
    Wide result = 0;             // realised and unrealised since the day roll; negative: loss
    Wide held = 0;               // sum of |position| at the mark, rounded up
    std::uint32_t unmarked = 0;  // positions without a mark
    friend bool operator==(const Worth&, const Worth&) = default;
};

class Valuation {
public:
    void resize(std::size_t accounts, std::size_t nodes, std::size_t instruments, std::size_t rows);
    // After the tree, a multiplier or a rate changed: everything anew.
    void rebuild(const Exposure& exposure, const StaticData& data);

    // A fill of a row was booked: money that came in, negative what went out.
    void trade(std::uint32_t row,
               Wide cash_own,
               Wide cash_firm,
               const Exposure& exposure,
               const StaticData& data);
    // A position was set from outside; what it is worth now is its opening.
    void carry_in(std::uint32_t row, const Exposure& exposure, const StaticData& data);
    // Calls changed(account) for each account whose worth may have changed.
    template <class Changed>
    void mark(std::uint32_t instrument,
              Price price,
              const Exposure& exposure,
              const StaticData& data,
              const Changed& changed) {
        marks_[instrument] = {price, true};
        learn_rows(exposure);
        const auto each = [&](const auto& act) {
            for (auto at = first_row_[instrument]; at != kNoIndex; at = holdings_[at].next) {
                if (holdings_[at].held_own != 0 || exposure.row(at).position != 0) {
                    act(at);
                }
            }
        };
        // All of them first: a sum over accounts means nothing while some are at the old mark.
        each([&](std::uint32_t row) { revalue(row, exposure, data); });
        each([&](std::uint32_t row) { changed(exposure.row(row).owner); });
    }
    void day_roll(const Exposure& exposure);

    struct Mark {
        Price price;
        bool known = false;
    };
    const Mark& mark_of(std::uint32_t instrument) const { return marks_[instrument]; }
    const Worth& account(std::uint32_t id) const { return accounts_[id]; }
    const Worth& node(std::uint32_t index) const { return nodes_[index]; }
    void digest(Digest& digest) const;

private:
    struct Holding {
        Wide cash_own = 0;
        Wide cash_firm = 0;
        Wide value_own = 0;  // of the position, rounded down
        Wide value_firm = 0;
        Wide held_own = 0;
        Wide held_firm = 0;
        std::uint32_t next = kNoIndex;  // next account row of the instrument
        bool unmarked = false;
        bool opens_at_mark = false;  // the first mark sets the opening cash
    };
    void learn_rows(const Exposure& exposure);
    void revalue(std::uint32_t row, const Exposure& exposure, const StaticData& data);
    void add(std::uint32_t owner, const Holding& now, const Holding& before, const Exposure& tree);

    std::vector<Holding> holdings_;  // by position row; nodes' rows stay 0
    std::vector<std::uint32_t> first_row_;
    std::vector<Mark> marks_;
    std::vector<Worth> accounts_;
    std::vector<Worth> nodes_;
};

}  // namespace sluice
