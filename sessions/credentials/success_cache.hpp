// SuccessCache: remembers which (stored hash, password) pairs verified, so that a mass reconnect
// does not run scrypt for everybody. It keeps keyed digests only (HMAC-SHA256 under a random key of
// this process), never a password. A changed stored hash is another digest: the old entry no longer
// answers. Not thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <string_view>

namespace sluice {

class SuccessCache {
public:
    using Digest = std::array<std::uint8_t, 32>;

    explicit SuccessCache(std::size_t entries_max);
    ~SuccessCache();
    SuccessCache(const SuccessCache&) = delete;
    SuccessCache& operator=(const SuccessCache&) = delete;

    Digest digest(std::string_view stored_hash, std::string_view password) const;
    bool contains(const Digest& digest) const { return known_.contains(digest); }
    void remember(const Digest& digest);  // the oldest gives way
    std::size_t size() const { return known_.size(); }

private:
    std::array<std::uint8_t, 32> key_{};
    std::size_t entries_max_;
    std::set<Digest> known_;
    std::deque<Digest> by_age_;
};

}  // namespace sluice
