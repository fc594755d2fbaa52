#include "gateway/app/cert_self_test.hpp"

#include "gateway/app/cli_failure.hpp"

namespace sluice::app {
namespace {

constexpr const char* kCannotGoAway = "a venue in the gateway's process cannot go away";

class OwnGateway final : public Stagehand {
public:
    // venue: null when the gateway's venue is in its own process.
    OwnGateway(CertGateway& gateway, client::RawVenue* venue)
        : gateway_(gateway), venue_(venue), alerts_before_(gateway.alerts()) {}

    void venue_down() override {
        if (venue_ == nullptr) {
            throw CliFailure{kFailed, kCannotGoAway, {}};
        }
        venue_->refuse(true);
        venue_->drop_connection();
        gateway_.wait_for_venue(false);
    }
    void venue_up() override {
        if (venue_ != nullptr) {
            venue_->refuse(false);
        }
        gateway_.wait_for_venue(true);
    }
    client::FixClientConfig restart() override {
        gateway_.restart();
        alerts_before_ = gateway_.alerts();
        return gateway_.client_config();
    }
    void operate(const std::vector<std::string>& words) override { gateway_.operate(words); }
    std::uint64_t alerts() override { return gateway_.alerts() - alerts_before_; }

private:
    CertGateway& gateway_;
    client::RawVenue* venue_;
    std::uint64_t alerts_before_;  // what a start alone calls a person for
};

CertVerdict play(const client::Scenario& scenario,
                 FixVersion version,
                 CertGateway& gateway,
                 CertVenue& venue,
                 client::RawVenue* raw_venue) {
    gateway.wait_for_venue(true);
    auto client = log_on_for_cert(gateway.client_config());
    OwnGateway stagehand(gateway, raw_venue);
    Play played(version, client, gateway.client_config(), &venue, &stagehand);
    if (scenario.drop_copy) {
        played.listen(gateway.listener_config());
    }
    return played.run(scenario);
}

}  // namespace

std::string self_test_obstacle(const client::Scenario& scenario, CertVenueType venue) {
    return venue == CertVenueType::Sim && scenario.asks_operator("venue down") ? kCannotGoAway : "";
}

CertVerdict self_test(const client::Scenario& scenario, FixVersion version, CertVenueType venue) {
    if (venue == CertVenueType::Sim) {
        CertGateway gateway(scenario, version, venue, 0);
        CertSimVenue sim(
            [&gateway](const std::string& method, const std::string& target,
                       const std::string& body) { return gateway.call(method, target, body); },
            version);
        return play(scenario, version, gateway, sim, nullptr);
    }
    auto made = client::RawVenue::listen(std::string(begin_string_of(version)), 0);
    if (!made.ok()) {
        throw CliFailure{kFailed, made.error(), {}};
    }
    client::RawVenue& raw_venue = *made.value();
    CertGateway gateway(scenario, version, venue, raw_venue.port());
    CertFixVenue fix(raw_venue, version);
    return play(scenario, version, gateway, fix, &raw_venue);
}

}  // namespace sluice::app
