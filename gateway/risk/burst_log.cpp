#include "gateway/risk/burst_log.hpp"

#include "gateway/orders/slot_index.hpp"

namespace sluice {

void BurstLog::size_for() {
    if (entries_.empty()) {
        entries_.resize(kRemembered);
        buckets_.resize(kRemembered * 2);
    }
}

std::uint64_t BurstLog::hash(const BurstKey& key) {
    const auto words = static_cast<std::uint64_t>(key.side) << 16U |
                       static_cast<std::uint64_t>(key.ord_type) << 8U |
                       static_cast<std::uint64_t>(key.time_in_force);
    std::uint64_t sum =
        mix_bits(std::uint64_t{key.account.value} << 32U | key.instrument.value) ^ words;
    sum = mix_bits(sum + static_cast<std::uint64_t>(key.qty.units()));
    return mix_bits(sum ^ static_cast<std::uint64_t>(key.price.units()));
}

void BurstLog::add(const BurstKey& key, UtcNanos now) {
    std::uint64_t& head = buckets_[hash(key) % buckets_.size()];
    ++newest_;
    entry(newest_) = {key, now, head};
    head = newest_;
}

std::uint64_t BurstLog::count(const BurstKey& key,
                              UtcNanos now,
                              std::int64_t window_ns,
                              std::uint64_t enough) const {
    if (entries_.empty()) {
        return 0;
    }
    std::uint64_t found = 0;
    for (std::uint64_t at = buckets_[hash(key) % buckets_.size()]; remembered(at) && found < enough;
         at = entry(at).before) {
        // Times never go back along the chain, so what is older need not be looked at.
        if (now.value - entry(at).time.value >= window_ns) {
            break;
        }
        found += entry(at).key == key ? 1U : 0U;
    }
    return found;
}

void BurstLog::digest(Digest& digest) const {
    digest.add(newest_);
    for (std::uint64_t at = newest_; remembered(at); --at) {
        digest.add(hash(entry(at).key));
        digest.add_signed(entry(at).time.value);
    }
}

}  // namespace sluice
