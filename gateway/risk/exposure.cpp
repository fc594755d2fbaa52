#include "gateway/risk/exposure.hpp"

#include "gateway/domain/check.hpp"

namespace sluice {
namespace {

std::uint64_t key_hash(std::uint32_t owner, InstrumentId instrument) {
    return mix_bits(std::uint64_t{owner} << 32U | instrument.value);
}

PositionRow blank_row(std::uint32_t owner, std::uint32_t instrument, std::uint32_t parent) {
    PositionRow row;
    row.owner = owner;
    row.instrument = instrument;
    row.parent = parent;
    return row;
}

void add_reserved(Money& money, bool buy, Wide amount) {
    (buy ? money.reserved_buy : money.reserved_sell) += amount;
}

void add_executed(Money& money, bool buy, Wide amount) {
    (buy ? money.bought : money.sold) += amount;
}

void add_count(std::uint32_t& counter, int change) {
    const std::int64_t sum = std::int64_t{counter} + change;
    GW_CHECK(sum >= 0);
    counter = static_cast<std::uint32_t>(sum);
}

void reset_executed(Money& money) {
    money.bought = 0;
    money.sold = 0;
}

void add_money(Digest& digest, const Money& money) {
    digest.add(money.bought);
    digest.add(money.sold);
    digest.add(money.reserved_buy);
    digest.add(money.reserved_sell);
}

void add_account(Digest& digest, const AccountExposure& account) {
    add_money(digest, account.own);
    add_money(digest, account.firm);
    digest.add(std::uint64_t{account.open_orders} << 32U | account.node);
}

}  // namespace

Money& Money::operator+=(const Money& other) {
    bought += other.bought;
    sold += other.sold;
    reserved_buy += other.reserved_buy;
    reserved_sell += other.reserved_sell;
    return *this;
}

void Exposure::resize(std::size_t sessions,
                      std::size_t traders,
                      std::size_t accounts,
                      std::size_t groups,
                      std::size_t instruments,
                      std::size_t pairs) {
    session_open_.resize(sessions);
    trader_open_.resize(traders);
    accounts_.resize(accounts);
    nodes_.resize(groups + 1);
    // Each pair has its own row; above it at most one row per node and instrument, and the suspense
    // account's.
    const std::size_t wanted = pairs + (nodes_.size() + 1) * instruments;
    if (wanted <= rows_max_) {
        return;
    }
    rows_max_ = wanted;
    rows_.reserve(rows_max_);
    index_.size_for(rows_max_);
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
        index_.insert(key_hash(rows_[i].owner, {rows_[i].instrument}), i);
    }
}

AccountExposure& Exposure::account_or_suspense(AccountId id) {
    return id.value == kNoIndex || id.value == kSuspenseOwner ? suspense_ : accounts_[id.value];
}

std::uint32_t Exposure::node_above(std::uint32_t owner) const {
    if (owner == kSuspenseOwner) {
        return kFirmNode;
    }
    return (owner & kNodeOwner) != 0 ? nodes_[owner & ~kNodeOwner].parent : accounts_[owner].node;
}

void Exposure::rebuild(std::span<const std::uint32_t> node_of_account,
                       std::span<const std::uint32_t> parent_of_group) {
    GW_CHECK(node_of_account.size() == accounts_.size() &&
             parent_of_group.size() + 1 == nodes_.size());
    nodes_[kFirmNode] = NodeExposure{};
    for (std::size_t group = 0; group < parent_of_group.size(); ++group) {
        nodes_[group + 1] = NodeExposure{{}, 0, parent_of_group[group]};
    }
    const auto sum_up = [this](const AccountExposure& account) {
        for (auto node = account.node; node != kNoIndex; node = nodes_[node].parent) {
            nodes_[node].money += account.firm;
            nodes_[node].open_orders += account.open_orders;
        }
    };
    for (std::size_t account = 0; account < accounts_.size(); ++account) {
        accounts_[account].node = node_of_account[account];
        sum_up(accounts_[account]);
    }
    sum_up(suspense_);
    for (PositionRow& row : rows_) {
        if ((row.owner & kNodeOwner) != 0) {
            row = blank_row(row.owner, row.instrument, kNoIndex);
        }
    }
    // Parents first by hand: rows may be added while walking, so walk by index.
    const std::size_t count = rows_.size();
    for (std::uint32_t i = 0; i < count; ++i) {
        rows_[i].parent = obtain_parent(rows_[i].owner, {rows_[i].instrument});
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const PositionRow row = rows_[i];
        if ((row.owner & kNodeOwner) != 0) {
            continue;
        }
        for (auto above = row.parent; above != kNoIndex; above = rows_[above].parent) {
            rows_[above].position += row.position;
            rows_[above].open_buy += row.open_buy;
            rows_[above].open_sell += row.open_sell;
            rows_[above].open_orders += row.open_orders;
            rows_[above].open_long_sell += row.open_long_sell;
            rows_[above].short_sold += row.short_sold;
        }
    }
}

std::uint32_t Exposure::find_row(std::uint32_t owner, InstrumentId instrument) const {
    return index_.find(key_hash(owner, instrument), [&](std::uint32_t candidate) {
        return rows_[candidate].owner == owner && rows_[candidate].instrument == instrument.value;
    });
}

