#include "sessions/engine/fast_rules.hpp"

#include <memory>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/fix_specs/dictionaries.hpp"
#include "tests/unit/fix_specs/sample_message.hpp"

using namespace sluice;
using engine::FastRules;
using engine::PlainMessage;

namespace {

struct Version {
    FixVersion version;
    const char* begin;
    const char* samples;
};
const std::vector<Version> kVersions = {{FixVersion::Fix42, "FIX.4.2", "fix42.txt"},
                                        {FixVersion::Fix44, "FIX.4.4", "fix44.txt"},
                                        {FixVersion::Fix50Sp2, "FIXT.1.1", "fix50sp2.txt"}};

// The dictionaries of a version with QuickFIX's verdict and ours.
class Judges {
public:
    explicit Judges(const Version& version)
        : begin(version.begin),
          dictionaries(version.version),
          rules(dictionaries.session(), dictionaries.application(), version.begin) {}

    // "35=D|...": BeginString(8) and the header of a client before the rest.
    std::string message(const std::string& type, const std::string& rest) const {
        return test::to_wire("8=" + begin + "|35=" + type +
                             "|34=7|49=CLIENT|56=SLUICE|52=20260102-10:00:00.000|" + rest);
    }
    bool is_plain(const std::string& wire) const {
        PlainMessage message;
        engine::TimeReader reader;
        UtcNanos time;
        return rules.is_plain(wire, message) && reader.read(message.sending_time, time);
    }

    std::string begin;
    test::Dictionaries dictionaries;
    FastRules rules;
};

const std::string kOrder =
    "11=A1|1=ACC|21=1|55=ACME|54=1|60=20260102-10:00:00.000|38=100|40=2|44=101.25|59=0";

std::string changed(const std::string& from, const std::string& what, const std::string& to) {
    std::string text = from;
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), to);
}

}  // namespace

TEST_CASE("orders, cancels, replaces and status requests are plain in every version") {
    for (const Version& version : kVersions) {
        const Judges judges(version);
        INFO(version.begin);
        CHECK(judges.is_plain(judges.message("D", kOrder)));
        CHECK(judges.is_plain(
            judges.message("F", "11=A2|41=A1|55=ACME|54=1|60=20260102-10:00:00|38=100")));
        CHECK(judges.is_plain(judges.message(
            "G", "11=A2|41=A1|21=1|55=ACME|54=1|60=20260102-10:00:00.123456789|38=50|40=2|44=1")));
        CHECK(judges.is_plain(judges.message("H", "11=A1|55=ACME|54=1")));
    }
}

TEST_CASE("what a venue says about an order is plain") {
    const Judges judges(kVersions[1]);
    CHECK(judges.is_plain(judges.message(
        "8", "37=V1|11=G1-1.0|17=E1|150=F|39=1|55=ACME|54=1|151=40|14=60|6=101.2|32=60|31=101.2")));
    CHECK(judges.is_plain(judges.message("9", "37=V1|11=G1-1.1|41=G1-1.0|39=0|434=1|102=0")));
}

TEST_CASE("the words of the header of a plain message are read") {
    const Judges judges(kVersions[1]);
    PlainMessage message;
    const std::string wire = judges.message("D", kOrder);
    REQUIRE(judges.rules.is_plain(wire, message));
    CHECK(message.msg_seq_num == 7);
    CHECK(message.sender_comp_id == "CLIENT");
    CHECK(message.target_comp_id == "SLUICE");
    CHECK(message.sending_time == "20260102-10:00:00.000");
}

TEST_CASE("everything irregular is not plain") {
    const Judges judges(kVersions[1]);
    const auto order = [&](const std::string& what, const std::string& to) {
        return judges.message("D", changed(kOrder, what, to));
    };
    CHECK_FALSE(judges.is_plain(judges.message("0", "112=X")));
    CHECK_FALSE(judges.is_plain(judges.message("A", "98=0|108=30")));
    CHECK_FALSE(judges.is_plain(judges.message("AE", "571=1")));
    for (const char* more : {"43=Y|", "43=N|", "97=Y|", "122=20260102-10:00:00|", "50=DESK|",
                             "115=X|", "128=X|", "34=7|", "8=FIX.4.4|", "369=3|"}) {
        INFO(more);
        CHECK_FALSE(judges.is_plain(judges.message("D", more + kOrder)));
        CHECK_FALSE(judges.is_plain(judges.message("D", kOrder + "|" + more)));
    }
    CHECK_FALSE(judges.is_plain(order("11=A1", "11=")));          // no value
    CHECK_FALSE(judges.is_plain(order("11=A1|", "")));            // required
    CHECK_FALSE(judges.is_plain(order("11=A1", "11=A1|11=A1")));  // twice
    CHECK_FALSE(judges.is_plain(order("54=1", "54=Z")));          // no value of Side(54)
    CHECK_FALSE(judges.is_plain(order("54=1", "54=11")));         // likewise
    CHECK_FALSE(judges.is_plain(order("38=100", "38=1e2")));      // no decimal
    CHECK_FALSE(judges.is_plain(order("38=100", "38=.5")));       // a doubt
    CHECK_FALSE(judges.is_plain(order("38=100", "38=5.")));       // likewise
    CHECK_FALSE(judges.is_plain(order("38=100", "38=-")));
    CHECK_FALSE(judges.is_plain(order("10:00:00.000", "10:00:60.000")));  // a leap second
    CHECK_FALSE(judges.is_plain(order("20260102", "20261302")));
    CHECK_FALSE(judges.is_plain(order("59=0", "59=0|78=1|79=ACC|80=100")));  // a group
    CHECK_FALSE(judges.is_plain(order("59=0", "59=0|354=1|355=X")));         // a data field
    CHECK_FALSE(judges.is_plain(order("59=0", "59=0|5001=X")));              // a custom tag
    CHECK_FALSE(judges.is_plain(order("59=0", "59=0|150=0")));  // a tag of another message
    CHECK_FALSE(judges.is_plain(order("59=0", "59=0|059=0")));
    CHECK_FALSE(judges.is_plain(order("59=0", "59=0|=0")));
    CHECK_FALSE(judges.is_plain(order("59=0", "59=0|58")));
    const std::string good = judges.message("D", kOrder);
    CHECK_FALSE(judges.is_plain(changed(good, "8=FIX.4.4", "8=FIX.4.2")));
    CHECK_FALSE(judges.is_plain(changed(good,
                                        "\x01"
                                        "9=1",
                                        "\x01"
                                        "9=2")));
}

