// The scenarios played against a gateway of any make, as its client and, if it can, its FIX venue.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "gateway/app/cert_play.hpp"
#include "sessions/client/raw_venue.hpp"

namespace sluice::app {

// What the player needs to know of a gateway that is not its own.
struct CertTarget {
    client::FixClientConfig client;
    std::optional<std::uint16_t> venue_port;  // where the gateway expects its venue
    bool any_address = false;                 // the gateway connects from another machine
    bool pending_reports = false;             // whether the gateway sends them
    std::string symbol;                       // in place of ACME
    std::string account;                      // Account(1) of orders; empty: none
};

// Keeps the connections over many scenarios, since a session's numbers go on. Its names are made
// unique, as the gateway remembers them.
class CertTargetPlayer {
public:
    CertTargetPlayer(CertTarget target, FixVersion version);
    ~CertTargetPlayer();
    // Why this scenario cannot be played there; empty when it can.
    std::string obstacle(const client::Scenario& scenario) const;
    CertVerdict play(const client::Scenario& scenario);

private:
    CertTarget target_;
    FixVersion version_;
    std::unique_ptr<client::RawVenue> venue_;
    std::unique_ptr<client::FixClient> client_;
    unsigned played_ = 0;
};

}  // namespace sluice::app
