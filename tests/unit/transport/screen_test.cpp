#include "sessions/transport/screen.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/transport/frames.hpp"

using namespace sluice::transport;
using sluice::test::frame;
using sluice::test::soh;

TEST_CASE("ordinary messages pass the screen") {
    const std::string body =
        GENERATE(as<std::string>{}, "35=0|", "35=A|34=1|49=C|56=S|98=0|108=30|",
                 "35=D|11=A1|1=ACC|55=ACME|54=1|38=100|40=2|44=101.25|", "35=D|11=|",
                 "35=D|58=a=b=c|", "35=D|999999999=x|", "35=4|36=999999999|", "35=2|7=1|16=0|");
    CAPTURE(body);
    CHECK(screen(frame(body)).ok());
}

TEST_CASE("a data field may hold SOH when its length field stands before it") {
    CHECK(screen(frame("35=B|95=9|96=a|58=b|c||")).ok());
    CHECK(screen(frame("35=A|93=3|89=x|y|")).ok());
    CHECK(screen(frame("35=B|354=0|355=|")).ok());
}

TEST_CASE("what could hurt the engine is stopped, and the field is named") {
    const auto [body, fault, tag] = GENERATE(table<std::string, ScreenFault, int>({
        {"35=0|0=x|", ScreenFault::BadTag, 0},
        {"35=0|011=x|", ScreenFault::BadTag, 0},
        {"35=0|=x|", ScreenFault::BadTag, 0},
        {"35=0||", ScreenFault::BadTag, 0},
        {"35=0|abc=x|", ScreenFault::BadTag, 0},
        {"35=0|-1=x|", ScreenFault::BadTag, 0},
        {"35=0|1234567890=x|", ScreenFault::BadTag, 0},
        {"35=0|11|12=x|", ScreenFault::NoEqualSign, 11},
        {"35=0|11x=x|", ScreenFault::NoEqualSign, 11},
        {"35=B|96=abc|", ScreenFault::DataWithoutSize, 96},
        {"35=B|95=3|58=x|96=abc|", ScreenFault::DataWithoutSize, 96},
        {"35=B|95=4|96=abc|", ScreenFault::DataTooLong, 96},
        {"35=B|95=2|96=abc|", ScreenFault::DataTooLong, 96},
        {"35=B|95=99999999|96=abc|", ScreenFault::DataTooLong, 96},
        {"35=B|95=9999999999|96=abc|", ScreenFault::DataTooLong, 96},
        {"35=B|95=-1|96=abc|", ScreenFault::DataTooLong, 96},
        {"35=B|95=|96=abc|", ScreenFault::DataTooLong, 96},
        {"35=A|88=3|89=abc|", ScreenFault::DataWithoutSize, 89},
        {"34=1|35=0|", ScreenFault::HeaderOrder, 34},
        {"35=0|34=1234567890|", ScreenFault::NumberTooLong, 34},
        {"35=4|36=4294967297|", ScreenFault::NumberTooLong, 36},
        {"35=2|7=1000000000|16=0|", ScreenFault::NumberTooLong, 7},
        {"35=2|7=1|16=1000000000|", ScreenFault::NumberTooLong, 16},
        {"35=A|108=0|", ScreenFault::HeartBtIntRange, 108},
        {"35=A|108=301|", ScreenFault::HeartBtIntRange, 108},
        {"35=A|108=-30|", ScreenFault::HeartBtIntRange, 108},
        {"35=A|108=99999999999|", ScreenFault::HeartBtIntRange, 108},
        {"35=A|108=|", ScreenFault::HeartBtIntRange, 108},
        {"35=A|108=30x|", ScreenFault::HeartBtIntRange, 108},
    }));
    CAPTURE(body);
    const auto result = screen(frame(body));
    CHECK(result.fault == fault);
    CHECK(result.tag == tag);
}

TEST_CASE("the range of HeartBtInt(108) is a rule that may be changed") {
    CHECK(screen(frame("35=A|108=0|"), {.heart_bt_int_min = 0}).ok());
    CHECK(screen(frame("35=A|108=3600|"), {.heart_bt_int_max = 3600}).ok());
    CHECK_FALSE(screen(frame("35=A|108=60|"), {.heart_bt_int_max = 30}).ok());
}

TEST_CASE("a value that does not end inside the frame is stopped at its offset") {
    const auto result = screen(soh("8=FIX.4.4|9=5|35=0|58=never ends"));
    CHECK(result.fault == ScreenFault::NoSoh);
    CHECK(result.tag == 58);
    CHECK(result.offset == 19);
    CHECK(result.text() == "the value runs out of the frame: tag 58 at byte 19");
}

TEST_CASE("a frame of fewer than three fields is stopped") {
    CHECK(screen("").fault == ScreenFault::HeaderOrder);
    CHECK(screen(soh("8=FIX.4.4|9=5|")).fault == ScreenFault::HeaderOrder);
}
