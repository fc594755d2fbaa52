// Latencies in nanoseconds, counted in log-linear buckets: every value is kept to within 1/128,
// from 1 ns to 18 minutes, in a fixed 37 KiB. The idea is HdrHistogram's. One thread writes;
// merge() adds another one's counts.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace sluice::client {

class Histogram {
public:
    void record(std::int64_t ns) {
        const auto value = static_cast<std::uint64_t>(ns < 0 ? 0 : (ns > kMax ? kMax : ns));
        ++counts_[index_of(value)];
        ++total_;
        max_ = static_cast<std::int64_t>(value) > max_ ? static_cast<std::int64_t>(value) : max_;
    }
    void merge(const Histogram& other) {
        for (std::size_t i = 0; i < kBuckets; ++i) {
            counts_[i] += other.counts_[i];
        }
        total_ += other.total_;
        max_ = other.max_ > max_ ? other.max_ : max_;
    }
    std::uint64_t total() const { return total_; }
    std::int64_t max() const { return max_; }
    // The smallest recorded value that at least `share` (0..1) of all values do not exceed, to
    // within a bucket.
    std::int64_t percentile(double share) const {
        auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(total_));
        wanted = wanted == 0 ? 1 : wanted;
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < kBuckets; ++i) {
            seen += counts_[i];
            if (seen >= wanted) {
                const std::int64_t top = highest_in(i);
                return top < max_ ? top : max_;
            }
        }
        return max_;
    }

private:
    static constexpr unsigned kSubBits = 7;
    static constexpr std::size_t kSub = std::size_t{1} << kSubBits;
    static constexpr std::int64_t kMax = (std::int64_t{1} << 40) - 1;
    static constexpr std::size_t kBuckets = (40 - kSubBits + 1) * kSub;

    static std::size_t index_of(std::uint64_t value) {
        if (value < kSub) {
            return static_cast<std::size_t>(value);
        }
        const auto shift = static_cast<unsigned>(std::bit_width(value)) - kSubBits - 1;
        return (shift + 1) * kSub + static_cast<std::size_t>((value >> shift) - kSub);
    }
    static std::int64_t highest_in(std::size_t index) {
        if (index < kSub) {
            return static_cast<std::int64_t>(index);
        }
        const auto shift = static_cast<unsigned>(index / kSub) - 1;
        return static_cast<std::int64_t>(((index % kSub + kSub + 1) << shift) - 1);
    }

    std::array<std::uint64_t, kBuckets> counts_{};
    std::uint64_t total_ = 0;
    std::int64_t max_ = 0;
};

}  // namespace sluice::client