bool Exposure::can_obtain_row(AccountId account, InstrumentId instrument) const {
    if (find_row(account.value, instrument) != kNoIndex) {
        return true;
    }
    std::size_t needed = 1;
    for (auto node = node_above(account.value);
         node != kNoIndex && find_row(kNodeOwner | node, instrument) == kNoIndex;
         node = nodes_[node].parent) {
        ++needed;
    }
    return rows_.size() + needed <= rows_max_;
}

std::uint32_t Exposure::obtain_parent(std::uint32_t owner, InstrumentId instrument) {
    const std::uint32_t node = node_above(owner);
    if (node == kNoIndex) {
        return kNoIndex;
    }
    const std::uint32_t found = find_row(kNodeOwner | node, instrument);
    return found != kNoIndex ? found : add_row(kNodeOwner | node, instrument);
}

std::uint32_t Exposure::add_row(std::uint32_t owner, InstrumentId instrument) {
    const std::uint32_t parent = obtain_parent(owner, instrument);
    GW_CHECK(rows_.size() < rows_max_);
    const auto index = static_cast<std::uint32_t>(rows_.size());
    rows_.push_back(blank_row(owner, instrument.value, parent));
    index_.insert(key_hash(owner, instrument), index);
    return index;
}

std::uint32_t Exposure::obtain_row(std::uint32_t account, InstrumentId instrument) {
    const std::uint32_t found = find_row(account, instrument);
    if (found != kNoIndex) {
        return found;
    }
    return can_obtain_row({account}, instrument) ? add_row(account, instrument) : kNoIndex;
}

void Exposure::reserve(const Change& change) {
    const bool buy = is_buy(change.side);
    for (auto at = change.row; at != kNoIndex; at = rows_[at].parent) {
        PositionRow& row = rows_[at];
        (buy ? row.open_buy : row.open_sell) += change.qty;
        row.open_long_sell += change.side == Side::Sell ? change.qty : 0;
        add_count(row.open_orders, change.open_orders);
    }
    AccountExposure& account = account_or_suspense(change.account);
    add_reserved(account.own, buy, change.own);
    add_reserved(account.firm, buy, change.firm);
    add_count(account.open_orders, change.open_orders);
    for (auto at = account.node; at != kNoIndex; at = nodes_[at].parent) {
        add_reserved(nodes_[at].money, buy, change.firm);
        add_count(nodes_[at].open_orders, change.open_orders);
    }
    add_count(session_open_[change.session.value], change.open_orders);
    if (change.trader != kNoIndex) {
        add_count(trader_open_[change.trader], change.open_orders);
    }
}

void Exposure::execute(const Change& change) {
    const bool buy = is_buy(change.side);
    for (auto at = change.row; at != kNoIndex; at = rows_[at].parent) {
        rows_[at].position += buy ? change.qty : -change.qty;
        const bool is_short = !buy && change.side != Side::Sell;
        rows_[at].short_sold += is_short ? change.qty : 0;
    }
    AccountExposure& account = account_or_suspense(change.account);
    add_executed(account.own, buy, change.own);
    add_executed(account.firm, buy, change.firm);
    for (auto at = account.node; at != kNoIndex; at = nodes_[at].parent) {
        add_executed(nodes_[at].money, buy, change.firm);
    }
}

void Exposure::set_position(std::uint32_t row, Wide position) {
    const Wide change = position - rows_[row].position;
    for (auto at = row; at != kNoIndex; at = rows_[at].parent) {
        rows_[at].position += change;
    }
}

void Exposure::day_roll() {
    for (AccountExposure& account : accounts_) {
        reset_executed(account.own);
        reset_executed(account.firm);
    }
    reset_executed(suspense_.own);
    reset_executed(suspense_.firm);
    for (NodeExposure& node : nodes_) {
        reset_executed(node.money);
    }
    for (PositionRow& row : rows_) {
        row.short_sold = 0;
    }
}

void Exposure::digest(Digest& digest) const {
    for (const std::uint32_t open : session_open_) {
        digest.add(std::uint64_t{open});
    }
    for (const std::uint32_t open : trader_open_) {
        digest.add(std::uint64_t{open});
    }
    for (const AccountExposure& account : accounts_) {
        add_account(digest, account);
    }
    add_account(digest, suspense_);
    for (const NodeExposure& node : nodes_) {
        add_money(digest, node.money);
        digest.add(std::uint64_t{node.open_orders} << 32U | node.parent);
    }
    for (const PositionRow& row : rows_) {
        digest.add(row.position);
        digest.add(row.open_buy);
        digest.add(row.open_sell);
        digest.add(std::uint64_t{row.owner} << 32U | row.instrument);
        digest.add(std::uint64_t{row.parent} << 32U | row.open_orders);
        digest.add(std::uint64_t{row.restricted} << 8U | static_cast<std::uint64_t>(row.state));
        digest.add(std::uint64_t{row.loaded} << 1U | std::uint64_t{row.mismatched});
        digest.add(row.open_long_sell);
        digest.add(row.short_sold);
    }
}

}  // namespace sluice
