// Password hashes with scrypt (OpenSSL), in the text form that the configuration keeps:
//   $scrypt$ln=14,r=8,p=1$<salt>$<hash>      base64 without padding, N = 2^ln
// One verification takes tens of milliseconds and 128·N·r bytes by design: never on the hot thread,
// see sessions/credentials. Called by the admin subcommand that makes hashes and by the credential
// verifier.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/domain/result.hpp"

namespace sluice::crypto {

struct ScryptParams {
    unsigned log2_n = 14;
    unsigned r = 8;
    unsigned p = 1;
};

using ScryptSalt = std::array<std::uint8_t, 16>;
ScryptSalt random_salt();  // aborts when the system has no randomness: a known salt would be worse

// Parameters out of bounds (ln 1..20, r 1..32, p 1..16, 256 MiB in all) are an error.
Result<std::string, std::string> hash_password(std::string_view password,
                                               const ScryptParams& params,
                                               const ScryptSalt& salt);

enum class PasswordCheck : std::uint8_t { Match, Mismatch, BadHash };
// Compares in constant time. BadHash: `stored` is not in the form above or out of bounds.
PasswordCheck verify_password(std::string_view password, std::string_view stored);

// Says what is wrong with a stored hash; for the configuration check. Done when it is usable.
Result<Done, std::string> check_stored_hash(std::string_view stored);

// A well-formed hash that no password matches: verify against it when the user is unknown, so that
// the time of the answer does not tell which users exist.
const std::string& unmatchable_hash();

// Overwrites a secret in a way that the compiler does not remove, and empties it.
void wipe(std::string& secret);

}  // namespace sluice::crypto
