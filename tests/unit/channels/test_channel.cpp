#include <catch2/catch.hpp>

#include "gateway/channels/channel.hpp"

namespace sluice {
namespace {

TEST_CASE("a channel's capacity is rounded up to a power of two, and is at least two") {
    const auto [asked, got] =
        GENERATE(table<std::size_t, std::size_t>({{0, 2}, {1, 2}, {2, 2}, {3, 4}, {1000, 1024}}));
    CHECK(Channel<int>(asked).capacity() == got);
}

TEST_CASE("messages come out in the order in which they went in, over many turns of the ring") {
    Channel<int> channel(4);
    Sender<int> sender(channel);
    Receiver<int> receiver(channel);
    int next = 0;
    for (int i = 0; i < 100; ++i) {
        REQUIRE(sender.try_send(i) == Sent::Ok);
        if (i % 3 == 2) {
            while (const auto got = receiver.try_receive()) {
                CHECK(*got == next++);
            }
        }
    }
    CHECK(receiver.try_receive() == next);
    CHECK_FALSE(receiver.try_receive().has_value());
}

TEST_CASE("a full channel says Full, counts it, and loses nothing") {
    Channel<int> channel(2);
    Sender<int> sender(channel);
    Receiver<int> receiver(channel);
    CHECK(sender.try_send(1) == Sent::Ok);
    CHECK(sender.try_send(2) == Sent::Ok);
    CHECK(sender.room() == 0);
    CHECK(sender.try_send(3) == Sent::Full);
    CHECK(channel.refused() == 1);
    CHECK(receiver.try_receive() == 1);
    CHECK(sender.room() == 1);
    CHECK(sender.try_send(3) == Sent::Ok);
    CHECK(receiver.try_receive() == 2);
    CHECK(receiver.try_receive() == 3);
}

TEST_CASE("a closed channel takes nothing more, and what it took before can still be received") {
    Channel<int> channel(2);
    Sender<int> sender(channel);
    Receiver<int> receiver(channel);
    REQUIRE(sender.try_send(1) == Sent::Ok);
    sender.close();
    CHECK(sender.try_send(2) == Sent::Closed);
    CHECK_FALSE(receiver.closed_and_empty());
    CHECK(receiver.try_receive() == 1);
    CHECK(receiver.closed_and_empty());
}

TEST_CASE("a peeked message stays in the channel until it is popped") {
    Channel<int> channel(2);
    Receiver<int> receiver(channel);
    REQUIRE(channel.try_send(7) == Sent::Ok);
    REQUIRE(receiver.peek() != nullptr);
    CHECK(*receiver.peek() == 7);
    CHECK(receiver.depth() == 1);
    receiver.pop();
    CHECK(receiver.peek() == nullptr);
    CHECK(receiver.depth() == 0);
}

TEST_CASE("the high-water mark remembers the deepest moment") {
    Channel<int> channel(8);
    Receiver<int> receiver(channel);
    for (int i = 0; i < 5; ++i) {
        REQUIRE(channel.try_send(i) == Sent::Ok);
    }
    while (receiver.try_receive()) {
    }
    REQUIRE(channel.room() == 8);
    REQUIRE(channel.try_send(9) == Sent::Ok);
    CHECK(channel.high_water() == 5);
}

TEST_CASE("each message that was taken wakes the reader, a refused one does not") {
    struct Counter final : Wake {
        int woken = 0;
        void wake() override { ++woken; }
    } wake;
    Channel<int> channel(2);
    channel.on_send(&wake);
    CHECK(channel.try_send(1) == Sent::Ok);
    CHECK(channel.try_send(2) == Sent::Ok);
    CHECK(channel.try_send(3) == Sent::Full);
    CHECK(wake.woken == 2);
}

}  // namespace
}  // namespace sluice
