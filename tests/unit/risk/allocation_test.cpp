// The decision path allocates nothing: counted at operator new of this test program.
#include <array>
#include <atomic>
#include <cstdlib>
#include <new>

#include <catch2/catch.hpp>

#include "tests/unit/risk/desk.hpp"

namespace {
std::atomic<std::size_t> g_allocations{0};  // NOLINT: operator new has no object to count in

// Not inlined, or the compiler sees free() meet operator new and warns.
[[gnu::noinline]] void release(void* memory) {
    std::free(memory);
}

[[gnu::noinline]] void* counted(std::size_t size, std::size_t alignment) {
    g_allocations.fetch_add(1, std::memory_order_relaxed);
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    void* const memory = std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}
}  // namespace

void* operator new(std::size_t size) {
    return counted(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
    release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    release(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    release(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    release(memory);
}

using namespace sluice;
using namespace sluice::test;

TEST_CASE("orders, replaces, fills, refusals and their texts allocate nothing") {
    CoreConfig config = plain_config();
    config.accounts[0].limits[LimitKey::MaxOrderQty] = LimitValue::number(Decimal::from_int(100));
    config.instruments[0].limits[LimitKey::CollarBps] = LimitValue::number(Decimal::from_int(1000));
    config.sessions[0].limits[LimitKey::ThrottleRate] = LimitValue::number(Decimal::from_int(1000));
    Desk desk(config);
    REQUIRE(desk.reference("XYZ", {{"ask", "10"}, {"bid", "10"}}));
    const Command good = desk.command({"A1", Side::Buy, "100", "10.00"});
    const Command bad = desk.command({"A2", Side::Buy, "101", "10.00"});
    const Parties parties = desk.parties(good);
    const ClOrdId second("A3");
    Command change = good;
    change.kind = CommandKind::Replace;
    change.cl_ord_id = second;
    change.orig_cl_ord_id = good.cl_ord_id;
    std::array<CheckReport, kChecks> reports{};

    const std::size_t before = g_allocations.load();
    Decision decision;
    const Assessment yes = desk.risk.assess(desk.meta(), good, parties, nullptr, decision);
    Order& order = desk.orders.create({1});
    order.session = parties.session;
    order.account = parties.account;
    order.instrument = parties.instrument;
    order.side = good.side;
    order.ord_type = good.ord_type;
    order.cl_ord_id = good.cl_ord_id;
    desk.risk.accept_new(order, desk.meta(), yes, decision);
    const bool used = desk.orders.use(parties.session, good.cl_ord_id, order.id, 1);
    const Assessment no = desk.risk.assess(desk.meta(), bad, parties, nullptr, decision);
    const Assessment other = desk.risk.assess(desk.meta(), change, parties, &order, decision);
    begin_replace(order, other.version, {}, second);
    desk.risk.accept_replace(order, decision);
    desk.risk.on_fill(order, qty("10"), px("10"));
    confirm_replace(order, 1, std::nullopt);
    desk.risk.settle(order);
    const std::size_t rows = desk.risk.explain(desk.meta(), bad, parties, nullptr, reports);
    const std::size_t after = g_allocations.load();

    CHECK(after == before);
    CHECK(yes.accepted());
    CHECK(used);
    CHECK(no.reason == RejectReason::MaxOrderQty);
    CHECK(other.accepted());
    CHECK(rows > 10);
    desk.audit();
}

TEST_CASE("the allocation counter counts") {
    const std::size_t before = g_allocations.load();
    const auto held = std::make_unique<std::array<char, 4096>>();
    CHECK(held != nullptr);
    CHECK(g_allocations.load() > before);
}
