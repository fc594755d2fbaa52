// Resolver: name resolution beside the reactor's thread, because getaddrinfo() may take seconds.
// Owner: the reactor's thread; goes before the Reactor. Its helper thread starts with the first
// question and shares only a locked mailbox with this object, so a hanging lookup does not hold up
// a shutdown.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/domain/result.hpp"
#include "sessions/transport/reactor.hpp"

namespace sluice::transport {

class Resolver final : private Pollable {
public:
    using Answer = Result<std::vector<SocketAddress>, std::string>;  // never an empty list
    using Callback = std::function<void(Answer)>;
    enum class Ticket : std::uint64_t { None = 0 };

    explicit Resolver(Reactor& reactor);  // throws std::system_error: at start only
    ~Resolver() override;

    // The callback runs in a later turn of the reactor. Numeric hosts are answered, too.
    Ticket resolve(const std::string& host, std::uint16_t port, Callback callback);
    void forget(Ticket ticket);  // its callback will not run

private:
    struct Mailbox;
    static void work(const std::shared_ptr<Mailbox>& mailbox);
    void on_ready(std::uint32_t events) override;

    Reactor& reactor_;
    std::shared_ptr<Mailbox> mailbox_;
    std::unordered_map<std::uint64_t, Callback> waiting_;
    std::uint64_t last_ticket_ = 0;
    bool started_ = false;
};

}  // namespace sluice::transport
