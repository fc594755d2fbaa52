#include <catch2/catch.hpp>

#include "tests/unit/engine/host_bench.hpp"

using namespace sluice;
using journal::RecordType;
using test::HostBench;

TEST_CASE("a Logon is answered, and both messages are in the journal before the answer leaves") {
    HostBench bench;
    bench.logon();
    REQUIRE(bench.wire->sent.size() == 1);
    CHECK(bench.sent_field(0, 35) == "A");
    CHECK(bench.sent_field(0, 34) == "1");
    CHECK(bench.host->is_logged_on());
    CHECK(bench.logons == 1);
    CHECK(bench.log.count(RecordType::FixIn) == 1);
    CHECK(bench.log.count(RecordType::FixOut) == 1);
    CHECK(bench.log.frame(bench.wire->tags.at(0)).meta.type == RecordType::FixOut);
}

TEST_CASE("times are sent with milliseconds") {
    HostBench bench;
    bench.logon();
    CHECK(bench.sent_field(0, 52).size() == std::string("20260101-00:00:00.000").size());
}

TEST_CASE("an order consumes its number with its own record and with no other") {
    HostBench bench;
    bench.logon();
    const std::size_t before = bench.log.count(RecordType::SessionSeq);
    bench.order(2, "A1");
    CHECK(bench.host->next_target() == 3);
    bench.core_takes();
    CHECK(bench.log.count(RecordType::SessionSeq) == before);
    CHECK(bench.taken.at(0).msg_seq_num == 2);
    CHECK(bench.log.frame(bench.taken.at(0).fix_in_seq).meta.type == RecordType::FixIn);
    bench.start();
    CHECK(bench.host->next_target() == 3);
}

TEST_CASE("an order lost on its way to the core is asked for again and taken once") {
    HostBench bench;
    bench.logon();
    bench.order(2, "A1");
    bench.start();  // killed before the core took it
    CHECK(bench.host->next_target() == 2);
    bench.logon(3);
    REQUIRE(bench.wire->sent.size() == 2);
    CHECK(bench.sent_field(1, 35) == "2");
    CHECK(bench.sent_field(1, 7) == "2");
    bench.client(2, "35=D|43=Y|122=" + test::utc_text() +
                        "|11=A1|55=ACME|54=1|60=" + test::utc_text() + "|38=100|40=2|44=10|");
    bench.core_takes();
    REQUIRE(bench.taken.size() == 1);
    CHECK(bench.taken[0].cl_ord_id == "A1");
    CHECK(bench.host->next_target() == 4);
}

TEST_CASE("a heartbeat behind an order on its way does not overtake it in the journal") {
    HostBench bench;
    bench.logon();
    bench.order(2, "A1");
    bench.client(3, "35=0|");
    CHECK(bench.host->next_target() == 4);
    SECTION("killed before the core took the order, number 2 is still free") {
        bench.start();
        CHECK(bench.host->next_target() == 2);
    }
    SECTION("killed after it, the owed record is there") {
        bench.core_takes();
        CHECK_FALSE(bench.host->has_work());
        bench.start();
        CHECK(bench.host->next_target() == 4);
    }
}

TEST_CASE("a command taken after the reset of its session does not move the new numbers") {
    HostBench bench;
    bench.logon();
    bench.order(2, "A1");
    bench.client(3, "35=5|");
    bench.host->detach();
    REQUIRE(bench.host->set_numbers(1, 1, SeqReason::Reset));
    bench.core_takes();
    bench.start();
    CHECK(bench.host->next_target() == 1);
}

TEST_CASE("orders behind a gap wait and are taken in order when it is filled") {
    HostBench bench;
    bench.logon();
    bench.order(4, "A3");
    bench.order(5, "A4");
    CHECK(bench.in_flight.empty());
    REQUIRE(bench.wire->sent.size() == 2);
    CHECK(bench.sent_field(1, 35) == "2");
    bench.order(2, "A1");
    bench.order(3, "A2");
    bench.core_takes();
    REQUIRE(bench.taken.size() == 4);
    CHECK(bench.taken[2].cl_ord_id == "A3");
    CHECK(bench.taken[3].cl_ord_id == "A4");
    CHECK(bench.taken[2].fix_in_seq < bench.taken[0].fix_in_seq);  // it arrived first
}

TEST_CASE("no more messages than allowed wait behind a gap, and the rest comes by resend") {
    engine::HostSettings settings;
    settings.queued_max = 2;
    HostBench bench(settings);
    bench.logon();
    for (std::uint32_t n = 3; n < 10; ++n) {
        bench.order(n, "A" + std::to_string(n));
    }
    CHECK(bench.host->status().queued == 2);
    bench.order(2, "A2");
    CHECK(bench.host->next_target() == 5);
}

TEST_CASE("a gap fill moves the expected number, also for the next process") {
    HostBench bench;
    bench.logon();
    bench.client(2, "35=4|123=Y|36=20|");
    CHECK(bench.host->next_target() == 20);
    bench.start();
    CHECK(bench.host->next_target() == 20);
}

