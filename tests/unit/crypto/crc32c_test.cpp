#include "gateway/crypto/crc32c.hpp"

#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace sluice::crypto;

TEST_CASE("CRC-32C gives the published check value for 123456789") {
    const std::string text = "123456789";
    CHECK(crc32c_extend(0, text.data(), text.size()) == 0xe3069283U);
    CHECK(crc32c_extend_portable(0, text.data(), text.size()) == 0xe3069283U);
}

TEST_CASE("CRC-32C gives the iSCSI values of RFC 3720 for 32 bytes") {
    const std::vector<std::byte> zeros(32, std::byte{0});
    const std::vector<std::byte> ones(32, std::byte{0xff});
    CHECK(crc32c(zeros) == 0x8a9136aaU);
    CHECK(crc32c(ones) == 0x62a8ab43U);
}

TEST_CASE("the instruction and the table give the same sum at every length and alignment") {
    std::mt19937 random(7);
    std::vector<unsigned char> bytes(300);
    for (auto& b : bytes) {
        b = static_cast<unsigned char>(random());
    }
    for (std::size_t from = 0; from < 9; ++from) {
        for (std::size_t size = 0; size + from <= bytes.size(); ++size) {
            REQUIRE(crc32c_extend(5, bytes.data() + from, size) ==
                    crc32c_extend_portable(5, bytes.data() + from, size));
        }
    }
}

TEST_CASE("a sum continued over two parts is the sum of the whole") {
    const std::string text = "8=FIX.4.4|9=5|35=0|10=163|";
    const std::uint32_t whole = crc32c_extend(0, text.data(), text.size());
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        const std::uint32_t first = crc32c_extend(0, text.data(), cut);
        CHECK(crc32c_extend(first, text.data() + cut, text.size() - cut) == whole);
    }
}
