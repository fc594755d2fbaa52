#include <algorithm>
#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/unit/transport/frames.hpp"
#include "tests/unit/transport/loopback.hpp"

using namespace sluice::transport;
using namespace sluice::test;

TEST_CASE("several messages in flight arrive whole and in order, each way") {
    Loopback house;
    house.listen();
    RawClient client(house.listener->address());
    std::string sent;
    for (int i = 0; i < 50; ++i) {
        sent += frame("35=D|11=A" + std::to_string(i) + "|");
    }
    house.server.frame_hook = [](Connection& connection, std::string_view bytes) {
        connection.send(bytes, 1);
    };
    client.send(sent);
    house.await([&] { return house.server.frames.size() == 50; });
    CHECK(house.server.frames[49] == frame("35=D|11=A49|"));
    house.reactor.flush_all(1);
    CHECK(client.receive(sent.size()) == sent);
}

TEST_CASE("a message that comes byte by byte is one message") {
    Loopback house;
    house.listen();
    RawClient client(house.listener->address());
    const std::string one = frame("35=D|11=A1|58=slow drip|");
    for (const char byte : one) {
        client.send({&byte, 1});
        house.reactor.poll(true);
    }
    house.await([&] { return house.server.frames.size() == 1; });
    CHECK(house.server.frames[0] == one);
}

TEST_CASE("messages of nearly 64 KiB pass, and an idle connection holds no buffers afterwards") {
    Loopback house;
    house.listen();
    RawClient client(house.listener->address());
    const std::string big = frame("35=B|58=" + std::string(65'000, 'x') + "|");
    std::thread writer([&] { client.send(big + big + big); });
    house.await([&] { return house.server.frames.size() == 3; });
    writer.join();
    CHECK(house.server.frames[2] == big);
    CHECK(house.reactor.pool().small_in_use() == 0);
    CHECK(house.reactor.pool().large_in_use() == 0);
}

TEST_CASE("a garbled message after Logon(A) is ignored and counted, the next one is taken") {
    Loopback house;
    house.listen();
    RawClient client(house.listener->address());
    std::string wrong = frame("35=0|34=2|");
    wrong[wrong.size() - 2] = wrong[wrong.size() - 2] == '0' ? '1' : '0';
    client.send(frame("35=0|34=1|") + wrong + "noise" + frame("35=0|34=3|"));
    house.await([&] { return house.server.frames.size() == 2; });
    CHECK(house.server.frames[1] == frame("35=0|34=3|"));
    CHECK(house.server_side().stats().garbled == 2);
}

TEST_CASE("a peer that sends nothing but garbage after Logon(A) is closed") {
    Loopback house;
    ListenerConfig config;
    config.limits.garbled_in_a_row_max = 3;
    house.listen(config);
    RawClient client(house.listener->address());
    client.send("8=FIXx8=FIXx8=FIXx8=FIXx8=FIXx");
    house.await([&] { return !house.server.closed.empty(); });
    CHECK(house.server.closed[0].reason == CloseReason::TooManyGarbled);
}

TEST_CASE("a paused connection delivers nothing until it is resumed, and loses nothing") {
    Loopback house;
    house.listen();
    RawClient client(house.listener->address());
    house.server.frame_hook = [](Connection& connection, std::string_view) {
        connection.pause_reading();
    };
    client.send(frame("35=0|34=1|") + frame("35=0|34=2|"));
    house.await([&] { return house.server.frames.size() == 1; });
    client.send(frame("35=0|34=3|"));
    for (int turn = 0; turn < 5; ++turn) {
        house.reactor.poll(false);
    }
    CHECK(house.server.frames.size() == 1);
    house.server_side().resume_reading();
    house.await([&] { return house.server.frames.size() == 2; });
    house.server_side().resume_reading();
    house.await([&] { return house.server.frames.size() == 3; });
    CHECK(house.server.frames[2] == frame("35=0|34=3|"));
}

TEST_CASE("a peer that floods does not keep the messages of another waiting") {
    Loopback house;
    ListenerConfig config;
    config.limits.read_bytes_per_turn = 4096;
    house.listen(config);
    RawClient flooder(house.listener->address());
    RawClient quiet(house.listener->address());
    house.server_side(1);
    std::string flood;
    for (int i = 0; i < 2000; ++i) {
        flood += frame("35=D|11=FLOOD|58=" + std::string(60, 'x') + "|");
    }
    std::thread writer([&] { flooder.send(flood); });
    quiet.send(frame("35=0|112=QUIET|"));
    const auto quiet_came = [&] {
        return std::find(house.server.frames.begin(), house.server.frames.end(),
                         frame("35=0|112=QUIET|")) != house.server.frames.end();
    };
    house.await(quiet_came);
    CHECK(house.server.frames.size() < 2000);
    house.await([&] { return house.server.frames.size() == 2001; });
    writer.join();
}

TEST_CASE("a sleeping reactor is woken by another thread") {
    Loopback house;
    std::atomic<bool> published{false};
    std::thread writer([&] {
        published = true;
        house.reactor.waker().wake();
    });
    while (!published) {
        house.reactor.park([&] { return !published; });
    }
    writer.join();
    CHECK(published);
}
