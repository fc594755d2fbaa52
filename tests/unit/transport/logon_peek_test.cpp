#include "sessions/transport/logon_peek.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/transport/frames.hpp"

using sluice::test::frame;
using sluice::test::soh;
using sluice::transport::LogonPeek;

TEST_CASE("the peek reads what decides about a Logon(A)") {
    const std::string logon = frame(
        "35=A|34=7|49=CLIENT|56=SLUICE|98=0|108=30|141=Y|553=user|554=secret|1137=9|", "FIXT.1.1");
    const auto peek = LogonPeek::read(logon);
    REQUIRE(peek);
    CHECK(peek->is_logon());
    CHECK(peek->asks_reset());
    CHECK(peek->begin_string == "FIXT.1.1");
    CHECK(peek->sender_comp_id == "CLIENT");
    CHECK(peek->target_comp_id == "SLUICE");
    CHECK(peek->msg_seq_num == "7");
    CHECK(peek->heart_bt_int == "30");
    CHECK(peek->username == "user");
    CHECK(peek->password == "secret");
    CHECK(peek->default_appl_ver_id == "9");
}

TEST_CASE("fields that are not there are empty") {
    const std::string heartbeat = frame("35=0|49=C|");
    const auto peek = LogonPeek::read(heartbeat);
    REQUIRE(peek);
    CHECK_FALSE(peek->is_logon());
    CHECK_FALSE(peek->asks_reset());
    CHECK(peek->username.empty());
}

TEST_CASE("a Username(553) inside RawData(96) is data, not a field") {
    const std::string logon = frame("35=A|95=12|96=x|553=forged|553=real|");
    const auto peek = LogonPeek::read(logon);
    REQUIRE(peek);
    CHECK(peek->username == "real");
}

TEST_CASE("of a field that comes twice the first counts, even when it is empty") {
    const std::string logon = frame("35=A|49=|49=OTHER|");
    CHECK(LogonPeek::read(logon)->sender_comp_id.empty());
}

TEST_CASE("a torn frame gives no peek") {
    CHECK_FALSE(LogonPeek::read(soh("8=FIX.4.4|9=5|35")));
}
