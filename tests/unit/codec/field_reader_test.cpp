#include "sessions/codec/field_reader.hpp"

#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

using codec::Field;
using codec::FieldReader;

std::string walked(const std::string& text) {
    FieldReader reader(text);
    Field field;
    std::string all;
    while (reader.next(field)) {
        all += std::to_string(field.tag) + "=" + std::string(field.value) + "|";
    }
    return all + (reader.is_broken() ? "broken at " + std::to_string(reader.offset()) : "");
}

}  // namespace

TEST_CASE("fields are read as they stand") {
    CHECK(walked(soh("8=FIX.4.4|35=D|58=a=b|44=|10=001")) == "8=FIX.4.4|35=D|58=a=b|44=|10=001|");
    CHECK(walked("").empty());
}

TEST_CASE("a data field is taken by its length and may hold separators") {
    CHECK(walked("95=5\x01"
                 "96=a\x01"
                 "b=c\x01"
                 "11=X\x01") ==
          "95=5|96=a\x01"
          "b=c|11=X|");
    CHECK(walked("93=3\x01"
                 "89=\x01\x01\x01\x01") == "93=3|89=\x01\x01\x01|");
}

TEST_CASE("the walk ends where no field stands") {
    const auto [text, end] = GENERATE(table<std::string, std::string>({
        {"11=A", "broken at 0"},
        {"11=A\x01"
         "garbage\x01",
         "11=A|broken at 5"},
        {"=A\x01", "broken at 0"},
        {"011=A\x01", "broken at 0"},
        {"0=A\x01", "broken at 0"},
        {"1234567890=A\x01", "broken at 0"},
        {"999999999=A\x01", "999999999=A|"},
        {"-1=A\x01", "broken at 0"},
        {"96=abc\x01", "broken at 0"},
        {"95=4\x01"
         "96=abc\x01",
         "95=4|broken at 5"},
        {"95=2\x01"
         "96=abc\x01",
         "95=2|broken at 5"},
        {"95=x\x01"
         "96=abc\x01",
         "95=x|broken at 5"},
        {"95=9999999999\x01"
         "96=abc\x01",
         "95=9999999999|broken at 14"},
        {"95=3\x01"
         "11=A\x01"
         "96=abc\x01",
         "95=3|11=A|broken at 10"},
    }));
    CHECK(walked(text) == end);
}

TEST_CASE("MsgType(35) is found wherever it stands") {
    CHECK(codec::msg_type_of(soh("8=FIX.4.4|9=5|35=AF|11=A")) == "AF");
    CHECK(codec::msg_type_of(soh("11=A|35=D")) == "D");
    CHECK(codec::msg_type_of(soh("11=A")).empty());
}

TEST_CASE("the reader and a plain split agree on every message without data fields") {
    std::mt19937 random(3);
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (auto left = random() % 30; left > 0; --left) {
            const auto tag = 1 + random() % 80;  // below the first data field
            text += std::to_string(tag) + "=" + std::string(random() % 20, 'v') + "|";
        }
        std::string plain;
        for (const auto& [tag, value] : naive_parse(soh(text))) {
            plain += std::to_string(tag) + "=" + value + "|";
        }
        CHECK(walked(soh(text)) == plain);
    }
}

TEST_CASE("exactly the data fields of FIX have a length field, most of them the tag below") {
    std::map<int, int> lengths = {{89, 93}};
    for (const int tag : {91,  96,  213, 349,  351,  353,  355,  357,  359,  361,  363, 365,
                          446, 619, 622, 1185, 1278, 1281, 1283, 1398, 1402, 1404, 1469}) {
        lengths[tag] = tag - 1;
    }
    for (int tag = -1; tag < 3'000; ++tag) {
        INFO(tag);
        const auto found = lengths.find(tag);
        CHECK(codec::length_tag_of(tag) == (found == lengths.end() ? 0 : found->second));
    }
    CHECK(codec::length_tag_of(999'999'999) == 0);
}

TEST_CASE("a value's end is found wherever it stands in the message") {
    for (std::size_t size = 0; size < 40; ++size) {
        // Bytes that differ from SOH in one bit, or that a borrow could mistake for it.
        for (const char filler : {'\0', '\x02', '\x03', '\x81', '\xff', 'v'}) {
            const std::string value(size, filler);
            const std::string message = "58=" + value + "\x01" + "59=0\x01";
            codec::FieldReader reader(message);
            codec::Field field;
            REQUIRE(reader.next(field));
            CHECK(field.value == value);
            REQUIRE(reader.next(field));
            CHECK(field.value == "0");
            CHECK_FALSE(reader.next(field));
            CHECK_FALSE(reader.is_broken());
        }
    }
}

}  // namespace sluice::test
