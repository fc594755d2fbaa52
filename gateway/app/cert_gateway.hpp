// CertGateway: a gateway of its own for one scenario: this binary, a fresh directory, killed and
// started again when the scenario says so, removed at the end. Throws CliFailure when it cannot be
// started or does not answer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "gateway/domain/fix_enums.hpp"
#include "sessions/client/fix_client.hpp"
#include "sessions/client/scenario.hpp"

namespace sluice::app {

enum class CertVenueType : std::uint8_t {
    Fix,  // listens on a port of this machine
    Sim,  // the simulated venue in the gateway, told what to say
};
constexpr std::string_view to_text(CertVenueType type) {
    return type == CertVenueType::Fix ? "fix" : "sim";
}

class CertGateway {
public:
    // Its venue is called SIM. venue_port: of a FIX venue.
    CertGateway(const client::Scenario& scenario,
                FixVersion version,
                CertVenueType venue,
                std::uint16_t venue_port);
    ~CertGateway();
    CertGateway(const CertGateway&) = delete;
    CertGateway& operator=(const CertGateway&) = delete;

    client::FixClientConfig client_config() const;
    client::FixClientConfig listener_config() const;  // with drop_copy
    void restart();                                   // kill -9, and again on what is left
    // The words of an A> line that are about the gateway: limit, kill, kill-cancel, resume,
    // day-roll, cancel, resolve.
    void operate(const std::vector<std::string>& words) const;
    std::uint64_t alerts() const;  // since it started
    // Until GET /venues says so.
    void wait_for_venue(bool up) const;
    // The body of its answer over the admin socket.
    std::string call(const std::string& method,
                     const std::string& target,
                     const std::string& body) const;

private:
    void start();
    void kill9();
    void act_on_order(const std::vector<std::string>& words) const;

    FixVersion version_;
    std::string dir_;
    std::uint16_t port_ = 0;
    pid_t pid_ = -1;
};

std::string_view begin_string_of(FixVersion version);

}  // namespace sluice::app
