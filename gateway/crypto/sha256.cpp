#include "gateway/crypto/sha256.hpp"

#include <openssl/evp.h>

#include "gateway/domain/check.hpp"

namespace sluice::crypto {

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    GW_CHECK(context_ != nullptr);
    GW_CHECK(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

// With no digest named OpenSSL keeps the one it fetched, which spares the look-up.
void Sha256::begin() {
    GW_CHECK(EVP_DigestInit_ex(context_.get(), nullptr, nullptr) == 1);
}

Sha256& Sha256::update(std::span<const std::byte> bytes) {
    GW_CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
    return *this;
}

Digest Sha256::finish() {
    Digest digest{};
    GW_CHECK(EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.data()),
                                nullptr) == 1);
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
