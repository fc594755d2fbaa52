// Two threads, one on each end. Run under ThreadSanitizer (preset tsan) this also shows that the
// ends share nothing without order.
#include <array>
#include <thread>

#include <catch2/catch.hpp>

#include "gateway/channels/channel.hpp"

namespace sluice {
namespace {

struct Message {
    std::uint64_t number = 0;
    std::array<std::uint64_t, 7> copies{};
};

TEST_CASE("between two threads every message arrives once, whole and in order") {
    constexpr std::uint64_t kMessages = 50'000;
    Channel<Message> channel(64);
    std::thread writer([sender = Sender<Message>(channel)]() mutable {
        for (std::uint64_t n = 1; n <= kMessages;) {
            Message message{.number = n};
            message.copies.fill(n);
            if (sender.try_send(message) == Sent::Ok) {
                ++n;
            } else {
                std::this_thread::yield();
            }
        }
        sender.close();
    });
    Receiver<Message> receiver(channel);
    std::uint64_t received = 0;
    std::uint64_t wrong = 0;
    while (!receiver.closed_and_empty()) {
        const Message* message = receiver.peek();
        if (message == nullptr) {
            std::this_thread::yield();
            continue;
        }
        ++received;
        wrong += message->number != received ? 1 : 0;
        for (const auto copy : message->copies) {
            wrong += copy != received ? 1 : 0;
        }
        receiver.pop();
    }
    writer.join();
    CHECK(received == kMessages);
    CHECK(wrong == 0);
    CHECK(channel.high_water() <= channel.capacity());
}

}  // namespace
}  // namespace sluice
