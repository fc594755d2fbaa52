// The venue of a play: asked by a gateway, it says what a scenario lets it say. Its owner looks at
// what was asked when it wants to, and says things in the scenario's names.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gateway/domain/fix_enums.hpp"
#include "sessions/client/order_voice.hpp"
#include "sessions/client/raw_venue.hpp"
#include "sessions/client/scenario.hpp"

namespace sluice::app {

class CertVenue {
public:
    virtual ~CertVenue() = default;
    // The version whose words it is asked in.
    virtual FixVersion version() const = 0;
    // The oldest request not taken; nothing when none came in time.
    virtual std::optional<std::string> take(int timeout_ms) = 0;
    // What the line says, under the names that `voice` has heard. Empty, or why it cannot.
    virtual std::string say(const client::Words& line, client::OrderVoice& voice) = 0;
    // True when the gateway has taken what was said, and has asked what it had to ask.
    virtual bool fence(int timeout_ms) = 0;
};

// A FIX venue that a gateway connects to.
class CertFixVenue final : public CertVenue {
public:
    CertFixVenue(client::RawVenue& venue, FixVersion version) : venue_(venue), version_(version) {}
    FixVersion version() const override { return version_; }
    std::optional<std::string> take(int timeout_ms) override { return venue_.take(timeout_ms); }
    std::string say(const client::Words& line, client::OrderVoice& voice) override;
    bool fence(int timeout_ms) override { return venue_.fence(timeout_ms); }

private:
    client::RawVenue& venue_;
    FixVersion version_;
};

// A manual simulated venue, SIM, inside a gateway: spoken for over its admin socket.
class CertSimVenue final : public CertVenue {
public:
    using Call = std::function<std::string(
        const std::string& method, const std::string& target, const std::string& body)>;
    // `client`: the version of the client, without whose words a request comes.
    CertSimVenue(Call call, FixVersion client) : call_(std::move(call)), client_(client) {}
    FixVersion version() const override;
    std::optional<std::string> take(int timeout_ms) override;
    std::string say(const client::Words& line, client::OrderVoice& voice) override;
    bool fence(int timeout_ms) override;

private:
    std::optional<std::string> look();

    Call call_;
    FixVersion client_;
    std::string taken_ = "0";  // number of the last request that was taken
};

}  // namespace sluice::app
