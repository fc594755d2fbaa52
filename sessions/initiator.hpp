// Initiator: keeps one FIX session to a venue connected and logged on: connects, logs on, waits and
// tries again. What the messages mean is its owner's business. Owner: the I/O thread.
//
// While the owner has no room for another message, the message is held and the socket is not read.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "sessions/engine/session_host.hpp"
#include "sessions/transport/connector.hpp"

namespace sluice {

class InitiatorOwner : public engine::HostOwner {
public:
    virtual bool has_room() = 0;  // for one more application message
};

struct InitiatorSettings {
    engine::HostSettings session;  // heart_bt_int > 0
    transport::ConnectTarget target;
    std::chrono::milliseconds reconnect_first{1'000};  // doubled after each failure
    std::chrono::milliseconds reconnect_longest{30'000};
};

class Initiator final : public transport::ConnectorHandler,
                        public engine::Wire,
                        public engine::HostOwner {
public:
    Initiator(transport::Reactor& reactor,
              transport::Resolver& resolver,
              InitiatorSettings settings,
              engine::Dictionaries& dictionaries,
              journal::LogWriter& log,
              engine::Clock& clock,
              engine::StoreIndex index,
              InitiatorOwner& owner);
    ~Initiator() override;

    void start();                      // from here on it connects
    void stop(std::string_view text);  // Logout(5), then stays away
    void poll();                       // each turn
    engine::SessionHost& host() { return host_; }
    const engine::SessionHost& host() const { return host_; }
    bool is_up() const { return connection_ != nullptr && host_.is_logged_on(); }
    const std::string& last_event() const { return last_event_; }

    void on_open(transport::Connection& connection) override;
    void on_frame(transport::Connection& connection, std::string_view frame) override;
    void on_closed(transport::Connection& connection,
                   transport::CloseReason reason,
                   std::string_view text) override;
    void on_connect_failed(std::string_view text) override;
    bool send(std::string_view bytes, std::uint64_t journal_seq) override;
    std::size_t output_bytes() const override;
    void hang_up(std::string_view why) override;
    engine::ConsumedBy on_app(const Incoming& incoming) override;
    engine::ConsumedBy on_session_reject(const Incoming& incoming) override;
    void on_logged_on() override;
    void on_logged_out() override;
    bool records_in_flight() const override { return owner_.records_in_flight(); }

private:
    bool must_wait(std::string_view frame);
    void take(std::string_view frame);
    void settle_end();
    void try_again_later();

    transport::Reactor& reactor_;
    InitiatorSettings settings_;
    InitiatorOwner& owner_;
    engine::SessionHost host_;
    transport::Connector connector_;
    transport::Connection* connection_ = nullptr;
    std::string held_;
    std::string last_event_ = "not connected";
    std::chrono::milliseconds wait_{0};
    transport::TimerId retry_ = transport::TimerId::None;
    transport::TimerId tick_ = transport::TimerId::None;
    std::uint32_t unscreened_ = 0;
    bool wanted_ = false;
    bool ended_ = false;
};

}  // namespace sluice
