#include <catch2/catch.hpp>

#include "tests/unit/transport/frames.hpp"
#include "tests/unit/transport/loopback.hpp"

using namespace sluice::transport;
using namespace sluice::test;

namespace {
// A house whose handler never marks a connection as logged on.
struct StrangersHouse : Loopback {
    explicit StrangersHouse(std::chrono::milliseconds deadline = std::chrono::seconds{15},
                            AdmissionLimits limits = {})
        : Loopback(limits) {
        server.log_on_at_once = false;
        ListenerConfig config;
        config.limits.logon_deadline = deadline;
        listen(config);
    }
};
}  // namespace

TEST_CASE("a silent stranger is closed at the deadline") {
    StrangersHouse house(std::chrono::milliseconds{30});
    RawClient client(house.listener->address());
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(house.server.closed[0].reason == CloseReason::LogonDeadline);
    CHECK(client.receive_to_end().empty());
    CHECK(house.admission.waiting() == 0);
}

TEST_CASE("a connection that is logged on outlives the deadline") {
    StrangersHouse house(std::chrono::milliseconds{30});
    RawClient client(house.listener->address());
    house.server_side().mark_logged_on();
    RawClient other(house.listener->address());
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(house.server.closed[0].id == house.server.opened[1]);
    CHECK(house.server_side(0).is_open());
}

TEST_CASE("what is not FIX closes the connection before Logon(A)") {
    const std::string bytes = GENERATE(as<std::string>{}, "GET / HTTP/1.1\r\n", "\x16\x03\x01\x02",
                                       "8=FIX.4.4\x01"
                                       "9=11111111111111111111",
                                       "8=FIX.4.4\x01"
                                       "9=4097\x01");
    StrangersHouse house;
    RawClient client(house.listener->address());
    client.send(bytes);
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(house.server.closed[0].reason == CloseReason::BadFrameBeforeLogon);
    CHECK(house.server.frames.empty());
}

TEST_CASE("too many bytes before Logon(A) close the connection") {
    StrangersHouse house;
    RawClient client(house.listener->address());
    std::string many;
    while (many.size() <= 8192) {
        many += frame("35=0|");
    }
    client.send(many);
    house.await([&] { return house.server.closed.size() == 1; });
    CHECK(house.server.closed[0].reason == CloseReason::TooMuchBeforeLogon);
}

TEST_CASE("messages pipelined behind the Logon(A) wait while it is judged") {
    StrangersHouse house;
    RawClient client(house.listener->address());
    house.server.frame_hook = [](Connection& connection, std::string_view) {
        if (!connection.is_logged_on()) {
            connection.pause_reading();
        }
    };
    std::string orders;
    for (int i = 0; i < 300; ++i) {
        orders += frame("35=D|11=" + std::to_string(i) + "|");
    }
    client.send(frame("35=A|") + orders);
    house.await([&] { return house.server.frames.size() == 1; });
    house.server_side().mark_logged_on();
    house.server_side().resume_reading();
    house.await([&] { return house.server.frames.size() == 301; });
    CHECK(house.server.closed.empty());
}

TEST_CASE("one address has a limited number of connections without Logon(A)") {
    StrangersHouse house(std::chrono::seconds{15}, {.unauthenticated_per_address_max = 2});
    RawClient first(house.listener->address());
    RawClient second(house.listener->address());
    RawClient third(house.listener->address());
    house.await([&] { return house.listener->stats().refused_limit == 1; });
    CHECK(third.receive_to_end().empty());
    CHECK(house.server.opened.size() == 2);
    house.server_side(0).mark_logged_on();
    RawClient fourth(house.listener->address());
    house.await([&] { return house.server.opened.size() == 3; });
}
