#include "sessions/transport/framer.hpp"

#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/transport/frames.hpp"

using namespace sluice::transport;
using sluice::test::frame;
using sluice::test::soh;
using Outcome = FrameStep::Outcome;

namespace {

// All frames that come out when `stream` arrives in the given pieces.
std::vector<std::string> frames_of(std::string_view stream,
                                   const std::vector<std::size_t>& pieces) {
    std::vector<std::string> out;
    std::string buffer;
    for (std::size_t piece : pieces) {
        piece = std::min(piece, stream.size());
        buffer += stream.substr(0, piece);
        stream.remove_prefix(piece);
        while (!buffer.empty()) {
            const auto step = find_frame(buffer);
            if (step.outcome == Outcome::NeedMore) {
                break;
            }
            REQUIRE(step.bytes > 0);
            REQUIRE(step.bytes <= buffer.size());
            if (step.outcome == Outcome::Frame) {
                out.push_back(buffer.substr(0, step.bytes));
            }
            buffer.erase(0, step.bytes);
        }
    }
    REQUIRE(stream.empty());
    return out;
}

}  // namespace

TEST_CASE("a whole frame is found with its exact length") {
    const std::string one = frame("35=0|34=1|");
    const auto step = find_frame(one + "8=FIX");
    CHECK(step.outcome == Outcome::Frame);
    CHECK(step.bytes == one.size());
}

TEST_CASE("the version of the session layer does not matter to the framer") {
    const std::string version = GENERATE("FIX.4.0", "FIX.4.2", "FIX.4.4", "FIXT.1.1");
    CHECK(find_frame(frame("35=0|", version)).outcome == Outcome::Frame);
}

TEST_CASE("every proper prefix of a frame asks for more bytes, and not for too many") {
    const std::string whole = frame("35=D|11=A1|58=some text|");
    for (std::size_t n = 0; n < whole.size(); ++n) {
        const auto step = find_frame(std::string_view(whole).substr(0, n));
        CHECK(step.outcome == Outcome::NeedMore);
        CHECK(step.bytes >= 1);
        CHECK(n + step.bytes <= whole.size());
    }
}

TEST_CASE("a malformed start is bad as soon as it can be known") {
    const auto [text, fault] = GENERATE(table<std::string, FrameFault>({
        {"x", FrameFault::NotBeginString},
        {"GET / HTTP/1.1", FrameFault::NotBeginString},
        {"8=FIY", FrameFault::NotBeginString},
        {"8=FIX.4.4.4.4.4.4.4.4", FrameFault::NotBeginString},
        {"8=FIX.4.4 |", FrameFault::NotBeginString},
        {"8=FIX.4.4|35=A|", FrameFault::BadBodyLength},
        {"8=FIX.4.4|9=|", FrameFault::BadBodyLength},
        {"8=FIX.4.4|9=-5|", FrameFault::BadBodyLength},
        {"8=FIX.4.4|9=5a|", FrameFault::BadBodyLength},
        {"8=FIX.4.4|9=1234567", FrameFault::BadBodyLength},
        {"8=FIX.4.4|9=4|", FrameFault::BadBodyLength},
        {"8=FIX.4.4|9=999999|", FrameFault::TooLong},
        {"8=FIX.4.4|9=65536|", FrameFault::TooLong},
        {"8=FIX.4.4|9=5|35=0|10=00x|", FrameFault::NoCheckSumThere},
        {"8=FIX.4.4|9=5|35=0|11=000|", FrameFault::NoCheckSumThere},
        {"8=FIX.4.4|9=6|35=0|10=000||", FrameFault::NoCheckSumThere},
        {"8=FIX.4.4|9=5|35=0|10=000|", FrameFault::WrongCheckSum},
    }));
    CAPTURE(text);
    const auto step = find_frame(soh(text));
    CHECK(step.outcome == Outcome::Bad);
    CHECK(step.fault == fault);
    CHECK(step.bytes > 0);
}

TEST_CASE("a frame of exactly the limit passes and one byte more does not") {
    const std::string one = frame("35=B|58=" + std::string(100, 'x') + "|");
    CHECK(find_frame(one, one.size()).outcome == Outcome::Frame);
    CHECK(find_frame(one, one.size() - 1).fault == FrameFault::TooLong);
}

TEST_CASE("after garbage the next message is found, and the one before is not given again") {
    const std::string a = frame("35=0|34=1|");
    const std::string b = frame("35=0|34=2|");
    const std::string garbage = GENERATE(as<std::string>{}, "garbage", "8=FI",
                                         "8=FIX.4.4\x01"
                                         "9=abc\x01",
                                         "8=FIX.4.4\x01"
                                         "9=12\x01"
                                         "35=0\x01"
                                         "34=9\x01"
                                         "11=22\x01",
                                         "8=8=8=F");
    const std::string stream = a + garbage + b + a;
    CHECK(frames_of(stream, {stream.size()}) == std::vector{a, b, a});
}

TEST_CASE("a frame with a wrong CheckSum(10) is dropped whole and its neighbours stay") {
    const std::string a = frame("35=0|34=1|");
    std::string wrong = frame("35=0|34=2|");
    wrong[wrong.size() - 2] = wrong[wrong.size() - 2] == '0' ? '1' : '0';
    const std::string stream = a + wrong + a;
    CHECK(frames_of(stream, {stream.size()}) == std::vector{a, a});
}

TEST_CASE("however the bytes are cut, the same frames come out") {
    std::mt19937 random(20260101);
    const std::vector<std::string> parts{
        frame("35=0|34=1|"),
        frame("35=D|11=A|58=" + std::string(3000, 'z') + "|"),
        frame("35=B|95=7|96=a|8=FIX|"),
        "noise",
        soh("8=FIX.4.4|9=7654321|"),
        soh("8=FIX.4.4|9=5|35=0|10=999|"),
        soh("8=FIX.4.4|9=40|35=0|10=000|"),
    };
    for (int round = 0; round < 200; ++round) {
        std::string stream;
        for (int i = 0; i < 12; ++i) {
            stream += parts[random() % parts.size()];
        }
        const auto whole = frames_of(stream, {stream.size()});
        std::vector<std::size_t> pieces;
        for (std::size_t sum = 0; sum < stream.size(); sum += pieces.back()) {
            pieces.push_back(1 + random() % (round % 2 == 0 ? 7 : 900));
        }
        CHECK(frames_of(stream, pieces) == whole);
    }
}
