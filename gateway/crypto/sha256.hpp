// SHA-256 by OpenSSL. One object per thread: it keeps its state, so that a digest allocates
// nothing after construction. Failure of the library is a broken invariant (GW_CHECK).
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

struct SHA256state_st;

namespace sluice::crypto {

using Digest = std::array<std::byte, 32>;

class Sha256 {
public:
    Sha256();
    Sha256& update(std::span<const std::byte> bytes);
    Digest finish();  // and begins anew

private:
    struct Free {
        void operator()(SHA256state_st* state) const;
    };
    void begin();
    std::unique_ptr<SHA256state_st, Free> state_;
};

Digest sha256(std::span<const std::byte> bytes);

std::string to_hex(std::span<const std::byte> bytes);

}  // namespace sluice::crypto
