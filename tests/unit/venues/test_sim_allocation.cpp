#include <atomic>
#include <cstdlib>
#include <new>

#include <catch2/catch.hpp>

#include "tests/unit/venues/sim_house.hpp"

namespace {
std::atomic<std::uint64_t> g_allocations{0};
}

void* operator new(std::size_t size) {
    g_allocations.fetch_add(1, std::memory_order_relaxed);
    if (void* memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    g_allocations.fetch_add(1, std::memory_order_relaxed);
    return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace sluice {
namespace {

using namespace test;

// One round: rests, trades with orders and with the house, is replaced, is canceled.
void round(SimVenue& venue, std::uint64_t first, std::int64_t at) {
    const auto give = [&venue, at] {
        while (venue.outbox().due(UtcNanos{at}) != nullptr) {
            venue.outbox().pop();
        }
    };
    venue.submit(new_order({first, Side::Buy, 10, "100"}, at));
    venue.submit(new_order({first + 1, Side::Sell, 4, "100"}, at));
    venue.submit(new_order({first + 2, Side::Buy, 5, "101"}, at));
    VenueRequest change = follow_up(VenueRequestKind::Replace, first, 1, at);
    change.order_qty = qty(12);
    change.price = px("99");
    change.flags = command_flag::kHasPrice;
    venue.submit(change);
    venue.submit(follow_up(VenueRequestKind::Cancel, first, 2, at));
    give();
}

TEST_CASE("an order at the simulated venue allocates nothing once the venue is warm") {
    SimConfig config;
    config.books = {{"ABC", {}, {{px("101"), qty(5)}}, 1}};
    SimVenue venue(VenueId{0}, "SIM", config);
    REQUIRE(venue.recovered({}));
    for (std::uint64_t i = 0; i < 10; ++i) {
        round(venue, 1 + i * 10, static_cast<std::int64_t>(i) * 10);
    }
    const std::uint64_t before = g_allocations.load();
    for (std::uint64_t i = 10; i < 200; ++i) {
        round(venue, 1 + i * 10, static_cast<std::int64_t>(i) * 10);
    }
    const std::uint64_t after = g_allocations.load();
    CHECK(after == before);
    CHECK(venue.working() == 0);
}

}  // namespace
}  // namespace sluice
