#include "gateway/crypto/scrypt.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace sluice::crypto;

namespace {
constexpr ScryptParams kQuick{4, 8, 1};
}

TEST_CASE("a password matches its own hash and no other does") {
    const auto hash = hash_password("correct horse", kQuick, random_salt());
    REQUIRE(hash.ok());
    CHECK(hash.value().rfind("$scrypt$ln=4,r=8,p=1$", 0) == 0);
    CHECK(verify_password("correct horse", hash.value()) == PasswordCheck::Match);
    CHECK(verify_password("correct hors", hash.value()) == PasswordCheck::Mismatch);
    CHECK(verify_password("", hash.value()) == PasswordCheck::Mismatch);
}

TEST_CASE("the hash is scrypt as others compute it") {
    // Python: hashlib.scrypt(b"pleaseletmein", salt=b"SodiumChloride..", n=16384, r=8, p=1,
    // dklen=32)
    constexpr std::string_view kSalt = "SodiumChloride..";
    ScryptSalt salt{};
    std::copy(kSalt.begin(), kSalt.end(), salt.begin());
    CHECK(
        hash_password("pleaseletmein", {14, 8, 1}, salt).value() ==
        "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGUuLg$yW4mhIlOoEW496uK3bXTIgJvoiHVZ7eo3xY/SZeKCgA");
}

TEST_CASE("two hashes of one password differ by their salt") {
    CHECK(hash_password("x", kQuick, random_salt()).value() !=
          hash_password("x", kQuick, random_salt()).value());
}

TEST_CASE("a stored hash that is malformed or too expensive is bad, not a mismatch") {
    const std::string good = hash_password("x", kQuick, random_salt()).value();
    const std::string stored = GENERATE_COPY(
        as<std::string>{}, "", "plaintext", good.substr(1), good.substr(0, good.size() - 1),
        good + "A", good + "=", "$scrypt$ln=0,r=8,p=1$AAAA$AAAA",
        "$scrypt$ln=63,r=8,p=1" + good.substr(20), "$scrypt$ln=20,r=32,p=1" + good.substr(20),
        "$scrypt$ln=4294967300,r=8,p=1" + good.substr(20));
    CAPTURE(stored);
    CHECK(verify_password("x", stored) == PasswordCheck::BadHash);
    CHECK_FALSE(check_stored_hash(stored).ok());
    CHECK(check_stored_hash(good).ok());
}

TEST_CASE("parameters out of bounds make no hash") {
    CHECK_FALSE(hash_password("x", {0, 8, 1}, random_salt()).ok());
    CHECK_FALSE(hash_password("x", {21, 8, 1}, random_salt()).ok());
    CHECK_FALSE(hash_password("x", {14, 0, 1}, random_salt()).ok());
    CHECK_FALSE(hash_password("x", {14, 8, 17}, random_salt()).ok());
}

TEST_CASE("the hash for unknown users is well-formed and matches nothing") {
    CHECK(check_stored_hash(unmatchable_hash()).ok());
    CHECK(verify_password("", unmatchable_hash()) == PasswordCheck::Mismatch);
}

TEST_CASE("a wiped secret is empty") {
    std::string secret = "secret";
    wipe(secret);
    CHECK(secret.empty());
}
