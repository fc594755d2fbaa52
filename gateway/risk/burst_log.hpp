// The accepted new orders of the last while, to count those that ask exactly the same. Remembers
// the newest kRemembered of them, whatever their age; older ones no longer count. A ring in the
// order of acceptance with a chain per hash bucket, so a count walks only what is young and alike.
// Owner: the core thread. Allocates only in size_for().
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/time.hpp"
#include "gateway/orders/digest.hpp"

namespace sluice {

// What makes two orders identical.
struct BurstKey {
    Quantity qty;
    Price price;  // 0 for a market order
    AccountId account;
    InstrumentId instrument;
    Side side = Side::None;
    OrdType ord_type = OrdType::None;
    TimeInForce time_in_force = TimeInForce::Day;
    friend bool operator==(const BurstKey&, const BurstKey&) = default;
};

class BurstLog {
public:
    static constexpr std::size_t kRemembered = std::size_t{1} << 15U;

    void size_for();
    void add(const BurstKey& key, UtcNanos now);
    // How many identical ones are younger than the window; stops at `enough`.
    std::uint64_t count(const BurstKey& key,
                        UtcNanos now,
                        std::int64_t window_ns,
                        std::uint64_t enough) const;
    void digest(Digest& digest) const;

private:
    struct Entry {
        BurstKey key;
        UtcNanos time;
        std::uint64_t before = 0;  // number of the entry before it in its bucket, 0 none
    };
    static std::uint64_t hash(const BurstKey& key);
    bool remembered(std::uint64_t number) const {
        return number != 0 && number + kRemembered > newest_;
    }
    Entry& entry(std::uint64_t number) { return entries_[number % kRemembered]; }
    const Entry& entry(std::uint64_t number) const { return entries_[number % kRemembered]; }

    std::vector<Entry> entries_;
    std::vector<std::uint64_t> buckets_;  // number of the newest entry
    std::uint64_t newest_ = 0;            // entries are numbered from 1
};

}  // namespace sluice
