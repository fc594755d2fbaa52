#include <catch2/catch.hpp>

#include "gateway/venues/sim_adapter.hpp"
#include "tests/unit/venues/sim_house.hpp"

namespace sluice {
namespace {

using namespace test;

struct Wired {
    explicit Wired(std::size_t room = 64, const SimConfig& config = {})
        : events(room), adapter(VenueId{3}, "SIM", config, Receiver(requests), Sender(events)) {}
    Lines received() {
        Lines out;
        while (const VenueEvent* event = events.peek()) {
            out.push_back(line(*event));
            events.pop();
        }
        return out;
    }
    Channel<VenueRequest> requests{64};
    Channel<VenueEvent> events;
    SimAdapter adapter;
};

TEST_CASE("the venue says first that it is up, and not as an answer") {
    Wired w;
    w.adapter.recovered(UtcNanos{5});
    CHECK_FALSE(w.adapter.status().up);
    CHECK(w.adapter.poll(UtcNanos{5}, 10) == 1);
    REQUIRE(w.events.peek() != nullptr);
    CHECK(w.events.peek()->kind == VenueEventKind::SessionUp);
    CHECK(w.events.peek()->venue_seq == 0);
    CHECK(w.events.peek()->venue == VenueId{3});
    CHECK(w.adapter.status().up);
    CHECK(w.adapter.poll(UtcNanos{6}, 10) == 0);
}

TEST_CASE("a request is answered in the poll that takes it") {
    Wired w;
    w.adapter.recovered({});
    REQUIRE(w.requests.try_send(new_order({1, Side::Buy, 1, "100"}, 9)) == Sent::Ok);
    w.adapter.poll(UtcNanos{9}, 10);
    CHECK(w.received() == Lines{"0.0 up", "1.0 new cum 0 leaves 1"});
    CHECK(w.adapter.status().requests == 1);
    CHECK(w.adapter.status().events == 1);
}

TEST_CASE("a full channel loses no event, and requests wait until there is room") {
    Wired w(2);
    w.adapter.recovered({});
    for (std::uint64_t id = 1; id <= 8; ++id) {
        REQUIRE(w.requests.try_send(new_order({id, Side::Buy, 1, "100"})) == Sent::Ok);
    }
    Lines all;
    w.adapter.poll({}, 3);
    CHECK(w.requests.depth() == 5);
    w.adapter.poll({}, 3);
    CHECK(w.requests.depth() == 5);  // blocked
    for (int i = 0; i < 20; ++i) {
        const Lines lines = w.received();
        all.insert(all.end(), lines.begin(), lines.end());
        w.adapter.poll({}, 3);
    }
    CHECK(all.size() == 9);
    CHECK(all.back() == "8.0 new cum 0 leaves 1");
}

TEST_CASE("a delayed answer is the adapter's next deadline") {
    SimConfig config;
    config.latency_ns = 100;
    Wired w(64, config);
    w.adapter.recovered({});
    CHECK(w.adapter.next_deadline() == UtcNanos{INT64_MAX});
    REQUIRE(w.requests.try_send(new_order({1, Side::Buy, 1, "100"}, 50)) == Sent::Ok);
    w.adapter.poll(UtcNanos{60}, 10);
    CHECK(w.adapter.next_deadline() == UtcNanos{150});
    CHECK(w.received() == Lines{"0.0 up"});
    w.adapter.poll(UtcNanos{150}, 10);
    CHECK(w.received() == Lines{"1.0 new cum 0 leaves 1"});
}

TEST_CASE("a restarted adapter gives the answers that the core has not seen, after it is up") {
    Wired before;
    before.adapter.recovered({});
    const VenueRequest first = new_order({1, Side::Sell, 1, "100"});
    const VenueRequest second = new_order({2, Side::Buy, 1, "100"});
    REQUIRE(before.requests.try_send(first) == Sent::Ok);
    REQUIRE(before.requests.try_send(second) == Sent::Ok);
    before.adapter.poll({}, 10);

    Wired after;
    after.adapter.recall_request(first);
    after.adapter.recall_event(*before.events.peek());  // SessionUp
    before.events.pop();
    after.adapter.recall_event(*before.events.peek());  // New of the first
    after.adapter.recall_request(second);
    after.adapter.recovered({});
    after.adapter.poll({}, 10);
    CHECK(after.received() == Lines{"0.0 up", "2.0 new cum 0 leaves 1",
                                    "2.0 fill 1@100 cum 1 leaves 0",
                                    "1.0 fill 1@100 cum 1 leaves 0"});
}

}  // namespace
}  // namespace sluice
