#include <catch2/catch.hpp>

#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

// A stage whose channels the test holds, small enough to fill.
struct Bench {
    Channel<VenueEvent> events{64};
    Channel<VenueRequest> requests{256};
    Channel<Command> commands{256};
    Channel<SessionEvent> session_events{16};
    Channel<Report> reports{256};
    Channel<Event> admin{16};
    Channel<AdminReply> replies{16};
    MemoryLog log;
    Core core;
    BatchTime now{UtcNanos{1000}, 5};
    CoreStage stage{core,
                    log,
                    {{{VenueId{0}, Receiver(events), Sender(requests)}},
                     {{Receiver(commands), Receiver(session_events), Sender(reports)}},
                     Receiver(admin),
                     Sender(replies),
                     {}},
                    now};

    Bench() {
        REQUIRE(stage.configure("doc", house_config()));
        ProcessStart start;
        start.epoch = 1;
        REQUIRE(stage.take(start));
    }
    void venue(VenueEventKind kind) {
        VenueEvent event;
        event.venue = {0};
        event.kind = kind;
        REQUIRE(events.try_send(event) == Sent::Ok);
    }
    void command(const std::string& text) {
        REQUIRE(commands.try_send(command_of(FixText(text))) == Sent::Ok);
    }
};

TEST_CASE("venue events are taken before client requests that came earlier") {
    Bench bench;
    bench.command("35=D|11=X|38=1|44=10");
    bench.venue(VenueEventKind::SessionUp);
    bench.stage.poll(16);
    Receiver<VenueRequest> requests(bench.requests);
    CHECK(requests.try_receive().has_value());  // the venue was up when the order was judged
}

TEST_CASE("while the reports channel is full nothing is taken and nothing is lost") {
    Bench bench;
    for (int n = 0; n < 200; ++n) {
        bench.command("35=D|38=1|44=10|11=N" + std::to_string(n));  // refused: the venue is down
    }
    std::size_t seen = 0;
    Receiver<Report> reports(bench.reports);
    while (bench.stage.poll(1000) > 0) {
        CHECK(bench.reports.depth() <= bench.reports.capacity());
        while (const auto report = reports.try_receive()) {
            CHECK(report->cl_ord_id.view() == "N" + std::to_string(seen));
            ++seen;
        }
    }
    CHECK(seen == 200);
    CHECK(bench.stage.held_back() > 0);
    CHECK(bench.reports.refused() == 0);
}

TEST_CASE("time never goes back, whatever the clock does") {
    Bench bench;
    bench.now.utc = {5000};
    bench.venue(VenueEventKind::SessionUp);
    bench.stage.poll(16);
    bench.now.utc = {4000};
    bench.venue(VenueEventKind::SessionDown);
    bench.stage.poll(16);
    CHECK(bench.log.records.back().meta.t_utc_ns == 5000);
    CHECK(bench.log.records.back().meta.t_mono_ns == 5);
}

TEST_CASE("when the journal fails nothing is applied and nothing is sent any more") {
    Bench bench;
    bench.venue(VenueEventKind::SessionUp);
    bench.stage.poll(16);
    const auto before = bench.core.digest();
    bench.log.fail();
    bench.command("35=D|11=X|38=1|44=10");
    CHECK(bench.stage.poll(16) == 0);
    CHECK(bench.stage.failed());
    CHECK(bench.core.digest() == before);
    CHECK(bench.requests.depth() == 0);
    CHECK(bench.commands.depth() == 1);  // still there
}

TEST_CASE("a session's coming and going is recorded state") {
    Bench bench;
    REQUIRE(bench.session_events.try_send({{1}, SessionEvent::Kind::LoggedOn, {}}) == Sent::Ok);
    bench.stage.poll(16);
    CHECK(bench.core.connected({1}));
    CHECK_FALSE(bench.core.connected({0}));
    CHECK(bench.log.records.back().meta.type == journal::RecordType::SessionEvent);
    CHECK(bench.log.records.back().meta.session == 1);
}

TEST_CASE("an idle stage does nothing and writes nothing") {
    Bench bench;
    const auto records = bench.log.records.size();
    CHECK(bench.stage.poll(16) == 0);
    CHECK(bench.log.records.size() == records);
}

}  // namespace
}  // namespace sluice::test
