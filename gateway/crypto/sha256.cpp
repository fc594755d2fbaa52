#include "gateway/crypto/sha256.hpp"

// The functions of OpenSSL 1.1, which 3.0 has still and calls deprecated. They lead to the same
// block function; the ones of EVP add a look-up, a lock and an allocation to each digest, which for
// the short frames of a journal is half of the work beside the hashing.
#define OPENSSL_API_COMPAT 0x10100000L
#include <openssl/sha.h>

#include "gateway/domain/check.hpp"

namespace sluice::crypto {

void Sha256::Free::operator()(SHA256state_st* state) const {
    delete state;
}

Sha256::Sha256() : state_(new SHA256state_st) {
    begin();
}

void Sha256::begin() {
    GW_CHECK(SHA256_Init(state_.get()) == 1);
}

Sha256& Sha256::update(std::span<const std::byte> bytes) {
    GW_CHECK(SHA256_Update(state_.get(), bytes.data(), bytes.size()) == 1);
    return *this;
}

Digest Sha256::finish() {
    Digest digest{};
    GW_CHECK(SHA256_Final(reinterpret_cast<unsigned char*>(digest.data()), state_.get()) == 1);
    begin();
    return digest;
}

Digest sha256(std::span<const std::byte> bytes) {
    return Sha256().update(bytes).finish();
}

std::string to_hex(std::span<const std::byte> bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte b : bytes) {
        text += kDigits[std::to_integer<unsigned>(b) >> 4U];
        text += kDigits[std::to_integer<unsigned>(b) & 15U];
    }
    return text;
}

}  // namespace sluice::crypto
