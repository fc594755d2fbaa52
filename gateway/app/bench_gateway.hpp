// BenchGateway: a gateway of its own for a measurement: this binary, a fresh directory, stopped and
// removed at the end. Throws CliFailure when it cannot be started.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

#include "sessions/client/fix_client.hpp"

namespace sluice::app {

struct BenchGatewaySettings {
    std::string durability = "written";
    std::string wait = "spin";
    std::string fast_path = "on";
    std::uint32_t sessions = 1;
    std::uint64_t max_orders = 65'536;  // that may rest in its book
    std::string certificate;            // with `key`: the listener speaks TLS
    std::string key;
    std::uint16_t venue_port = 0;  // a FIX venue that listens there in place of the simulated one
};

class BenchGateway {
public:
    explicit BenchGateway(const BenchGatewaySettings& settings);
    ~BenchGateway();
    BenchGateway(const BenchGateway&) = delete;
    BenchGateway& operator=(const BenchGateway&) = delete;

    std::uint16_t port() const { return port_; }
    // All its sessions logged on.
    std::vector<std::unique_ptr<client::FixClient>> connect() const;

private:
    void start();

    BenchGatewaySettings settings_;
    std::string dir_;
    pid_t pid_ = -1;
    std::uint16_t port_ = 0;
};

// The SenderCompID(49) of the n-th session, "BENCH0".
std::string bench_session(std::uint32_t n);

// One session logged on at a FIX engine of any make.
std::unique_ptr<client::FixClient> bench_client(client::FixClientConfig config);

}  // namespace sluice::app
