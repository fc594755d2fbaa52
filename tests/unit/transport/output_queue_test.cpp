#include "sessions/transport/output_queue.hpp"

#include <algorithm>
#include <array>
#include <random>

#include <catch2/catch.hpp>

using namespace sluice::transport;

namespace {
std::string released(const OutputQueue& queue, std::uint64_t seq, std::size_t bytes_max = 1 << 20) {
    std::array<iovec, 64> parts{};
    std::string out;
    const std::size_t used = queue.gather(seq, bytes_max, parts);
    for (std::size_t i = 0; i < used; ++i) {
        out.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
    }
    return out;
}
}  // namespace

TEST_CASE("only the prefix whose tags are released may be gathered") {
    BlockPool pool(4096);
    OutputQueue queue(pool);
    queue.append("aa", 5);
    queue.append("bb", 7);
    queue.append("cc", 9);
    CHECK(released(queue, 4).empty());
    CHECK_FALSE(queue.has_released(4));
    CHECK(released(queue, 5) == "aa");
    CHECK(released(queue, 8) == "aabb");
    CHECK(released(queue, 9) == "aabbcc");
    CHECK(released(queue, 9, 3) == "aab");
}

TEST_CASE("a lower tag waits for the bytes before it") {
    BlockPool pool(4096);
    OutputQueue queue(pool);
    queue.append("report", 10);
    queue.append("logout", 0);
    CHECK(released(queue, 9).empty());
    CHECK(released(queue, 10) == "reportlogout");
}

TEST_CASE("an empty queue owns no memory and forgets its tags") {
    BlockPool pool(4096);
    OutputQueue queue(pool);
    CHECK(pool.small_in_use() == 0);
    queue.append(std::string(10'000, 'x'), 3);
    CHECK(pool.small_in_use() == 3);
    queue.consume(10'000);
    CHECK(pool.small_in_use() == 0);
    queue.append("now", 0);
    CHECK(released(queue, 0) == "now");
}

TEST_CASE("whatever is appended and consumed, the bytes keep their order and their gate") {
    BlockPool pool(4096);
    OutputQueue queue(pool);
    std::mt19937 random(7);
    std::string model;
    std::vector<std::uint64_t> tags;  // of each byte of the model
    std::uint64_t seq = 0;
    for (int round = 0; round < 3000; ++round) {
        seq += random() % 3;
        const std::string bytes(random() % (round % 50 == 0 ? 9000 : 60),
                                static_cast<char>('a' + round % 26));
        queue.append(bytes, seq);
        model += bytes;
        tags.insert(tags.end(), bytes.size(), seq);
        const std::uint64_t gate = seq - std::min<std::uint64_t>(seq, random() % 5);
        const auto open = static_cast<std::size_t>(
            std::upper_bound(tags.begin(), tags.end(), gate) - tags.begin());
        const std::string got = released(queue, gate);
        REQUIRE(got.size() <= open);
        REQUIRE(got == model.substr(0, got.size()));
        REQUIRE((got.size() == open || got.size() > 64 * 3000));
        const std::size_t sent = got.empty() ? 0 : random() % (got.size() + 1);
        queue.consume(sent);
        model.erase(0, sent);
        tags.erase(tags.begin(), tags.begin() + static_cast<std::ptrdiff_t>(sent));
        REQUIRE(queue.size() == model.size());
    }
}
