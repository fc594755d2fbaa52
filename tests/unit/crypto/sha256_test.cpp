#include "gateway/crypto/sha256.hpp"

#include <string_view>

#include <catch2/catch.hpp>

using namespace sluice::crypto;

namespace {
std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}
}  // namespace

TEST_CASE("SHA-256 gives the FIPS 180-4 examples") {
    CHECK(to_hex(sha256(bytes(""))) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256(bytes("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a digest object begins anew after finish") {
    Sha256 hash;
    const Digest first = hash.update(bytes("ab")).update(bytes("c")).finish();
    const Digest second = hash.update(bytes("abc")).finish();
    CHECK(first == second);
    CHECK(first == sha256(bytes("abc")));
}
