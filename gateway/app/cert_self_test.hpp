// A scenario played against a gateway of its own, between a client and a venue of its own.
#pragma once

#include <string>

#include "gateway/app/cert_gateway.hpp"
#include "gateway/app/cert_play.hpp"

namespace sluice::app {

// Why it cannot be played over such a venue; empty when it can.
std::string self_test_obstacle(const client::Scenario& scenario, CertVenueType venue);
// Throws CliFailure when it does not come to the first line.
CertVerdict self_test(const client::Scenario& scenario, FixVersion version, CertVenueType venue);

}  // namespace sluice::app
