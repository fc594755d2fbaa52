#include "sessions/codec/describe.hpp"

#include <catch2/catch.hpp>

#include "sessions/codec/report_encoder.hpp"
#include "tests/unit/codec/reports.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

}  // namespace

TEST_CASE("a message is understood with any separator that people paste") {
    const auto separator = GENERATE(
        values<std::string>({"\x01", "|", "^A", "\\x01", "\\001", "<SOH>", ";", "\\u0001"}));
    const std::string text = replaced(wire("35=D|11=A1|58=hello"), "\x01", separator);
    const auto messages = codec::describe(text);
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].faults.empty());
    CHECK(messages[0].fields.size() == 6);
    CHECK(messages[0].value(11) == "A1");
    CHECK(messages[0].value(58) == "hello");
    CHECK(messages[0].fields[2].name == "MsgType");
    CHECK(messages[0].fields[2].word == "NewOrderSingle");
}

TEST_CASE("several messages in one text are several messages, with what a log puts around them") {
    const std::string one = wire("35=D|11=A1");
    const std::string two = wire("35=8|11=A1|39=0");
    const auto text = GENERATE_COPY(
        values<std::string>({one + two, one + "\n" + two + "\n",
                             "2026-01-02 10:00:00 : " + one + "\n10:00:01 in " + two,
                             "\"" + readable(one) + "\", \"" + readable(two) + "\""}));
    const auto messages = codec::describe(text);
    REQUIRE(messages.size() == 2);
    CHECK(messages[0].value(35) == "D");
    CHECK(messages[1].value(35) == "8");
    CHECK(messages[0].faults.empty());
    CHECK(messages[1].faults.empty());
}

TEST_CASE("header and trailer may be missing, and each line is a message") {
    const auto messages = codec::describe("35=D|11=A1|55=ACME\n35=F|11=A2|41=A1|\n\n");
    REQUIRE(messages.size() == 2);
    CHECK(messages[0].value(55) == "ACME");
    CHECK(messages[1].value(41) == "A1");
    CHECK(messages[1].faults.empty());
}

TEST_CASE("a wrong length and a wrong sum are told with what they should be") {
    const auto messages =
        codec::describe("8=FIX.4.4|9=99|35=0|49=A|56=B|34=1|52=20260102-03:04:05|10=000|");
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].faults ==
          std::vector<std::string>{"BodyLength(9) says 99 and should be 41",
                                   "CheckSum(10) says 000 and should be 140"});
}

TEST_CASE("what a log writes behind CheckSum(10) is no part of it") {
    const auto messages = codec::describe(
        "8=FIX.4.4|9=41|35=0|49=A|56=B|34=1|52=20260102-03:04:05|10=140 latency=5us\n");
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].value(10) == "140");
}

TEST_CASE("a value may hold the separator where no tag follows it") {
    const auto messages = codec::describe("35=8|58=a|b|c|39=0|");
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].value(58) == "a|b|c");
    CHECK(messages[0].value(39) == "0");
}

TEST_CASE("a data field is taken by its length") {
    const std::string text = wire(
        "35=A|95=7|96=x\x01"
        "11=A\x01|108=30");
    const auto messages = codec::describe(text);
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].value(96) ==
          "x\x01"
          "11=A\x01");
    CHECK(messages[0].value(11).empty());
    CHECK(messages[0].value(108) == "30");
    CHECK(messages[0].faults.empty());
}

TEST_CASE("text without a field is no message") {
    const auto text = GENERATE(values<std::string>({"", "hello", "\n\n", "=", "a=b|c=d", "0=1"}));
    CHECK(codec::describe(text).empty());
    CHECK(codec::one_line(text).empty());
}

TEST_CASE("the table names each field and says what values mean") {
    const auto messages = codec::describe("35=8|39=1|20000=x|9=1");
    REQUIRE(messages.size() == 1);
    CHECK(codec::table_of(messages[0]) ==
          "   35  MsgType     8  ExecutionReport\n"
          "   39  OrdStatus   1  PartiallyFilled\n"
          "20000  ?           x\n"
          "    9  BodyLength  1\n");
}

TEST_CASE("one line says what a trader would say") {
    const auto [text, line] = GENERATE(table<std::string, std::string>({
        {"35=8|37=G3-1|11=A1|17=E|150=F|39=1|32=60|31=187.48|14=60|151=40|6=187.48",
         "ExecutionReport A1 Trade 60 @187.48 PartiallyFilled cum 60 leaves 40"},
        {"35=8|11=A1|20=0|150=2|39=2|32=60|31=187.48|14=100|151=0",
         "ExecutionReport A1 Fill 60 @187.48 Filled cum 100 leaves 0"},
        {"35=8|11=A1|150=8|39=8|14=0|151=0|103=3|58=too big",
         "ExecutionReport A1 Rejected Rejected cum 0 leaves 0 reason OrderExceedsLimit too big"},
        {"35=D|11=A1|54=1|38=100|55=ACME|40=2|44=187.5|59=0|1=ACC",
         "NewOrderSingle A1 Buy 100 ACME Limit @187.5 Day account ACC"},
        {"35=F|11=A2|41=A1|54=1|55=ACME", "OrderCancelRequest A2 of A1 Buy ACME"},
        {"35=9|11=A2|41=A1|39=2|102=0|434=1",
         "OrderCancelReject A2 of A1 Filled reason TooLateToCancel"},
        {"35=A|108=30", "Logon heartbeat 30"},
        {"35=4|36=12|123=Y", "SequenceReset new number 12"},
        {"35=3|45=7|372=D|371=38|373=1|58=x",
         "Reject refers to 7 type D tag 38 RequiredTagMissing x"},
        {"35=0|43=Y", "Heartbeat again"},
        {"35=ZZ|58=x", "ZZ x"},
        {"11=A1", "Message without MsgType(35)"},
    }));
    CHECK(codec::one_line(text) == line);
}

TEST_CASE("what the gateway sends is described without a fault") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    codec::ReportEncoder encoder(version, kInstance);
    for (const auto& [name, report] : every_shape()) {
        const std::string message(encoder.encode(report, header()));
        const auto described = codec::describe(message);
        INFO(name << " " << readable(message));
        REQUIRE(described.size() == 1);
        CHECK(described[0].faults.empty());
        CHECK(described[0].fields.size() == naive_parse(message).size());
        for (const auto& field : described[0].fields) {
            CHECK_FALSE(field.name.empty());
        }
    }
}

}  // namespace sluice::test
