#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/transport/loopback.hpp"

using namespace sluice::transport;
using namespace sluice::test;

TEST_CASE("bytes leave only when the journal has released their record") {
    Loopback house;
    house.released = 0;
    house.listen();
    RawClient client(house.listener->address());
    Connection& connection = house.server_side();
    REQUIRE(connection.send("first.", 10));
    REQUIRE(connection.send("second.", 11));
    CHECK(house.reactor.flush_all(9) == 0);
    CHECK(client.nothing_to_receive());
    CHECK(house.reactor.flush_all(10) == 6);
    CHECK(client.receive(6) == "first.");
    CHECK(client.nothing_to_receive());
    CHECK(house.reactor.pending_count() == 1);
    CHECK(house.reactor.flush_all(11) == 7);
    CHECK(client.receive(7) == "second.");
    CHECK(house.reactor.pending_count() == 0);
}

TEST_CASE("everything released goes out in one call per connection") {
    Loopback house;
    house.released = 0;
    house.listen();
    RawClient client(house.listener->address());
    Connection& connection = house.server_side();
    for (int i = 0; i < 100; ++i) {
        REQUIRE(connection.send(std::string(200, 'r'), 1));
    }
    CHECK(connection.flush(1) == 20'000);
    CHECK(client.receive(20'000) == std::string(20'000, 'r'));
}

TEST_CASE("a peer that reads late gets every byte in order") {
    Loopback house;
    house.listen();
    RawClient client(house.listener->address(), 4096);
    Connection& connection = house.server_side();
    std::string sent;
    for (int i = 0; i < 2'000; ++i) {
        const std::string part = std::to_string(i) + std::string(1'000, '.');
        sent += part;
        REQUIRE(connection.send(part, 1));
    }
    house.reactor.flush_all(1);
    CHECK(connection.output_bytes() > 0);
    std::string got;
    while (got.size() < sent.size()) {
        got += client.receive(std::min<std::size_t>(sent.size() - got.size(), 2'000));
        house.reactor.poll(false);
    }
    CHECK(got == sent);
    CHECK(connection.output_bytes() == 0);
    CHECK(house.reactor.pool().small_in_use() == 0);
}

TEST_CASE("a slow reader is closed while another connection goes on") {
    Loopback house;
    ListenerConfig config;
    config.limits.output_bytes_max = 256 * 1024;
    house.listen(config);
    RawClient slow(house.listener->address(), 4096);
    RawClient quick(house.listener->address());
    Connection& to_slow = house.server_side(0);
    Connection& to_quick = house.server_side(1);
    const std::string report(1'000, 'r');
    bool open = true;
    for (int i = 0; i < 100'000 && open; ++i) {
        open = to_slow.send(report, 1);
        house.reactor.flush_all(1);
    }
    REQUIRE_FALSE(open);
    REQUIRE(to_quick.send("still here", 1));
    house.await([&] { return !house.server.closed.empty(); });
    CHECK(house.server.closed[0].reason == CloseReason::SlowReader);
    CHECK(house.server.closed[0].id == house.server.opened[0]);
    CHECK(quick.receive(10) == "still here");
}
