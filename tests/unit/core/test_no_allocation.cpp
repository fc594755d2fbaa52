// Counts every allocation of this program, to show that the core makes none on the order path.
#include <atomic>
#include <cstdlib>
#include <new>

#include <catch2/catch.hpp>

#include "gateway/core/replayer.hpp"
#include "gateway/orders/order_table.hpp"
#include "tests/scenarios/test_house.hpp"

namespace {
std::atomic<std::size_t> allocations{0};
}

void* operator new(std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void* memory = std::malloc(size); memory != nullptr) {
        return memory;
    }
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return std::malloc(size);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    const auto step = static_cast<std::size_t>(alignment);
    if (void* memory = std::aligned_alloc(step, (size + step - 1) / step * step);
        memory != nullptr) {
        return memory;
    }
    throw std::bad_alloc();
}
void operator delete(void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace sluice::test {
namespace {

TEST_CASE("an order's whole life, a reject and a replay's worth of reports allocate nothing") {
    Core core;
    NullSink sink;
    core.configure({1, {1}}, house_config());
    VenueEvent event;
    event.venue = {0};
    event.kind = VenueEventKind::SessionUp;
    core.apply({2, {2}}, event, sink);
    const Command order = command_of(FixText("35=D|11=A|38=100|44=10"));
    Command refused = order;
    refused.cl_ord_id = ClOrdId("B");
    refused.symbol = SymbolName("NOTHING");
    Command replace = command_of(FixText("35=G|11=C|41=A|38=200|44=10"));
    Command cancel = command_of(FixText("35=F|11=D|41=C"));
    Command warm = order;
    warm.cl_ord_id = ClOrdId("W");
    core.apply({3, {3}}, warm, sink);  // makes the position's row

    const auto before = allocations.load();
    core.apply({4, {4}}, order, sink);
    core.apply({5, {5}}, refused, sink);
    event.order = core.orders().orders().back().id;
    event.kind = VenueEventKind::New;
    core.apply({6, {6}}, event, sink);
    core.apply({7, {7}}, replace, sink);
    event.kind = VenueEventKind::Replaced;
    event.version = 1;
    core.apply({8, {8}}, event, sink);
    event.kind = VenueEventKind::Fill;
    event.venue_exec_id = ForeignId("E1");
    event.last_qty = Quantity::from_int(10);
    event.last_px = Price::from_int(10);
    core.apply({9, {9}}, event, sink);
    core.apply({10, {10}}, cancel, sink);
    event.kind = VenueEventKind::Canceled;
    event.version = 2;
    core.apply({11, {11}}, event, sink);
    CHECK(allocations.load() == before);
    CHECK(core.orders().orders().back().closed == Closed::Canceled);
}

}  // namespace
}  // namespace sluice::test
