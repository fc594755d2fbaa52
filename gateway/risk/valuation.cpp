#include "gateway/risk/valuation.hpp"

#include <algorithm>
#include <limits>

#include "gateway/domain/money.hpp"

namespace sluice {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

bool is_account(std::uint32_t owner) {
    return (owner & kNodeOwner) == 0;
}

struct Value {
    Wide down = 0;
    Wide held = 0;
};

// A position beyond the range of a Quantity is valued at its end.
Value value_of(Wide position, Price mark, Decimal multiplier, Decimal fx) {
    const Wide size = position < 0 ? -position : position;
    const Quantity qty{Decimal::from_units(static_cast<std::int64_t>(std::min<Wide>(size, kMost)))};
    const Wide up =
        notional_up(qty, mark, multiplier, fx).value_or(Notional::from_units(kMost)).units();
    const bool negative = (position < 0) != (mark < Price{});
    const Wide down = negative ? -up
                               : Wide{notional_down(qty, mark, multiplier, fx)
                                          .value_or(Notional::from_units(kMost))
                                          .units()};
    return {down, up};
}

}  // namespace

void Valuation::resize(std::size_t accounts,
                       std::size_t nodes,
                       std::size_t instruments,
                       std::size_t rows) {
    accounts_.resize(accounts);
    nodes_.resize(nodes);
    marks_.resize(instruments);
    first_row_.resize(instruments, kNoIndex);
    holdings_.reserve(rows);
}

void Valuation::learn_rows(const Exposure& exposure) {
    while (holdings_.size() < exposure.rows().size()) {
        const auto index = static_cast<std::uint32_t>(holdings_.size());
        Holding& holding = holdings_.emplace_back();
        const PositionRow& row = exposure.row(index);
        if (is_account(row.owner)) {
            holding.next = first_row_[row.instrument];
            first_row_[row.instrument] = index;
        }
    }
}

// What a row contributes changes from `before` to `now`, at the account and every node above it.
void Valuation::add(std::uint32_t owner,
                    const Holding& now,
                    const Holding& before,
                    const Exposure& tree) {
    const auto count = [](std::uint32_t& counter, bool is, bool was) {
        counter = counter + (is ? 1U : 0U) - (was ? 1U : 0U);
    };
    std::uint32_t node = kFirmNode;
    if (owner < accounts_.size()) {
        Worth& worth = accounts_[owner];
        worth.result += now.cash_own + now.value_own - before.cash_own - before.value_own;
        worth.held += now.held_own - before.held_own;
        count(worth.unmarked, now.unmarked, before.unmarked);
        node = tree.account({owner}).node;
    }
    for (; node != kNoIndex; node = tree.node(node).parent) {
        Worth& worth = nodes_[node];
        worth.result += now.cash_firm + now.value_firm - before.cash_firm - before.value_firm;
        worth.held += now.held_firm - before.held_firm;
        count(worth.unmarked, now.unmarked, before.unmarked);
    }
}

void Valuation::revalue(std::uint32_t index, const Exposure& exposure, const StaticData& data) {
    const PositionRow& row = exposure.row(index);
    Holding& holding = holdings_[index];
    const Holding before = holding;
    const InstrumentRules& rules = data.instruments[row.instrument];
    const bool known_account = row.owner < data.accounts.size();
    const std::uint32_t currency =
        known_account ? data.accounts[row.owner].currency : data.firm_currency;
    const Decimal fx = data.rate(rules.currency, currency);
    const Decimal fx_firm = data.rate(rules.currency, data.firm_currency);
    const Mark& mark = marks_[row.instrument];
    const bool can_value = mark.known && !fx.is_zero() && !fx_firm.is_zero();
    holding.unmarked = row.position != 0 && !can_value;
    if (can_value) {
        const Value own = value_of(row.position, mark.price, rules.multiplier, fx);
        const Value firm = value_of(row.position, mark.price, rules.multiplier, fx_firm);
        holding.value_own = own.down;
        holding.value_firm = firm.down;
        holding.held_own = own.held;
        holding.held_firm = firm.held;
        if (holding.opens_at_mark) {
            holding.cash_own -= own.down;
            holding.cash_firm -= firm.down;
            holding.opens_at_mark = false;
        }
    }
    add(row.owner, holding, before, exposure);
}

void Valuation::trade(std::uint32_t index,
                      Wide cash_own,
                      Wide cash_firm,
                      const Exposure& exposure,
                      const StaticData& data) {
    learn_rows(exposure);
    Holding& holding = holdings_[index];
    const Holding before = holding;
    holding.cash_own += cash_own;
    holding.cash_firm += cash_firm;
    add(exposure.row(index).owner, holding, before, exposure);
    revalue(index, exposure, data);
}

void Valuation::carry_in(std::uint32_t index, const Exposure& exposure, const StaticData& data) {
    learn_rows(exposure);
    const Wide result_own = holdings_[index].cash_own + holdings_[index].value_own;
    const Wide result_firm = holdings_[index].cash_firm + holdings_[index].value_firm;
    revalue(index, exposure, data);
    Holding& holding = holdings_[index];
    const Holding before = holding;
    holding.cash_own = result_own - holding.value_own;
    holding.cash_firm = result_firm - holding.value_firm;
    holding.opens_at_mark = holding.unmarked;
    add(exposure.row(index).owner, holding, before, exposure);
}

void Valuation::day_roll(const Exposure& exposure) {
    learn_rows(exposure);
    for (std::uint32_t index = 0; index < holdings_.size(); ++index) {
        Holding& holding = holdings_[index];
        const Holding before = holding;
        holding.cash_own = -holding.value_own;
        holding.cash_firm = -holding.value_firm;
        holding.opens_at_mark = holding.unmarked;
        if (is_account(exposure.row(index).owner)) {
            add(exposure.row(index).owner, holding, before, exposure);
        }
    }
}

void Valuation::rebuild(const Exposure& exposure, const StaticData& data) {
    learn_rows(exposure);
    std::fill(accounts_.begin(), accounts_.end(), Worth{});
    std::fill(nodes_.begin(), nodes_.end(), Worth{});
    for (std::uint32_t index = 0; index < holdings_.size(); ++index) {
        if (is_account(exposure.row(index).owner)) {
            add(exposure.row(index).owner, holdings_[index], Holding{}, exposure);
            revalue(index, exposure, data);
        }
    }
}

void Valuation::digest(Digest& digest) const {
    for (const auto* all : {&accounts_, &nodes_}) {
        for (const Worth& worth : *all) {
            digest.add(worth.result);
            digest.add(worth.held);
            digest.add(std::uint64_t{worth.unmarked});
        }
    }
    for (const Holding& holding : holdings_) {
        digest.add(holding.cash_own);
        digest.add(holding.value_own);
        digest.add(std::uint64_t{holding.opens_at_mark});
    }
    for (const Mark& mark : marks_) {
        digest.add_signed(mark.known ? mark.price.units() : 0);
        digest.add(std::uint64_t{mark.known});
    }
}

}  // namespace sluice
