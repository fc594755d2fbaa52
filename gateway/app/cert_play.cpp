#include "gateway/app/cert_play.hpp"

#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "gateway/app/cli_failure.hpp"
#include "sessions/client/cert_words.hpp"
#include "sessions/client/fix_text.hpp"

namespace sluice::app {
namespace {

using client::Scenario;
using client::ScenarioLine;
using client::Words;

// What went wrong at the line that is being played.
struct Wrong {
    std::string because;
};

// Nothing when the other side ended the connection instead of an answer: `why` says how.
std::unique_ptr<client::FixClient> try_to_log_on(const client::FixClientConfig& config,
                                                 std::string& why) {
    auto made = client::FixClient::connect(config);
    if (!made.ok()) {
        throw CliFailure{kFailed, made.error(), {}};
    }
    auto client = std::move(made).value();
    const auto logged_on = client->logon(kCertAnswerMs);
    if (logged_on.ok()) {
        return client;
    }
    why = "Logon: " + logged_on.error();
    if (!client->closed()) {
        throw CliFailure{kFailed, why, {}};
    }
    return nullptr;
}

// A gateway that has not settled the end of the last connection may refuse the next one, so this
// tries again, as any client does.
std::unique_ptr<client::FixClient> log_on_again(const client::FixClientConfig& config) {
    constexpr int kTries = 20;
    constexpr auto kPause = std::chrono::milliseconds(250);
    std::string why;
    for (int i = 0; i < kTries; ++i) {
        if (auto client = try_to_log_on(config, why)) {
            return client;
        }
        std::this_thread::sleep_for(kPause);
    }
    throw CliFailure{kFailed, why, {}};
}

}  // namespace

std::unique_ptr<client::FixClient> log_on_for_cert(const client::FixClientConfig& config) {
    std::string why;
    if (auto client = try_to_log_on(config, why)) {
        return client;
    }
    throw CliFailure{kFailed, why, {}};
}

Play::Play(FixVersion version,
           std::unique_ptr<client::FixClient>& client,
           client::FixClientConfig config,
           CertVenue* venue,
           Stagehand* stagehand)
    : version_(version),
      client_(client),
      config_(std::move(config)),
      venue_(venue),
      stagehand_(stagehand),
      voice_(venue != nullptr ? venue->version() : version) {}

void Play::translate(std::string prefix, std::string symbol, std::string account) {
    prefix_ = std::move(prefix);
    symbol_ = std::move(symbol);
    account_ = std::move(account);
}

void Play::listen(client::FixClientConfig config) {
    listener_config_ = std::move(config);
    listener_ = log_on_for_cert(listener_config_);
}

CertVerdict Play::run(const Scenario& scenario) {
    CertVerdict verdict;
    try {
        for (const ScenarioLine& line : scenario.lines) {
            verdict.line = line.number;
            verdict.rule = line.text;
            take(line);
        }
        verdict.line = 0;
        verdict.rule = "nothing else is said";
        end();
        verdict.passed = true;
    } catch (const Wrong& wrong) {
        verdict.because = wrong.because;
    } catch (const CliFailure& failure) {
        verdict.because = failure.text;
    }
    return verdict;
}

void Play::take(const ScenarioLine& line) {
    switch (line.kind) {
        case ScenarioLine::Kind::ClientSays:
            settle_venue();
            return client_says(named(names_.filled(Words(line.text))));
        case ScenarioLine::Kind::ClientHears:
            return hears(*client_, named(Words(line.text)));
        case ScenarioLine::Kind::ListenerHears:
            if (listener_ == nullptr) {
                throw Wrong{"nobody listens"};
            }
            return hears(*listener_, named(Words(line.text)));
        case ScenarioLine::Kind::VenueHears:
            return venue_ == nullptr ? void() : venue_hears(named(Words(line.text)));
        case ScenarioLine::Kind::VenueSays:
            return venue_ == nullptr ? void() : venue_says(named(Words(line.text)));
        case ScenarioLine::Kind::Operator:
            settle_venue();
            return operate(client::split_words(line.text));
        case ScenarioLine::Kind::OperatorSees:
            settle_venue();
            return operator_sees(line.text);
    }
}

// Our names, symbol and account in place of the scenario's.
Words Play::named(Words words) const {
    if (!prefix_.empty()) {
        for (const char* tag : {"11", "41", "66", "584"}) {
            const std::string name = words.get(tag);
            if (!name.empty() && name != "-" && name[0] != '?') {
                words.set(tag, prefix_ + name);
            }
        }
    }
    if (!symbol_.empty() && words.get("55") == "ACME") {
        words.set("55", symbol_);
    }
    return words;
}

void Play::client_says(const Words& words) {
    const std::string type = words.get("35");
    if (type == "E") {
        list_.push_back(words);
        if (words.get("67") == words.get("68")) {
            client_->send(type, client::list_body(list_, version_));
            list_.clear();
        }
        return;
    }
    std::string body = client::request_body(words, version_);
    if (!account_.empty() && (type == "D" || type == "F" || type == "G")) {
        body += "|1=" + account_;
    }
    client_->send(type, body);
}

void Play::hears(client::FixClient& client, const Words& words) {
    const auto message = client.receive(kCertAnswerMs);
    if (!message) {
        throw Wrong{client.closed() ? "the connection ended: " + client.close_text()
                                    : "nothing came"};
    }
    const std::string why = names_.difference(client::expected_report(words, version_),
                                              client::as_said(message->raw, version_));
    if (!why.empty()) {
        throw Wrong{why + "; came: " + client::readable(message->raw)};
    }
}

void Play::venue_hears(const Words& words) {
    const auto raw = venue_->take(kCertAnswerMs);
    if (!raw) {
        const auto told = client_->receive(0);
        throw Wrong{
            "the venue was asked nothing" +
            (told ? "; the client was told: " + client::readable(told->raw) : std::string())};
    }
    if (const std::string why = voice_.hear(words, *raw); !why.empty()) {
        throw Wrong{why + "; the venue was asked: " + client::readable(*raw)};
    }
}

void Play::venue_says(const Words& words) {
    if (const std::string why = venue_->say(words, voice_); !why.empty()) {
        throw Wrong{why};
    }
    unsettled_ = true;
}

// What a venue says and what a client asks come over two connections. Before the client asks, the
// gateway has to have read what the venue said.
void Play::settle_venue() {
    if (unsettled_ && !venue_->fence(kCertAnswerMs)) {
        throw Wrong{"the gateway does not answer the venue's TestRequest(1)"};
    }
    unsettled_ = false;
}

// True when the words were about a connection.
bool Play::operate_connection(const std::string& what) {
    if (what == "client off") {
        client_->cut();
    } else if (what == "client on") {
        client_ = log_on_again(config_);
    } else if (what == "listener off" && listener_ != nullptr) {
        listener_->cut();
    } else if (what == "listener on" && listener_ != nullptr) {
        listener_ = log_on_again(listener_config_);
    } else {
        return false;
    }
    return true;
}

void Play::operate(const std::vector<std::string>& words) {
    const std::string what = words.at(0) + (words.size() > 1 ? " " + words[1] : "");
    if (operate_connection(what)) {
        return;
    }
    if (stagehand_ == nullptr) {
        throw Wrong{"nobody here can do that"};
    }
    if (what == "venue down") {
        stagehand_->venue_down();
    } else if (what == "venue up") {
        stagehand_->venue_up();
    } else if (what == "restart") {
        client_->cut();
        config_ = stagehand_->restart();
        client_ = log_on_for_cert(config_);
        if (listener_ != nullptr) {
            listener_->cut();
            listener_config_.port = config_.port;
            listener_ = log_on_for_cert(listener_config_);
        }
    } else {
        stagehand_->operate(words);
    }
}

void Play::operator_sees(const std::string& words) {
    if (stagehand_ == nullptr) {
        throw Wrong{"nobody here can see that"};
    }
    const auto seen = fmt::format("alerts {}", stagehand_->alerts());
    if (seen != words) {
        throw Wrong{"there are " + seen};
    }
}

// A question about an order that never was goes through the whole gateway and back, behind
// everything that was to be said before. A session that listens is refused its question.
void Play::end() {
    settle_venue();
    const std::string question = client::request_body(
        Words(fmt::format("35=H|11={}END|55={}|54=1", prefix_, symbol_.empty() ? "ACME" : symbol_)),
        version_);
    client_->send("H", question);
    const auto message = client_->receive(kCertAnswerMs);
    if (!message || message->field(11) != prefix_ + "END") {
        throw Wrong{message ? "also came: " + client::readable(message->raw)
                            : "no answer to a status request"};
    }
    if (listener_ != nullptr) {
        listener_->send("H", question);
        const auto copied = listener_->receive(kCertAnswerMs);
        if (!copied || copied->type != "j") {
            throw Wrong{copied ? "a copy also came: " + client::readable(copied->raw)
                               : "the session that listens is not answered"};
        }
    }
    if (venue_ != nullptr && venue_->fence(kCertAnswerMs)) {
        if (const auto raw = venue_->take(0)) {
            throw Wrong{"the venue was also asked: " + client::readable(*raw)};
        }
    }
}

}  // namespace sluice::app