TEST_CASE("a message cut anywhere is not plain and is read nowhere else") {
    const Judges judges(kVersions[1]);
    const std::string wire = judges.message("D", kOrder);
    for (std::size_t size = 0; size < wire.size(); ++size) {
        const auto cut = std::make_unique<char[]>(size == 0 ? 1 : size);
        wire.copy(cut.get(), size);
        PlainMessage message;
        CHECK_FALSE(judges.rules.is_plain({cut.get(), size}, message));
    }
}

TEST_CASE("what is plain is valid for QuickFIX, whatever was done to a message") {
    std::mt19937 random(20261125);
    const auto below = [&](std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
    };
    for (const Version& version : kVersions) {
        const Judges judges(version);
        std::vector<std::string> texts;
        for (const test::SampleMessage& sample : test::read_samples(version.samples)) {
            std::string text = sample.wire;
            const auto body = text.find(
                                  "\x01"
                                  "35=") +
                              1;
            const auto trailer = text.rfind(
                "\x01"
                "10=");
            texts.push_back(text.substr(body, trailer - body));
        }
        std::size_t plain = 0;
        for (int round = 0; round < 30'000; ++round) {
            std::vector<std::string> fields;
            const std::string& from = texts[below(texts.size())];
            for (std::size_t at = 0; at < from.size();) {
                const auto end = std::min(from.find('\x01', at), from.size());
                fields.push_back(from.substr(at, end - at));
                at = end + 1;
            }
            const std::size_t changes = below(3);
            for (std::size_t i = 0; i < changes && fields.size() > 2; ++i) {
                const std::size_t at = 1 + below(fields.size() - 1);
                const std::string& other = texts[below(texts.size())];
                switch (below(5)) {
                    case 0:
                        fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(at));
                        break;
                    case 1:
                        fields.push_back(fields[at]);
                        break;
                    case 2: {  // a field of another message
                        const auto begin = other.find('\x01', below(other.size())) + 1;
                        fields.push_back(other.substr(begin, other.find('\x01', begin) - begin));
                        break;
                    }
                    case 3: {  // another character
                        const std::size_t c = below(fields[at].size());
                        fields[at][c] = "0123456789AYN.-=:Z e"[below(20)];
                        break;
                    }
                    default:
                        std::swap(fields[at], fields[1 + below(fields.size() - 1)]);
                        break;
                }
            }
            std::string text = "8=" + judges.begin + "|";
            for (const std::string& field : fields) {
                text += field + "|";
            }
            const std::string wire = test::to_wire(text);
            if (judges.is_plain(wire)) {
                ++plain;
                INFO(text);
                CHECK(judges.dictionaries.reject_reason(wire) == std::nullopt);
            }
        }
        CHECK(plain > 2'000);
    }
}

TEST_CASE("a time is read to the nanosecond and a day that is none is refused") {
    engine::TimeReader reader;
    UtcNanos time;
    REQUIRE(reader.read("19700102-00:00:01", time));
    CHECK(time.value == 86'401 * kNanosPerSecond);
    REQUIRE(reader.read("19700102-00:00:01.000000007", time));
    CHECK(time.value == 86'401 * kNanosPerSecond + 7);
    REQUIRE(reader.read("20260102-10:00:00.250", time));
    CHECK(time.value == 1'767'348'000'250 * kNanosPerMilli);
    CHECK_FALSE(reader.read("20260230-10:00:00.250", time));
    CHECK_FALSE(reader.read("20260102-24:00:00", time));
    CHECK_FALSE(reader.read("20260102-10:00:00.", time));
    CHECK_FALSE(reader.read("20260102", time));
}

TEST_CASE("a time that 64 bits of nanoseconds cannot hold is no time for the fast path") {
    engine::TimeReader reader;
    UtcNanos time;
    REQUIRE(reader.read("22611231-23:59:59.999999999", time));
    CHECK(time.value == 9'214'646'399'999'999'999);
    CHECK_FALSE(reader.read("22620101-00:00:00", time));
    CHECK_FALSE(reader.read("28260102-10:00:00", time));
    CHECK_FALSE(reader.read("19691231-23:59:59", time));
    CHECK_FALSE(reader.read("00000101-00:00:00", time));
}
