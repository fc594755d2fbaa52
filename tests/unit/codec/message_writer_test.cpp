#include "sessions/codec/message_writer.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "sessions/codec/tags.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {

TEST_CASE("a checksum is the sum of all bytes modulo 256, however long the text") {
    std::mt19937 random(5);
    for (std::size_t size = 0; size < 3'000; size += 1 + size / 7) {
        std::string text(size, '\0');
        unsigned sum = 0;
        for (char& c : text) {
            c = static_cast<char>(random() % 256);
            sum += static_cast<unsigned char>(c);
        }
        CHECK(codec::check_sum(text) == sum % 256);
    }
    CHECK(codec::check_sum(std::string(5'000, '\xff')) == 5'000U * 255U % 256U);
}

TEST_CASE("BodyLength(9) and CheckSum(10) are right at every length") {
    codec::MessageWriter writer(FixVersion::Fix44, 3);
    for (std::size_t size = 0; size <= 1'000; ++size) {
        writer.begin("B", {"S", "T", 1, UtcNanos{0}});
        writer.text_if<codec::tag::Text>(std::string(size, 'x'));
        const std::string message(writer.finish());
        const auto from = message.find("35=");
        REQUIRE(message == wire(message.substr(from, message.rfind("10=") - from)));
    }
}

TEST_CASE("SendingTime(52) has as many digits of the second as configured") {
    const auto [digits, text] =
        GENERATE(table<int, std::string>({{0, "19700101-00:00:01"},
                                          {3, "19700101-00:00:01.234"},
                                          {6, "19700101-00:00:01.234567"},
                                          {9, "19700101-00:00:01.234567891"}}));
    codec::MessageWriter writer(FixVersion::Fix42, digits);
    writer.begin("0", {"S", "T", 1, UtcNanos{1'234'567'891}});
    CHECK(value_of(writer.finish(), 52) == text);
}

TEST_CASE("the body of a message is what stands behind the header, also of a resent one") {
    CHECK(readable(codec::body_of(wire("35=8|49=A|56=B|34=1|52=X|37=1|11=A"))) == "37=1|11=A|");
    CHECK(readable(codec::body_of(wire("35=8|34=1|43=Y|49=A|52=X|56=B|97=Y|122=Z|37=1|11=A"))) ==
          "37=1|11=A|");
    CHECK(codec::body_of(wire("35=0|49=A|56=B|34=1|52=X")).empty());
    CHECK(codec::body_of("").empty());
    CHECK(codec::body_of("no message").empty());
    CHECK(codec::body_of(soh("8=FIX.4.4|35=8|37=1") + "half").empty());
}

TEST_CASE("BeginString(8) names the version and back") {
    for (const auto version : {FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2}) {
        CHECK(codec::version_of(codec::begin_string(version)) == version);
    }
    CHECK(codec::version_of("FIX.4.1") == std::nullopt);
}

}  // namespace sluice::test