TEST_CASE("a number too low without PossDupFlag ends the session") {
    HostBench bench;
    bench.logon();
    bench.client(1, "35=0|");
    CHECK(
        test::bars(bench.wire->sent.back()).find("MsgSeqNum too low, expecting 2 but received 1") !=
        std::string::npos);
    CHECK_FALSE(bench.wire->hung_up.empty());
    CHECK(bench.logouts == 1);
}

TEST_CASE("a duplicate with PossDupFlag is not taken twice") {
    HostBench bench;
    bench.logon();
    bench.order(2, "A1");
    bench.client(2, "35=D|43=Y|122=" + test::utc_text() +
                        "|11=A1|55=ACME|54=1|60=" + test::utc_text() + "|38=100|40=2|44=10|");
    bench.core_takes();
    CHECK(bench.taken.size() == 1);
    CHECK(bench.wire->hung_up.empty());
}

TEST_CASE("a message of an unknown type is answered with Reject, its number consumed") {
    HostBench bench;
    bench.logon();
    bench.client(2, "35=ZZ|58=x|");
    CHECK(bench.sent_field(1, 35) == "3");
    CHECK(bench.host->next_target() == 3);
    CHECK(bench.taken.empty());
}

TEST_CASE("a stale SendingTime is refused and ends in Logout") {
    HostBench bench;
    bench.logon();
    bench.host->receive(bench.message(2, "35=0|", -300));
    REQUIRE(bench.wire->sent.size() == 3);
    CHECK(bench.sent_field(1, 35) == "3");
    CHECK(bench.sent_field(2, 35) == "5");
}

TEST_CASE("what the screen stops is answered with Reject without reaching the parser") {
    HostBench bench;
    bench.logon();
    bench.host->refuse_unscreened(bench.message(2, "35=0|0=HI|"), "0", "Invalid tag number");
    CHECK(bench.sent_field(1, 35) == "3");
    CHECK(bench.sent_field(1, 45) == "2");
    CHECK(bench.sent_field(1, 371) == "0");
    CHECK(bench.host->next_target() == 3);
}

TEST_CASE("an order that finds no room is refused as busy and not taken later") {
    HostBench bench;
    bench.logon();
    bench.host->receive_busy(
        bench.message(2, "35=D|11=A1|55=ACME|54=1|60=" + test::utc_text() + "|38=100|40=2|44=10|"),
        "gateway busy");
    CHECK(bench.sent_field(1, 35) == "j");
    CHECK(bench.sent_field(1, 45) == "2");
    CHECK(bench.sent_field(1, 379) == "A1");
    CHECK(bench.sent_field(1, 58) == "gateway busy");
    CHECK(bench.in_flight.empty());
    bench.start();
    CHECK(bench.host->next_target() == 3);
    CHECK(bench.host->next_sender() == 3);
}

TEST_CASE("ResetSeqNumFlag starts both directions again, durably") {
    HostBench bench;
    bench.logon();
    bench.client(2, "35=0|");
    bench.client(3, "35=5|");
    bench.logon(1, "141=Y|");
    CHECK(bench.sent_field(0, 34) == "1");
    CHECK(bench.sent_field(0, 141) == "Y");
    bench.start();
    CHECK(bench.host->next_target() == 2);
    CHECK(bench.host->next_sender() == 2);
}

TEST_CASE("a session with ResetOnDisconnect begins anew after a loss of the connection") {
    engine::HostSettings settings;
    settings.reset_on_disconnect = true;
    HostBench bench(settings);
    bench.logon();
    bench.client(2, "35=0|");
    bench.host->detach();
    CHECK(bench.host->next_target() == 1);
    CHECK(bench.logouts == 1);
}

TEST_CASE("without a reset option no numbers are lost by a disconnect") {
    HostBench bench;
    bench.logon();
    bench.client(2, "35=0|");
    bench.host->detach();
    bench.logon(3);
    CHECK(bench.host->is_logged_on());
    CHECK(bench.host->next_target() == 4);
    CHECK(bench.host->next_sender() == 3);
}

TEST_CASE("a failed journal ends the session before anything can leave") {
    HostBench bench;
    bench.logon();
    const std::size_t before = bench.wire->sent.size();
    bench.log.fail();
    bench.client(2, "35=1|112=X|");
    CHECK(bench.wire->sent.size() == before);
    CHECK(bench.wire->hung_up == "the journal has failed");
    CHECK(bench.host->status().failed);
}

TEST_CASE("a password in a Logon does not reach the journal") {
    HostBench bench;
    bench.logon(1, "553=joe|554=secret|");
    CHECK(bench.host->is_logged_on());
    bench.log.each([](const journal::Frame& frame) {
        const std::string_view payload(reinterpret_cast<const char*>(frame.payload.data()),
                                       frame.payload.size());
        CHECK(payload.find("secret") == std::string_view::npos);
    });
}

TEST_CASE("the sending of Logout by an operator ends the session, and the client may come again") {
    HostBench bench;
    bench.logon();
    bench.host->logout("end of day");
    CHECK(bench.sent_field(1, 35) == "5");
    CHECK(bench.sent_field(1, 58) == "end of day");
    bench.client(2, "35=5|");
    CHECK_FALSE(bench.host->is_logged_on());
    bench.host->detach();
    bench.logon(3);
    CHECK(bench.host->is_logged_on());
}
