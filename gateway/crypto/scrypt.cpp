#include "gateway/crypto/scrypt.hpp"

#include <charconv>
#include <optional>
#include <span>
#include <vector>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "gateway/domain/check.hpp"

namespace sluice::crypto {

namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kSaltBytesMax = 64;
constexpr std::uint64_t kMemoryMax = 256ULL << 20;
constexpr std::string_view kScheme = "$scrypt$";
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

using Hash = std::array<std::uint8_t, kHashBytes>;

std::string base64(std::span<const std::uint8_t> bytes) {
    std::string out;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = bits << 8 | byte;
        for (count += 8; count >= 6; count -= 6) {
            out += kAlphabet[bits >> (count - 6) & 63U];
        }
    }
    if (count > 0) {
        out += kAlphabet[bits << (6 - count) & 63U];
    }
    return out;
}

std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text) {
    std::vector<std::uint8_t> out;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const auto digit = kAlphabet.find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out.push_back(static_cast<std::uint8_t>(bits >> count));
        }
    }
    // Left-over bits must be zero, so that a hash has one spelling.
    return count < 6 && (bits & ((1U << count) - 1)) == 0 ? std::optional(out) : std::nullopt;
}

struct Stored {
    ScryptParams params;
    std::vector<std::uint8_t> salt;
    std::vector<std::uint8_t> hash;
};

bool in_bounds(const ScryptParams& params) {
    return params.log2_n >= 1 && params.log2_n <= 20 && params.r >= 1 && params.r <= 32 &&
           params.p >= 1 && params.p <= 16 &&
           (128ULL * params.r << params.log2_n) + 128ULL * params.r * params.p <= kMemoryMax;
}

bool take(std::string_view& text, std::string_view expected) {
    if (text.substr(0, expected.size()) != expected) {
        return false;
    }
    text.remove_prefix(expected.size());
    return true;
}

bool take_number(std::string_view& text, unsigned& number) {
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return read.ec == std::errc{};
}

std::optional<Stored> parse(std::string_view text) {
    Stored out;
    if (!take(text, kScheme) || !take(text, "ln=") || !take_number(text, out.params.log2_n) ||
        !take(text, ",r=") || !take_number(text, out.params.r) || !take(text, ",p=") ||
        !take_number(text, out.params.p) || !take(text, "$") || !in_bounds(out.params)) {
        return std::nullopt;
    }
    const auto dollar = text.find('$');
    if (dollar == std::string_view::npos) {
        return std::nullopt;
    }
    auto salt = from_base64(text.substr(0, dollar));
    auto hash = from_base64(text.substr(dollar + 1));
    if (!salt || !hash || salt->empty() || salt->size() > kSaltBytesMax ||
        hash->size() != kHashBytes) {
        return std::nullopt;
    }
    out.salt = std::move(*salt);
    out.hash = std::move(*hash);
    return out;
}

bool derive(std::string_view password,
            const ScryptParams& params,
            std::span<const std::uint8_t> salt,
            Hash& out) {
    return EVP_PBE_scrypt(password.data(), password.size(), salt.data(), salt.size(),
                          1ULL << params.log2_n, params.r, params.p, kMemoryMax + (1ULL << 20),
                          out.data(), out.size()) == 1;
}

std::string spell(const ScryptParams& params,
                  std::span<const std::uint8_t> salt,
                  std::span<const std::uint8_t> hash) {
    return std::string(kScheme) + "ln=" + std::to_string(params.log2_n) +
           ",r=" + std::to_string(params.r) + ",p=" + std::to_string(params.p) + "$" +
           base64(salt) + "$" + base64(hash);
}

}  // namespace

ScryptSalt random_salt() {
    ScryptSalt salt{};
    GW_CHECK(RAND_bytes(salt.data(), int{salt.size()}) == 1);
    return salt;
}

Result<std::string, std::string> hash_password(std::string_view password,
                                               const ScryptParams& params,
                                               const ScryptSalt& salt) {
    using Hashed = Result<std::string, std::string>;
    if (!in_bounds(params)) {
        return Hashed::failure(
            "scrypt parameters out of bounds: ln 1 to 20, r 1 to 32, p 1 to 16, 256 MiB in all");
    }
    Hash hash{};
    if (!derive(password, params, salt, hash)) {
        return Hashed::failure("scrypt failed: out of memory");
    }
    return spell(params, salt, hash);
}

PasswordCheck verify_password(std::string_view password, std::string_view stored) {
    const auto parsed = parse(stored);
    Hash hash{};
    if (!parsed || !derive(password, parsed->params, parsed->salt, hash)) {
        return PasswordCheck::BadHash;
    }
    const bool same = CRYPTO_memcmp(hash.data(), parsed->hash.data(), hash.size()) == 0;
    return same ? PasswordCheck::Match : PasswordCheck::Mismatch;
}

Result<Done, std::string> check_stored_hash(std::string_view stored) {
    if (parse(stored)) {
        return Done{};
    }
    return Result<Done, std::string>::failure(
        "not a password hash of the form $scrypt$ln=14,r=8,p=1$<salt>$<hash>");
}

const std::string& unmatchable_hash() {
    static const std::string hash = [] {
        Hash random{};
        GW_CHECK(RAND_bytes(random.data(), int{random.size()}) == 1);
        return spell(ScryptParams{}, random_salt(), random);
    }();
    return hash;
}

void wipe(std::string& secret) {
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

}  // namespace sluice::crypto
