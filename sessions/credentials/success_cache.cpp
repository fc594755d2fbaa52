#include "sessions/credentials/success_cache.hpp"

#include <string>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "gateway/crypto/scrypt.hpp"
#include "gateway/domain/check.hpp"

namespace sluice {

SuccessCache::SuccessCache(std::size_t entries_max) : entries_max_(entries_max) {
    GW_CHECK(RAND_bytes(key_.data(), static_cast<int>(key_.size())) == 1);
}

SuccessCache::~SuccessCache() {
    OPENSSL_cleanse(key_.data(), key_.size());
}

// The length in front keeps "ab"+"c" and "a"+"bc" apart.
SuccessCache::Digest SuccessCache::digest(std::string_view stored_hash,
                                          std::string_view password) const {
    std::string text = std::to_string(stored_hash.size());
    text.reserve(text.size() + 1 + stored_hash.size() + password.size());
    text += ':';
    text += stored_hash;
    text += password;
    Digest out{};
    unsigned length = 0;
    const auto* made =
        HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), out.data(), &length);
    crypto::wipe(text);
    GW_CHECK(made != nullptr && length == out.size());
    return out;
}

void SuccessCache::remember(const Digest& digest) {
    if (entries_max_ == 0 || !known_.insert(digest).second) {
        return;
    }
    by_age_.push_back(digest);
    if (by_age_.size() > entries_max_) {
        known_.erase(by_age_.front());
        by_age_.pop_front();
    }
}

}  // namespace sluice
