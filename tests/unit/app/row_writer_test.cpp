#include "gateway/app/row_writer.hpp"

#include <catch2/catch.hpp>

#include "gateway/app/cli_failure.hpp"

using namespace sluice::app;

namespace {

RecordRow sample() {
    RecordRow row;
    row.seq = 12;
    row.time_ns = 1'767'225'600'123'456'789;
    row.type = sluice::journal::RecordType::Command;
    row.event = "received";
    row.cl_ord_id = "C1";
    row.detail = "FIX D C1 \"Buy\", 100";
    return row;
}

}  // namespace

TEST_CASE("a table has microseconds of the day, other formats the whole time") {
    CHECK(row_field(sample(), "time", RowFormat::Table) == "00:00:00.123456");
    CHECK(row_field(sample(), "time", RowFormat::Json) == "2026-01-01T00:00:00.123456789Z");
}

TEST_CASE("a table line ends without blanks and numbers stand to the right") {
    RowWriter writer(RowFormat::Table, {"seq", "event", "session"});
    CHECK(writer.begin() == "   SEQ  EVENT      SESSION\n");
    CHECK(writer.row(sample()) == "    12  received\n");
}

TEST_CASE("JSON rows make one array, also when there are none") {
    RowWriter none(RowFormat::Json, {"seq"});
    CHECK(none.begin() + none.end() == "[]\n");
    RowWriter two(RowFormat::Json, {"seq", "event"});
    std::string text = two.begin();
    text += two.row(sample());
    text += two.row(sample());
    text += two.end();
    CHECK(text ==
          "[\n  {\"seq\":\"12\",\"event\":\"received\"},\n"
          "  {\"seq\":\"12\",\"event\":\"received\"}\n]\n");
}

TEST_CASE("a CSV cell with a comma or a quote is quoted") {
    RowWriter writer(RowFormat::Csv, {"seq", "detail"});
    CHECK(writer.begin() == "seq,detail\r\n");
    CHECK(writer.row(sample()) == "12,\"FIX D C1 \"\"Buy\"\", 100\"\r\n");
}

TEST_CASE("a FIX log holds the messages alone, in the form of QuickFIX's log") {
    RowWriter writer(RowFormat::Fix, {});
    CHECK(writer.row(sample()).empty());
    RecordRow message = sample();
    message.raw =
        "8=FIX.4.4\x01"
        "35=0\x01";
    CHECK(writer.row(message) ==
          "20260101-00:00:00.123 : 8=FIX.4.4\x01"
          "35=0\x01\n");
}

TEST_CASE("passwords are never shown") {
    CHECK(without_secrets("35=A\x01"
                          "553=ana\x01"
                          "554=secret\x01"
                          "925=new\x01"
                          "10=1\x01") ==
          "35=A\x01"
          "553=ana\x01"
          "554=***\x01"
          "925=***\x01"
          "10=1\x01");
    CHECK(without_secrets("554=at the end") == "554=***");
    CHECK(without_secrets("") == "");
}

TEST_CASE("fields are named exactly, and a mistake names the nearest") {
    CHECK(parse_fields("seq,time") == std::vector<std::string>{"seq", "time"});
    try {
        parse_fields("seq,tiem");
        FAIL("was taken");
    } catch (const CliFailure& failure) {
        CHECK(failure.exit_code == kUsage);
        CHECK(failure.text.find("Did you mean 'time'?") != std::string::npos);
    }
    CHECK_THROWS_AS(parse_fields(""), CliFailure);
}
