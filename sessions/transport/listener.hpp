// Listener: a bound port that accepts connections for one handler, plain or TLS, IPv4 or IPv6.
// Owner: the reactor's thread; goes before the Reactor. Accepts in slices, refuses strangers
// (AllowList) and crowds (Admission) by closing at once, and survives a process out of descriptors.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "gateway/domain/result.hpp"
#include "sessions/transport/admission.hpp"
#include "sessions/transport/allow_list.hpp"
#include "sessions/transport/reactor.hpp"

namespace sluice::transport {

struct ListenerConfig {
    std::string name = "fix";
    std::string address = "127.0.0.1";  // numeric; "::" is IPv6 only, bind 0.0.0.0 beside it
    std::uint16_t port = 0;             // 0: the kernel chooses, see Listener::address()
    int backlog = 1024;
    std::shared_ptr<const TlsContext> tls;  // nullptr: plain
    AllowList allowed;
    ConnectionLimits limits;
};

struct ListenerStats {
    std::uint64_t accepted = 0;
    std::uint64_t refused_address = 0;  // not in the allow list
    std::uint64_t refused_limit = 0;    // too many without a Logon
    std::uint64_t out_of_descriptors =
        0;  // connections shed, or accepting paused, for want of descriptors
    std::uint64_t accept_errors = 0;
};

class Listener final : private Pollable {
public:
    using Opened = Result<std::unique_ptr<Listener>, std::string>;
    // The error names address, port and the system's reason.
    static Opened open(Reactor& reactor,
                       Admission& admission,
                       ConnectionHandler& handler,
                       ListenerConfig config);
    ~Listener() override;

    const SocketAddress& address() const { return address_; }  // with the actual port
    const std::string& name() const { return config_.name; }
    const ListenerStats& stats() const { return stats_; }
    // Stops accepting for good; accepted connections go on.
    void close();
    // For a reloaded configuration; connections that stand keep what they began with.
    void replace_tls(std::shared_ptr<const TlsContext> tls) { config_.tls = std::move(tls); }
    void replace_allowed(AllowList allowed) { config_.allowed = std::move(allowed); }

private:
    Listener(Reactor& reactor,
             Admission& admission,
             ConnectionHandler& handler,
             ListenerConfig config,
             Fd socket);
    void on_ready(std::uint32_t events) override;
    bool accept_one();
    bool accept_failed(int error);
    void welcome(Fd socket, const SocketAddress& peer);
    void shed_one();
    void pause();

    Reactor& reactor_;
    Admission& admission_;
    ConnectionHandler& handler_;
    ListenerConfig config_;
    Fd socket_;
    Fd spare_;  // given up for a moment to accept and close when descriptors run out
    SocketAddress address_;
    ListenerStats stats_;
    TimerId resume_ = TimerId::None;
};

}  // namespace sluice::transport
