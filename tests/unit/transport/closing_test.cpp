#include <catch2/catch.hpp>

#include "tests/unit/transport/frames.hpp"
#include "tests/unit/transport/loopback.hpp"

using namespace sluice::transport;
using namespace sluice::test;

TEST_CASE("close_after_flush sends the Logout(5) behind the gate, then ends the stream") {
    Loopback house;
    house.released = 0;
    house.listen();
    RawClient client(house.listener->address());
    Connection& connection = house.server_side();
    const std::string logout = frame("35=5|58=bye|");
    connection.send(logout, 4);
    connection.close_after_flush("logged out");
    CHECK_FALSE(connection.send("too late", 5));
    house.reactor.poll(false);
    CHECK(client.nothing_to_receive());
    house.released = 4;
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(client.receive_to_end() == logout);
    CHECK(house.server.closed[0].reason == CloseReason::Flushed);
    CHECK(house.server.closed[0].text == "logged out");
    client.close();
    house.await([&] { return house.reactor.connection_count() == 0; });
    CHECK(house.server.closed.size() == 1);
}

TEST_CASE("unread input does not destroy the Logout(5) on its way") {
    Loopback house;
    house.listen();
    RawClient client(house.listener->address());
    Connection& connection = house.server_side();
    connection.pause_reading();
    client.send(std::string(20'000, 'x'));
    const std::string logout = frame("35=5|");
    connection.send(logout, 0);
    connection.close_after_flush("logged out");
    house.await([&] { return house.server.closed.size() == 1; });
    house.reactor.poll(false);
    CHECK(client.receive_to_end() == logout);
}

TEST_CASE("close_after_flush ends at its deadline when the gate stays shut") {
    Loopback house;
    house.released = 0;
    ListenerConfig config;
    config.limits.flush_deadline = std::chrono::milliseconds{20};
    house.listen(config);
    RawClient client(house.listener->address());
    Connection& connection = house.server_side();
    connection.send("never released", 9);
    connection.close_after_flush("logged out");
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(house.server.closed[0].reason == CloseReason::FlushDeadline);
    CHECK(client.receive_to_end().empty());
}

TEST_CASE("a peer that closes only its half still gets what was queued for it") {
    Loopback house;
    house.released = 0;
    house.listen();
    RawClient client(house.listener->address());
    house.server.frame_hook = [](Connection& connection, std::string_view) {
        connection.send("answer", 1);
    };
    client.send(frame("35=5|"));
    client.shutdown_write();
    house.await([&] { return house.server.frames.size() == 1; });
    house.reactor.poll(false);
    CHECK(house.server.closed.empty());
    house.released = 1;
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(client.receive_to_end() == "answer");
    CHECK(house.server.closed[0].reason == CloseReason::PeerClosed);
}

TEST_CASE("a reset ends the connection once, also while reading is paused") {
    const bool paused = GENERATE(false, true);
    Loopback house;
    house.listen();
    RawClient client(house.listener->address());
    if (paused) {
        house.server_side().pause_reading();
    }
    house.server_side();
    client.reset();
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(house.server.closed[0].reason == CloseReason::IoError);
    house.reactor.poll(false);
    CHECK(house.server.closed.size() == 1);
    CHECK(house.reactor.connection_count() == 0);
}

TEST_CASE("writing to a peer that is gone does not kill the process") {
    Loopback house;
    house.released = 0;
    house.listen();
    RawClient client(house.listener->address());
    Connection& connection = house.server_side();
    client.reset();
    connection.send("into the void", 1);
    house.reactor.flush_all(1);
    house.await([&] { return house.server.closed.size() == 1; });
}

TEST_CASE("a handler may close any connection from any callback") {
    Loopback house;
    house.listen();
    RawClient first(house.listener->address());
    RawClient second(house.listener->address());
    house.server_side(1);
    house.server.frame_hook = [&](Connection& connection, std::string_view) {
        house.server_side(0).close(CloseReason::Asked, "from a frame");
        connection.close(CloseReason::Asked, "from its own frame");
        connection.close(CloseReason::IoError, "a second close changes nothing");
    };
    house.server.closed_hook = [&](Connection&) {
        for (const ConnectionId id : house.server.opened) {
            if (Connection* other = house.reactor.find(id)) {
                other->close(CloseReason::Asked, "from on_closed");
            }
        }
    };
    second.send(frame("35=0|") + frame("35=0|"));
    house.await([&] { return house.server.closed.size() == 2; });
    CHECK(house.server.frames.size() == 1);
    CHECK(house.server.closed[1].text == "from its own frame");
    CHECK(house.reactor.connection_count() == 0);
}

TEST_CASE("a shutdown closes every connection and tells every handler once") {
    Loopback house;
    house.listen();
    RawClient first(house.listener->address());
    RawClient second(house.listener->address());
    house.server_side(1);
    house.reactor.close_all("maintenance");
    REQUIRE(house.server.closed.size() == 2);
    CHECK(house.server.closed[0].reason == CloseReason::Shutdown);
    CHECK(house.server.closed[1].text == "maintenance");
    CHECK(house.reactor.connection_count() == 0);
}
