// The house: every room built and wired, in the order journal, recovery, core, venues, admin,
// acceptors; stopped in reverse. The doors open last and close first. open() runs on the caller's
// thread; run() makes the calling thread the hot one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/config/config.hpp"
#include "gateway/domain/result.hpp"

namespace sluice::app {

struct StartError {
    int exit_code = 1;
    std::string text;  // for the operator: what, where, and what to do
};

// What start found and did, for the lines that `run` and `demo` print.
struct StartFacts {
    std::uint64_t epoch = 0;
    std::uint64_t records = 0;     // recovered
    std::uint64_t torn_bytes = 0;  // cut off a torn tail
    std::uint64_t open_orders = 0;
    std::uint64_t resent = 0;  // outputs that the last process decided and did not send
    std::size_t sessions = 0;
    double recovery_ms = 0;
    std::string journal_dir;
    std::string admin_socket;
    std::vector<std::string> addresses;  // of the listeners, with their real ports
};

class House {
public:
    // log: one line for people, called rarely and never from the order path.
    using Log = std::function<void(const std::string&)>;
    static Result<std::unique_ptr<House>, StartError> open(const config::GatewayConfig& config,
                                                           Log log);
    ~House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    const StartFacts& facts() const;
    // The hot loop, until request_stop() or until the journal fails. 0: stopped as asked.
    int run();
    // Any thread.
    void request_stop();

private:
    struct Rooms;
    explicit House(std::unique_ptr<Rooms> rooms);
    std::unique_ptr<Rooms> rooms_;
};

}  // namespace sluice::app
