#include "gateway/app/cert_target.hpp"

#include <chrono>

#include <fmt/format.h>

#include "gateway/app/cert_gateway.hpp"
#include "gateway/app/cli_failure.hpp"

namespace sluice::app {

using client::Scenario;
using client::ScenarioLine;
using client::Words;

CertTargetPlayer::CertTargetPlayer(CertTarget target, FixVersion version)
    : target_(std::move(target)), version_(version) {
    if (target_.venue_port) {
        auto made = client::RawVenue::listen(std::string(begin_string_of(version)),
                                             *target_.venue_port, {}, target_.any_address);
        if (!made.ok()) {
            throw CliFailure{kFailed, made.error(), {}};
        }
        venue_ = std::move(made).value();
        constexpr int kLogonMs = 60'000;
        if (!venue_->wait_logged_on(true, kLogonMs)) {
            throw CliFailure{kTimedOut, "the gateway did not log on at the venue", {}};
        }
    }
    client_ = log_on_for_cert(target_.client);
}

CertTargetPlayer::~CertTargetPlayer() {
    if (client_ && !client_->closed()) {
        client_->logout();
    }
}

std::string CertTargetPlayer::obstacle(const Scenario& scenario) const {
    if (scenario.pending_reports != target_.pending_reports) {
        return scenario.pending_reports ? "needs a gateway that reports what is pending"
                                        : "needs a gateway that does not report what is pending";
    }
    if (scenario.max_pending_replaces > 1 || scenario.cancel_on_disconnect || scenario.hold ||
        scenario.drop_copy || !scenario.reconcile.empty()) {
        return "needs a setting of its gateway";
    }
    for (const ScenarioLine& line : scenario.lines) {
        const bool connection = line.text.starts_with("client ");
        if (connection && target_.client.reset_on_logon) {
            return "needs sequence numbers that are kept";
        }
        if ((line.kind == ScenarioLine::Kind::Operator && !connection) ||
            line.kind == ScenarioLine::Kind::OperatorSees) {
            return "needs an operator: " + line.text;
        }
        const std::string type = Words(line.text).get("35");
        if (line.kind == ScenarioLine::Kind::ClientSays && (type == "q" || type == "AF")) {
            return "is about all orders of a session, and this one has earlier ones";
        }
        if (line.kind == ScenarioLine::Kind::VenueSays && !venue_) {
            return "needs the venue";
        }
    }
    return {};
}

CertVerdict CertTargetPlayer::play(const Scenario& scenario) {
    const auto seconds =
        std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds(1);
    std::optional<CertFixVenue> venue;
    if (venue_) {
        venue.emplace(*venue_, version_);
    }
    Play play(version_, client_, target_.client, venue ? &*venue : nullptr, nullptr);
    play.translate(fmt::format("{}-{}-", seconds % 1'000'000, ++played_), target_.symbol,
                   target_.account);
    auto verdict = play.run(scenario);
    if (!verdict.passed) {  // the next one begins without what is still under way
        client_->cut();
        client_ = log_on_for_cert(target_.client);
        while (client_->receive(200)) {
        }
        while (venue_ && venue_->take(0)) {
        }
    }
    return verdict;
}

}  // namespace sluice::app
