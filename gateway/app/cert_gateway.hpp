// CertGateway: a gateway of its own for one scenario: this binary, a fresh directory, killed and
// started again when the scenario says so, removed at the end. Throws CliFailure when it cannot be
// started or does not answer.
#pragma once

#include <cstdint>
#include <string>

#include <sys/types.h>

#include "gateway/domain/fix_enums.hpp"
#include "sessions/client/fix_client.hpp"
#include "sessions/client/scenario.hpp"

namespace sluice::app {

class CertGateway {
public:
    // Its venue SIM is the FIX venue that listens on this port of this machine.
    CertGateway(const client::Scenario& scenario, FixVersion version, std::uint16_t venue_port);
    ~CertGateway();
    CertGateway(const CertGateway&) = delete;
    CertGateway& operator=(const CertGateway&) = delete;

    client::FixClientConfig client_config() const;
    void restart();  // kill -9, and again on what is left
    // The words of an A> line that are about the gateway: limit, kill, kill-cancel, resume,
    // day-roll.
    void operate(const std::vector<std::string>& words) const;
    // Until GET /venues says so.
    void wait_for_venue(bool up) const;

private:
    void start();
    void kill9();
    std::string call(const std::string& method,
                     const std::string& target,
                     const std::string& body) const;

    FixVersion version_;
    std::string dir_;
    std::uint16_t port_ = 0;
    pid_t pid_ = -1;
};

std::string_view begin_string_of(FixVersion version);

}  // namespace sluice::app
