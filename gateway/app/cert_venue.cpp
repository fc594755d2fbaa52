#include "gateway/app/cert_venue.hpp"

#include <algorithm>
#include <chrono>

#include <nlohmann/json.hpp>
#include <poll.h>

#include "gateway/app/cli_failure.hpp"

namespace sluice::app {

std::string CertFixVenue::say(const client::Words& line, client::OrderVoice& voice) {
    const auto [type, body] = voice.say(line);
    return venue_.say(type, body) ? "" : "the gateway is not logged on at the venue";
}

// It has no version of its own and is asked in FIX 4.4 words; those that the client's version does
// not have did not come.
FixVersion CertSimVenue::version() const {
    return client_ == FixVersion::Fix42 ? FixVersion::Fix42 : FixVersion::Fix44;
}

std::optional<std::string> CertSimVenue::look() {
    const auto asked =
        nlohmann::json::parse(call_("GET", "/venues/SIM/requests?after=" + taken_, {}));
    if (asked.empty()) {
        return std::nullopt;
    }
    taken_ = asked[0].at("number").get<std::string>();
    std::string raw = '|' + asked[0].at("text").get<std::string>() + '|';
    std::replace(raw.begin(), raw.end(), '|', '\x01');
    return raw;
}

std::optional<std::string> CertSimVenue::take(int timeout_ms) {
    constexpr int kPauseMs = 1;
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
    auto asked = look();
    while (!asked && std::chrono::steady_clock::now() < end) {
        ::poll(nullptr, 0, kPauseMs);
        asked = look();
    }
    return asked;
}

// It says what is listed and nothing beside, so what a gateway makes of a bare answer is seen, too.
std::string CertSimVenue::say(const client::Words& line, client::OrderVoice& voice) {
    client::Words words = line;
    words.set("11", voice.id_of(line.get("11")));
    words.drop("41");  // whoever answers a request need not say whom it was about
    words.drop("why");
    if (words.has("32") && !words.has("31")) {
        words.set("31", "10");
    }
    try {
        call_("POST", "/venues/SIM/say", nlohmann::json{{"text", words.text()}}.dump());
    } catch (const CliFailure& failure) {
        return failure.text;
    }
    return {};
}

// A call is answered between two turns of the gateway's loop, so between two calls there is a whole
// one: what was said is taken, and what follows from it is asked.
bool CertSimVenue::fence(int /*timeout_ms*/) {
    call_("GET", "/venues", {});
    return true;
}

}  // namespace sluice::app
