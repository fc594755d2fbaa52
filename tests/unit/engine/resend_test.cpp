#include <catch2/catch.hpp>

#include "tests/unit/engine/host_bench.hpp"

using namespace sluice;
using test::HostBench;

namespace {

// An ExecutionReport(8) as our encoder would write it.
bool give_report(HostBench& bench, std::uint64_t cause, std::string_view id) {
    FixOutHead head;
    head.cause = cause;
    head.kind = FixOutKind::Report;
    const std::string time = test::utc_text();
    const std::string body =
        "35=8|34=" + std::to_string(bench.host->next_sender()) + "|49=GATE|52=" + time +
        "|56=CLIENT|37=G1-1|11=" + std::string(id) +
        "|17=G1-E1|150=0|39=0|55=ACME|54=1|38=100|44=10|32=0|31=0|151=100|14=0|6=0|60=" + time +
        "|";
    return bench.host->give(head, engine::framed("FIX.4.4", test::sohs(body)));
}

}  // namespace

TEST_CASE("a report of a session that is away is stored, and sent when it asks for it") {
    HostBench bench;
    bench.logon();
    bench.client(2, "35=5|");
    bench.host->detach();
    REQUIRE(give_report(bench, 70, "A1"));
    bench.start();
    CHECK(bench.host->index().gave(70, 0));
    CHECK_FALSE(bench.host->index().gave(70, 1));
    bench.logon(3);
    CHECK(bench.sent_field(0, 34) == "4");
    bench.client(4, "35=2|7=3|16=0|");
    REQUIRE(bench.wire->sent.size() == 3);
    CHECK(bench.sent_field(1, 35) == "8");
    CHECK(bench.sent_field(1, 11) == "A1");
    CHECK(bench.sent_field(1, 43) == "Y");
    CHECK(bench.sent_field(2, 35) == "4");  // the Logon in the range is a gap fill
}

TEST_CASE("a long resend is answered in slices and in the right order, live reports behind it") {
    engine::HostSettings settings;
    settings.resend_slice = 10;
    HostBench bench(settings);
    bench.logon();
    for (std::uint64_t n = 0; n < 35; ++n) {
        REQUIRE(give_report(bench, 100 + n, "A" + std::to_string(n)));
    }
    bench.wire->sent.clear();
    bench.client(2, "35=2|7=2|16=0|");
    CHECK(bench.wire->sent.size() == 10);
    REQUIRE(give_report(bench, 900, "LIVE"));
    for (int turn = 0; turn < 10; ++turn) {
        bench.host->poll();
    }
    REQUIRE(bench.wire->sent.size() == 36);
    for (std::size_t i = 0; i < 36; ++i) {
        CHECK(bench.sent_field(i, 34) == std::to_string(i + 2));
    }
    CHECK(bench.sent_field(35, 11) == "LIVE");
    CHECK(bench.host->next_target() == 3);
    CHECK_FALSE(bench.host->has_work());
}

TEST_CASE("the slices of a resend cost a peer that logged on with a number too high no message") {
    engine::HostSettings settings;
    settings.resend_slice = 5;
    HostBench bench(settings);
    for (std::uint64_t n = 0; n < 20; ++n) {
        REQUIRE(give_report(bench, 100 + n, "A" + std::to_string(n)));
    }
    bench.logon(7);
    REQUIRE(bench.host->is_logged_on());
    REQUIRE(bench.host->next_target() == 1);
    bench.wire->sent.clear();
    bench.client(8, "35=2|7=1|16=20|");
    for (int turn = 0; turn < 5; ++turn) {
        bench.host->poll();
        CHECK(bench.host->next_target() == 1);
    }
    REQUIRE(bench.wire->sent.size() == 20);
    for (std::size_t i = 0; i < 20; ++i) {
        CHECK(bench.sent_field(i, 34) == std::to_string(i + 1));
    }
    bench.order(1, "FIRST");
    REQUIRE(bench.in_flight.size() == 1);
    CHECK(bench.in_flight[0].cl_ord_id.view() == "FIRST");
    CHECK(bench.host->next_target() == 2);
}

TEST_CASE("no slice is added while the peer does not read") {
    engine::HostSettings settings;
    settings.resend_slice = 5;
    settings.resend_output_max = 1000;
    HostBench bench(settings);
    bench.logon();
    for (std::uint64_t n = 0; n < 20; ++n) {
        REQUIRE(give_report(bench, 100 + n, "A" + std::to_string(n)));
    }
    bench.wire->sent.clear();
    bench.wire->waiting = 5000;
    bench.client(2, "35=2|7=2|16=0|");
    bench.host->poll();
    CHECK(bench.wire->sent.size() == 5);
    bench.wire->waiting = 0;
    for (int turn = 0; turn < 5; ++turn) {
        bench.host->poll();
    }
    CHECK(bench.wire->sent.size() == 20);
}

TEST_CASE("a resend of session messages only is one gap fill") {
    HostBench bench;
    bench.logon();
    bench.client(2, "35=1|112=X|");
    bench.client(3, "35=2|7=1|16=0|");
    CHECK(bench.sent_field(2, 35) == "4");
    CHECK(bench.sent_field(2, 36) == "3");
    CHECK(bench.sent_field(2, 123) == "Y");
}
