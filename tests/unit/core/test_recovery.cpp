#include <catch2/catch.hpp>

#include "gateway/core/input_codec.hpp"
#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

struct Notes final : RecoverySink {
    std::vector<std::string> lines;
    std::size_t frames = 0;
    void on_request(const VenueRequest& request, bool journaled) override {
        lines.push_back("request " + std::to_string(counter_of(request.order.value)) +
                        (journaled ? "" : " lost"));
    }
    void on_venue_event(const VenueEvent& event) override {
        lines.push_back("event " + std::to_string(static_cast<int>(event.kind)));
    }
    void on_frame(const journal::Frame&) override { ++frames; }
};

Recovered recover(TestHouse& house, const MemoryLog& log, Core& core, Notes& notes, bool fix) {
    MemoryLogReader reader(log);
    auto result = recover_core(reader, core, house.parser(), notes, [fix](VenueId) { return fix; });
    REQUIRE(result.ok());
    return std::move(result).value();
}

void sent(MemoryLog& log, FixOutKind kind, std::uint64_t cause, std::uint32_t ordinal) {
    FixOutHead head;
    head.kind = kind;
    head.cause = cause;
    head.ordinal = ordinal;
    journal::RecordMeta meta;
    meta.type = journal::RecordType::FixOut;
    (void)log.append_value(meta, head);
}

TEST_CASE("a recovered core stands where the old one stood") {
    TestHouse house;
    house.client("35=D|11=A|38=100|44=10");
    house.venue("35=8|150=F|11=A|32=30");
    Core core;
    Notes notes;
    const auto recovered = recover(house, house.log(), core, notes, false);
    CHECK(core.digest() == house.core().digest());
    CHECK(recovered.epoch == 1);
    CHECK(recovered.last_seq == house.log().records.size());
    CHECK(notes.frames == house.log().records.size());
    CHECK(notes.lines == std::vector<std::string>{"event 1", "request 1", "event 6"});
    CHECK(recovered.lost_requests.empty());
    CHECK(recovered.unsent_requests.empty());  // no FIX venue
}

TEST_CASE("reports without a FIX_OUT record are handed out once, in order") {
    TestHouse house;
    house.client("35=D|11=A|38=100|44=10");
    house.venue("35=8|150=0|11=A");
    const auto new_cause = house.log().records.back().seq;
    house.venue("35=8|150=F|11=A|32=30");
    house.venue("35=8|150=F|11=A|32=70");
    MemoryLog log = house.log();
    sent(log, FixOutKind::Report, new_cause, 0);
    Core core;
    Notes notes;
    const auto recovered = recover(house, log, core, notes, false);
    REQUIRE(recovered.unsent_reports.size() == 2);
    CHECK(recovered.unsent_reports[0].last_qty == Quantity::from_int(30));
    CHECK(recovered.unsent_reports[1].last_qty == Quantity::from_int(70));
}

TEST_CASE("requests to a FIX venue without a send-intent are handed out") {
    TestHouse house;
    house.client("35=D|11=A|38=100|44=10");
    house.client("35=D|11=B|38=100|44=10");
    MemoryLog log = house.log();
    const auto first = log.frame(log.records.size() - 4).head<VenueRequest>();
    REQUIRE(first.has_value());
    sent(log, FixOutKind::VenueRequest, first->cause, first->ordinal);
    Core core;
    Notes notes;
    const auto recovered = recover(house, log, core, notes, true);
    REQUIRE(recovered.unsent_requests.size() == 1);
    CHECK(recovered.unsent_requests[0].order != first->order);
}

TEST_CASE("outputs that the process did not live to journal are found, and journaled once more") {
    TestHouse house;
    house.client("35=D|11=A|38=100|44=10");
    house.log().records.resize(house.log().records.size() - 2);  // DECISION and EGRESS
    Core core;
    Notes notes;
    const auto recovered = recover(house, house.log(), core, notes, false);
    REQUIRE(recovered.lost_decisions.size() == 1);
    REQUIRE(recovered.lost_requests.size() == 1);
    CHECK(notes.lines.back() == "request 1 lost");
    house.restart();
    house.venue_session(true);
    CHECK(house.defects() == "");
    CHECK(house.log().count(journal::RecordType::Decision) == 1);
    CHECK(house.log().count(journal::RecordType::Egress) == 1);
}

TEST_CASE(
    "after a restart ids go on in a new epoch and the venue is down until it says otherwise") {
    TestHouse house;
    house.client("35=D|11=A|38=100|44=10");
    const auto before = house.order("A")->id;
    house.forget_outputs();
    house.restart();
    house.client("35=D|11=B|38=100|44=10");
    CHECK(house.next_report() == "35=8|11=B|150=8|why=VENUE_DOWN");
    house.venue_session(true);
    house.client("35=D|11=C|38=100|44=10");
    REQUIRE(house.order("C") != nullptr);
    CHECK(epoch_of(house.order("C")->id.value) == epoch_of(before.value) + 1);
    CHECK(house.defects() == "");
}

TEST_CASE("every kind of input survives the way through the journal") {
    const Event event =
        GENERATE(values<Event>({Command{}, VenueEvent{}, SessionEvent{}, LimitChange{},
                                KillChange{}, RefPrice{}, DayRoll{3}, Tick{4}, ProcessStart{}}));
    TestHouse house;
    MemoryLog log;
    (void)log.append(record_meta(event, house.core(), {7}), payload_of(event));
    const auto back = decode_event(log.frame(0));
    REQUIRE(back.ok());
    CHECK(back.value().index() == event.index());
    CHECK(std::ranges::equal(payload_of(back.value()), payload_of(event)));
}

}  // namespace
}  // namespace sluice::test
