#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/venues/sim_house.hpp"

namespace sluice {
namespace {

using namespace test;

SimConfig difficult() {
    SimConfig config;
    config.latency_ns = 3;
    config.books = {{"ABC", {{px("98"), qty(20)}}, {{px("102"), qty(20)}}, 40}};
    SimRule slow;
    slow.symbol = "SLOW";
    slow.delay_ns = 35;
    SimRule sliced;
    sliced.min_qty = qty(8);
    sliced.fill_slices = 3;
    sliced.slice_gap_ns = 12;
    SimRule twice;
    twice.has_price = true;
    twice.price = px("101");
    twice.duplicate_fills = true;
    config.rules = {slow, sliced, twice};
    return config;
}

// Requests with times that do not run backwards.
std::vector<VenueRequest> random_requests(unsigned seed, std::size_t size) {
    std::mt19937 random(seed);
    const auto number = [&random](int low, int high) {
        return std::uniform_int_distribution<int>(low, high)(random);
    };
    std::vector<VenueRequest> out;
    std::int64_t now = 0;
    std::uint64_t orders = 0;
    for (std::size_t i = 0; i < size; ++i) {
        now += number(0, 9);
        const std::string_view symbol = number(0, 3) == 0 ? "SLOW" : "ABC";
        const int what = number(0, 9);
        const auto price = std::to_string(number(97, 103));
        if (what < 7 || orders == 0) {
            Ask ask{++orders, number(0, 1) == 0 ? Side::Buy : Side::Sell, number(1, 12), price};
            ask.symbol = symbol;
            ask.tif = number(0, 5) == 0 ? TimeInForce::ImmediateOrCancel : TimeInForce::Day;
            ask.stop = number(0, 9) == 0 ? "100" : "";
            ask.shown = number(0, 3) == 0 ? number(1, 4) : 0;
            ask.expire = number(0, 3) == 0 ? now + number(0, 60) : 0;
            out.push_back(new_order(ask, now));
        } else {
            const auto id = static_cast<std::uint64_t>(number(1, static_cast<int>(orders)));
            VenueRequest request =
                follow_up(what == 7 ? VenueRequestKind::Cancel : VenueRequestKind::Replace, id,
                          static_cast<std::uint32_t>(i), now, out.front().symbol.view());
            for (const VenueRequest& earlier : out) {
                if (earlier.order.value == id && earlier.kind == VenueRequestKind::New) {
                    request.symbol = earlier.symbol;
                }
            }
            request.order_qty = qty(number(1, 12));
            request.price = px(price);
            request.flags = command_flag::kHasPrice;
            if (number(0, 2) == 0) {
                request.max_floor = qty(number(1, 4));
                request.flags |= command_flag::kHasMaxFloor;
            }
            if (number(0, 2) == 0) {
                request.expire = UtcNanos{now + number(0, 60)};
                request.flags |= command_flag::kHasExpire;
            }
            out.push_back(request);
        }
    }
    return out;
}

// An answer without its place in the stream.
std::string content(VenueEvent event) {
    return line(event) + " " + std::string(event.venue_exec_id.view()) + " " +
           std::to_string(event.transact_time.value) + " " + std::string(event.text.view());
}

std::vector<std::string> sorted_contents(const std::vector<VenueEvent>& events) {
    std::vector<std::string> out;
    for (const VenueEvent& event : events) {
        out.push_back(content(event));
    }
    std::sort(out.begin(), out.end());
    return out;
}

constexpr std::int64_t kEnd = 1'000'000;

std::vector<VenueEvent> without_restart(const std::vector<VenueRequest>& requests) {
    SimHouse sim(difficult());
    for (const VenueRequest& request : requests) {
        sim.send(request);
    }
    sim.pass(kEnd);
    return sim.events;
}

TEST_CASE("after restarts anywhere, answers are neither lost nor doubled") {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        const std::vector<VenueRequest> requests = random_requests(seed, 150);
        const auto expected = sorted_contents(without_restart(requests));
        std::mt19937 random(seed * 7919);
        const auto number = [&random](std::size_t low, std::size_t high) {
            return std::uniform_int_distribution<std::size_t>(low, high)(random);
        };

        std::vector<VenueEvent> journal;  // what the core has taken
        std::size_t sent = 0;
        while (sent < requests.size()) {
            SimVenue venue(VenueId{0}, "SIM", difficult());
            for (std::size_t i = 0; i < sent; ++i) {
                venue.submit(requests[i]);
            }
            for (const VenueEvent& event : journal) {
                venue.recall(event);
            }
            REQUIRE(venue.recovered({}));
            const std::size_t stop = std::min(requests.size(), sent + number(1, 40));
            std::vector<VenueEvent> given;
            std::int64_t late = 0;
            for (; sent < stop; ++sent) {
                venue.submit(requests[sent]);
                late = static_cast<std::int64_t>(number(0, 30));  // polls come when they come
                if (number(0, 1) == 0) {
                    const UtcNanos next =
                        sent + 1 < requests.size() ? requests[sent + 1].time : UtcNanos{kEnd};
                    venue.advance(std::min(requests[sent].time + late, next));
                }
                while (const VenueEvent* event = venue.outbox().due(requests[sent].time + late)) {
                    given.push_back(*event);
                    venue.outbox().pop();
                }
            }
            if (sent == requests.size()) {
                venue.advance(UtcNanos{kEnd});
                while (const VenueEvent* event = venue.outbox().due(UtcNanos{kEnd})) {
                    given.push_back(*event);
                    venue.outbox().pop();
                }
            } else {
                given.resize(number(0, given.size()));  // the crash: the rest never arrived
            }
            journal.insert(journal.end(), given.begin(), given.end());
        }
        CAPTURE(seed);
        for (std::size_t i = 0; i < journal.size(); ++i) {
            REQUIRE(journal[i].venue_seq == i + 1);
        }
        REQUIRE(sorted_contents(journal) == expected);
    }
}

TEST_CASE("events may be recalled between the requests as well as after them") {
    const std::vector<VenueRequest> requests = random_requests(5, 100);
    SimHouse first(difficult());
    SimVenue second(VenueId{0}, "SIM", difficult());
    for (const VenueRequest& request : requests) {
        first.send(request);
        second.submit(request);
        while (second.outbox().given() < first.events.size()) {
            second.recall(first.events[second.outbox().given()]);
        }
    }
    CHECK(second.recovered({}));
    const std::size_t before = first.events.size();
    first.pass(kEnd);
    second.advance(UtcNanos{kEnd});
    REQUIRE(first.events.size() > before);
    for (std::size_t i = before; i < first.events.size(); ++i) {
        const VenueEvent* event = second.outbox().due(UtcNanos{kEnd});
        REQUIRE(event != nullptr);
        CHECK(content(*event) == content(first.events[i]));
        CHECK(event->venue_seq == first.events[i].venue_seq);
        second.outbox().pop();
    }
    CHECK(second.outbox().due(UtcNanos{kEnd}) == nullptr);
    CHECK(second.working() == first.venue.working());
}

TEST_CASE("a venue that was changed between two starts cancels what was open and invents nothing") {
    SimHouse before;  // without liquidity
    const std::vector<VenueRequest> requests = {
        new_order({1, Side::Buy, 10, "100"}), new_order({2, Side::Sell, 4, "100"}),
        new_order({3, Side::Buy, 5, "99"}), new_order({4, Side::Buy, 5, "98"})};
    for (const VenueRequest& request : requests) {
        before.send(request);
    }
    SimConfig changed;
    changed.books = {{"ABC", {}, {{px("99"), qty(100)}}, -1}};
    SimVenue venue(VenueId{0}, "SIM", changed);
    for (const VenueRequest& request : requests) {
        venue.submit(request);
    }
    for (std::size_t i = 0; i + 1 < before.events.size(); ++i) {  // the last one was lost
        venue.recall(before.events[i]);
    }
    CHECK_FALSE(venue.recovered(UtcNanos{50}));
    Lines lines;
    while (const VenueEvent* event = venue.outbox().due(UtcNanos{50})) {
        lines.push_back(line(*event));
        CHECK(event->venue_seq == before.events.size() - 1 + lines.size());
        venue.outbox().pop();
    }
    CHECK(lines ==
          Lines{"1.0 canceled cum 4 leaves 0", "3.0 canceled cum 0 leaves 0", "4.0 rejected"});
    CHECK(venue.working() == 0);
    CHECK(venue.book("ABC")->available(true, px("99"), qty(1000)) == qty(100));
}

TEST_CASE("the answers to one order keep their order") {
    const std::vector<VenueEvent> events = without_restart(random_requests(11, 400));
    std::map<std::uint64_t, Quantity> cum;
    for (const VenueEvent& event : events) {
        if (event.kind == VenueEventKind::Fill) {
            Quantity& before = cum[event.order.value];
            CHECK(event.cum_qty >= before);
            before = event.cum_qty;
        }
    }
    CHECK(cum.size() > 50);
}

}  // namespace
}  // namespace sluice
