#include "gateway/app/cert_client.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "gateway/app/cert_gateway.hpp"
#include "gateway/app/cli_failure.hpp"
#include "gateway/app/terminal.hpp"
#include "sessions/client/cert_words.hpp"
#include "sessions/client/fix_text.hpp"
#include "sessions/codec/field_names.hpp"

namespace sluice::app {
namespace {

using client::Scenario;
using client::ScenarioLine;
using client::Words;

// "NewOrderSingle(D) with a ClOrdID(11) of yours, here X, Symbol(55)=ACME, Side(54)=1"
std::string in_words(const Words& line) {
    const std::string type = line.get("35");
    std::string text = fmt::format("{}({})", codec::message_name(type), type);
    const char* before = " with ";
    for (const auto& [tag, value] : line.fields()) {
        if (tag == "35") {
            continue;
        }
        const std::string name(codec::field_name(std::atoi(tag.c_str())));
        text += before;
        text += tag == "11"   ? fmt::format("your {}({}) {}", name, tag, value)
                : tag == "41" ? fmt::format("{}({}) of {}", name, tag, value)
                              : fmt::format("{}({})={}", name, tag, value);
        before = ", ";
    }
    return text;
}

}  // namespace

CertClientPlayer::CertClientPlayer(FixVersion version,
                                   std::uint16_t port,
                                   bool any_address,
                                   int patience_ms)
    : version_(version), patience_ms_(patience_ms) {
    auto made =
        client::RawVenue::listen(std::string(begin_string_of(version)), port, {}, any_address);
    if (!made.ok()) {
        throw CliFailure{kFailed, made.error(), {}};
    }
    acceptor_ = std::move(made).value();
}

void CertClientPlayer::wait_for_client() {
    if (!acceptor_->wait_logged_on(true, patience_ms_)) {
        throw CliFailure{kTimedOut, "no client logged on", {}};
    }
}

std::string CertClientPlayer::obstacle(const Scenario& scenario) {
    bool sends = false;
    for (const ScenarioLine& line : scenario.lines) {
        const std::string type = Words(line.text).get("35");
        if (line.kind == ScenarioLine::Kind::ClientSays) {
            sends = true;
            if (std::string_view("DFGH").find(type) == std::string_view::npos || type.size() != 1) {
                return "a client need not send it";
            }
        }
        if (line.kind == ScenarioLine::Kind::ClientHears && type != "8" && type != "9") {
            return "a client need not send it";
        }
    }
    return sends ? std::string() : "the client has nothing to do";
}

CertVerdict CertClientPlayer::play(const Scenario& scenario) {
    print(fmt::format("\n{}\n", scenario.title));
    client::OrderVoice voice(version_);
    CertVerdict verdict;
    for (const ScenarioLine& line : scenario.lines) {
        verdict.line = line.number;
        verdict.rule = line.text;
        verdict.because = take(line, voice);
        if (!verdict.because.empty()) {
            while (acceptor_->take(0)) {  // the next one begins anew
            }
            return verdict;
        }
    }
    verdict.passed = true;
    return verdict;
}

std::string CertClientPlayer::take(const ScenarioLine& line, client::OrderVoice& voice) {
    switch (line.kind) {
        case ScenarioLine::Kind::ClientSays:
            return client_sends(line, voice);
        case ScenarioLine::Kind::ClientHears: {
            Words words = client::expected_report(Words(line.text), version_);
            if (words.has("why") && !words.has("58")) {
                words.set("58", words.get("why") + ": certification");
            }
            const auto [type, body] = voice.say(words);
            if (!acceptor_->say(type, body)) {
                return "the client is not logged on";
            }
            return {};
        }
        case ScenarioLine::Kind::Operator:
            return connection(line.text);
        case ScenarioLine::Kind::VenueHears:
        case ScenarioLine::Kind::VenueSays:
        case ScenarioLine::Kind::ListenerHears:
        case ScenarioLine::Kind::OperatorSees:
            return {};  // between the gateway and others; the client sees what comes of it
    }
    return {};
}

std::string CertClientPlayer::client_sends(const ScenarioLine& line, client::OrderVoice& voice) {
    const Words words(line.text);
    print(fmt::format("  send {}\n", in_words(words)));
    const auto raw = acceptor_->take(patience_ms_);
    if (!raw) {
        return "nothing came";
    }
    const std::string why = voice.hear(words, *raw);
    return why.empty() ? why : why + "; came: " + client::readable(*raw);
}

// What an operator does that a client notices.
std::string CertClientPlayer::connection(const std::string& words) {
    if (words == "client off") {
        print("  end the connection\n");
        return acceptor_->wait_logged_on(false, patience_ms_) ? "" : "it did not end";
    }
    if (words == "restart") {
        acceptor_->drop_connection();
        if (!acceptor_->wait_logged_on(false, patience_ms_)) {
            return "the connection did not end";
        }
    }
    if (words == "client on" || words == "restart") {
        print("  log on again\n");
        return acceptor_->wait_logged_on(true, patience_ms_) ? "" : "nobody logged on";
    }
    return {};
}

}  // namespace sluice::app
