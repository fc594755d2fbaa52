// What is held and what may yet be held: positions and open quantity per account and instrument,
// money executed and reserved per account, group and firm, open orders per level. Sums are 128 bit
// and cannot overflow. Owner: the core thread. Allocates only in resize() and rebuild().
//
// Every order contributes exactly what its reserved_* fields say, to each level above it; audit()
// (audit.hpp) compares both ways.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/orders/digest.hpp"
#include "gateway/orders/slot_index.hpp"
#include "gateway/risk/trading_state.hpp"

namespace sluice {

// Money of one level, all at 10^-8 of its currency. bought and sold: fills since the day roll.
struct Money {
    Wide bought = 0;
    Wide sold = 0;
    Wide reserved_buy = 0;
    Wide reserved_sell = 0;

    Wide executed() const { return bought + sold; }
    Wide reserved() const { return reserved_buy + reserved_sell; }
    Wide gross() const { return executed() + reserved(); }
    Wide net_executed() const { return bought - sold; }
    Wide worst_net_long() const { return net_executed() + reserved_buy; }
    Wide worst_net_short() const { return reserved_sell - net_executed(); }
    Money& operator+=(const Money& other);
    friend bool operator==(const Money&, const Money&) = default;
};

// The firm is node 0; group g is node 1 + g. Children name their parent.
inline constexpr std::uint32_t kFirmNode = 0;
struct NodeExposure {
    Money money;  // in the firm's currency
    std::uint32_t open_orders = 0;
    std::uint32_t parent = kNoIndex;  // kNoIndex for the firm
};
struct AccountExposure {
    Money own;   // in the account's currency
    Money firm;  // the same orders and fills in the firm's currency
    std::uint32_t open_orders = 0;
    std::uint32_t node = kFirmNode;  // the group or firm above
};

// Owner of a position row: an account, or a node of the tree above it.
inline constexpr std::uint32_t kNodeOwner = 0x8000'0000U;      // | node
inline constexpr std::uint32_t kSuspenseOwner = 0x7fff'ffffU;  // fills that belong to nobody

struct PositionRow {
    Wide position = 0;
    Wide open_buy = 0;
    Wide open_sell = 0;
    std::uint32_t owner = 0;
    std::uint32_t instrument = 0;
    std::uint32_t parent = kNoIndex;  // the same instrument, one level up
    std::uint32_t limits = kNoIndex;  // in LimitBook::pairs; accounts only
    std::uint32_t open_orders = 0;
    TradingState state = TradingState::Active;  // accounts only
    std::uint8_t restricted = 0;                // restricted:: bits; accounts only
    bool loaded = false;                        // a position was loaded once
    bool mismatched = false;                    // the newest loaded one differs from what is held
    Wide open_long_sell = 0;                    // the part of open_sell with Side(54)=2
    Wide short_sold = 0;                        // filled of Side(54)=5 and 6 since the day roll

    Wide worst_long() const { return position + open_buy; }
    Wide worst_short() const { return open_sell - position; }
};

class Exposure {
public:
    // Grows to these numbers of sessions, traders, accounts and groups and to room for this many
    // rows of account and instrument.
    void resize(std::size_t sessions,
                std::size_t traders,
                std::size_t accounts,
                std::size_t groups,
                std::size_t instruments,
                std::size_t pairs);
    // Puts the accounts and groups below these nodes and sums every node anew from its accounts.
    void rebuild(std::span<const std::uint32_t> node_of_account,
                 std::span<const std::uint32_t> parent_of_group);

    // kNoIndex when nothing was ever held or reserved there.
    std::uint32_t find_row(std::uint32_t owner, InstrumentId instrument) const;
    // True when obtain_row() will give a row: it exists, or there is room for it and its parents.
    bool can_obtain_row(AccountId account, InstrumentId instrument) const;
    // Finds or makes the row of an account (or kSuspenseOwner) and the rows above it; kNoIndex when
    // there is no room.
    std::uint32_t obtain_row(std::uint32_t account, InstrumentId instrument);

    // What an order contributes changes by these amounts, on every level above it.
    struct Change {
        Side side = Side::Buy;
        std::uint32_t row = kNoIndex;
        AccountId account;
        SessionId session;
        std::uint32_t trader = kNoIndex;
        Wide qty = 0;
        Wide own = 0;   // account's currency
        Wide firm = 0;  // firm's currency
        int open_orders = 0;
    };
    void reserve(const Change& change);
    // A fill (or with negative amounts its reversal): position and executed money.
    void execute(const Change& change);
    // Here and on every level above.
    void set_position(std::uint32_t row, Wide position);
    // Executed money starts again at 0; positions and reservations stay.
    void day_roll();

    const PositionRow& row(std::uint32_t index) const { return rows_[index]; }
    PositionRow& row(std::uint32_t index) { return rows_[index]; }
    std::span<const PositionRow> rows() const { return rows_; }  // in order of first use
    const AccountExposure& account(AccountId id) const { return accounts_[id.value]; }
    std::span<const AccountExposure> accounts() const { return accounts_; }
    const NodeExposure& node(std::uint32_t index) const { return nodes_[index]; }
    std::span<const NodeExposure> nodes() const { return nodes_; }
    const NodeExposure& firm() const { return nodes_[kFirmNode]; }
    const AccountExposure& suspense() const { return suspense_; }
    std::uint32_t session_open_orders(SessionId id) const { return session_open_[id.value]; }

    std::uint32_t trader_open_orders(std::uint32_t id) const { return trader_open_[id]; }
    // Room for rows, whoever they belong to.
    std::size_t rows_max() const { return rows_max_; }

    void digest(Digest& digest) const;

private:
    AccountExposure& account_or_suspense(AccountId id);
    std::uint32_t node_above(std::uint32_t owner) const;
    std::uint32_t obtain_parent(std::uint32_t owner, InstrumentId instrument);
    std::uint32_t add_row(std::uint32_t owner, InstrumentId instrument);

    std::vector<std::uint32_t> session_open_;
    std::vector<std::uint32_t> trader_open_;
    std::vector<AccountExposure> accounts_;
    std::vector<NodeExposure> nodes_;
    AccountExposure suspense_;
    std::vector<PositionRow> rows_;
    std::size_t rows_max_ = 0;
    SlotIndex index_;
};

}  // namespace sluice
