// BenchEcho: the floor of a measurement: threads that answer as many bytes as an order has with as
// many as its report has, over loopback, and do nothing else. Two of them in a chain are the floor
// of a gateway with a venue behind it.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "sessions/client/histogram.hpp"
#include "sessions/transport/fd.hpp"

namespace sluice::app {

class BenchEcho {
public:
    // `spinning`: nobody sleeps, as with the wait strategy spin. `links`: echoes in a chain.
    // Throws CliFailure when there is no socket.
    explicit BenchEcho(bool spinning, unsigned links = 1);
    ~BenchEcho();
    BenchEcho(const BenchEcho&) = delete;
    BenchEcho& operator=(const BenchEcho&) = delete;

    // Closed loop, one outstanding: ns from the first byte out to the last byte in.
    client::Histogram measure(std::uint64_t count);

private:
    // A connection's two ends.
    struct Link {
        transport::Fd near;
        transport::Fd far;
    };
    static Link connect();
    bool receive(int fd, std::size_t bytes) const;
    void answer(std::size_t link);

    bool spinning_;
    std::atomic<bool> stop_{false};
    std::vector<Link> links_;
    std::vector<std::thread> threads_;
};

}  // namespace sluice::app
