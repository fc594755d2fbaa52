// Certifies a client that wants to connect: listens in place of the gateway, says in words what the
// client has to send next, compares what comes, and answers as the gateway would.
#pragma once

#include <memory>
#include <string>

#include "gateway/app/cert_play.hpp"
#include "sessions/client/order_voice.hpp"
#include "sessions/client/raw_venue.hpp"
#include "sessions/client/scenario.hpp"

namespace sluice::app {

class CertClientPlayer {
public:
    // patience: how long a person may take for each step, in ms.
    CertClientPlayer(FixVersion version, std::uint16_t port, bool any_address, int patience_ms);

    std::uint16_t port() const { return acceptor_->port(); }
    // Throws CliFailure when nobody logs on.
    void wait_for_client();
    // Why the scenario is none for a client; empty when it is one.
    static std::string obstacle(const client::Scenario& scenario);
    CertVerdict play(const client::Scenario& scenario);

private:
    std::string take(const client::ScenarioLine& line, client::OrderVoice& voice);
    std::string client_sends(const client::ScenarioLine& line, client::OrderVoice& voice);
    std::string connection(const std::string& words);

    FixVersion version_;
    int patience_ms_;
    std::unique_ptr<client::RawVenue> acceptor_;
};

}  // namespace sluice::app
