#include "gateway/app/cert_play.hpp"

#include <chrono>
#include <deque>

#include <fmt/format.h>

#include "gateway/app/cli_failure.hpp"
#include "sessions/client/cert_words.hpp"
#include "sessions/client/fix_text.hpp"

namespace sluice::app {
namespace {

using client::Scenario;
using client::ScenarioLine;
using client::Words;

constexpr int kAnswerMs = 10'000;

// What went wrong at the line that is being played.
struct Wrong {
    std::string because;
};

std::unique_ptr<client::FixClient> log_on(const client::FixClientConfig& config) {
    auto made = client::FixClient::connect(config);
    if (!made.ok()) {
        throw CliFailure{kFailed, made.error(), {}};
    }
    auto client = std::move(made).value();
    if (const auto logged_on = client->logon(kAnswerMs); !logged_on.ok()) {
        throw CliFailure{kFailed, "Logon: " + logged_on.error(), {}};
    }
    return client;
}

// The gateway's side of a play: who can do what an A> line says.
class Stagehand {
public:
    virtual ~Stagehand() = default;
    virtual void venue_down() = 0;
    virtual void venue_up() = 0;
    virtual client::FixClientConfig restart() = 0;  // where its client finds it now
    virtual void operate(const std::vector<std::string>& words) = 0;
};

class Play {
public:
    Play(FixVersion version,
         std::unique_ptr<client::FixClient>& client,
         client::FixClientConfig config,
         client::RawVenue* venue,
         Stagehand* stagehand)
        : version_(version),
          client_(client),
          config_(std::move(config)),
          venue_(venue),
          stagehand_(stagehand),
          voice_(version) {}

    // In place of the names, symbol and account that the scenario writes.
    void translate(std::string prefix, std::string symbol, std::string account) {
        prefix_ = std::move(prefix);
        symbol_ = std::move(symbol);
        account_ = std::move(account);
    }

    CertVerdict run(const Scenario& scenario) {
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

private:
    void take(const ScenarioLine& line) {
        switch (line.kind) {
            case ScenarioLine::Kind::ClientSays:
                settle_venue();
                return client_says(named(Words(line.text)));
            case ScenarioLine::Kind::ClientHears:
                return client_hears(named(Words(line.text)));
            case ScenarioLine::Kind::VenueHears:
                return venue_ == nullptr ? void() : venue_hears(named(Words(line.text)));
            case ScenarioLine::Kind::VenueSays:
                return venue_says(Words(line.text));
            case ScenarioLine::Kind::Operator:
                settle_venue();
                return operate(client::split_words(line.text));
        }
    }

    // Our names, symbol and account in place of the scenario's.
    Words named(Words words) const {
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

    void client_says(const Words& words) {
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

    void client_hears(const Words& words) {
        const auto message = client_->receive(kAnswerMs);
        if (!message) {
            throw Wrong{client_->closed() ? "the connection ended: " + client_->close_text()
                                          : "nothing came"};
        }
        const std::string why = names_.difference(client::expected_report(words, version_),
                                                  client::as_said(message->raw, version_));
        if (!why.empty()) {
            throw Wrong{why + "; came: " + client::readable(message->raw)};
        }
    }

    void venue_hears(const Words& words) {
        const auto raw = venue_->take(kAnswerMs);
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

    void venue_says(const Words& words) {
        if (venue_ == nullptr) {
            return;
        }
        const auto [type, body] = voice_.say(named(words));
        if (!venue_->say(type, body)) {
            throw Wrong{"the gateway is not logged on at the venue"};
        }
        unsettled_ = true;
    }

    // What a venue says and what a client asks come over two connections. Before the client asks,
    // the gateway has to have read what the venue said.
    void settle_venue() {
        if (unsettled_ && !venue_->fence(kAnswerMs)) {
            throw Wrong{"the gateway does not answer the venue's TestRequest(1)"};
        }
        unsettled_ = false;
    }

    void operate(const std::vector<std::string>& words) {
        const std::string what = words.at(0) + (words.size() > 1 ? " " + words[1] : "");
        if (what == "client off") {
            client_->cut();
        } else if (what == "client on") {
            client_ = log_on(config_);
        } else if (stagehand_ == nullptr) {
            throw Wrong{"nobody here can do that"};
        } else if (what == "venue down") {
            stagehand_->venue_down();
        } else if (what == "venue up") {
            stagehand_->venue_up();
        } else if (what == "restart") {
            client_->cut();
            config_ = stagehand_->restart();
            client_ = log_on(config_);
        } else {
            stagehand_->operate(words);
        }
    }

    // A question about an order that never was goes through the whole gateway and back, behind
    // everything that was to be said before.
    void end() {
        settle_venue();
        client_->send("H",
                      client::request_body(Words(fmt::format("35=H|11={}END|55={}|54=1", prefix_,
                                                             symbol_.empty() ? "ACME" : symbol_)),
                                           version_));
        const auto message = client_->receive(kAnswerMs);
        if (!message || message->field(11) != prefix_ + "END") {
            throw Wrong{message ? "also came: " + client::readable(message->raw)
                                : "no answer to a status request"};
        }
        if (venue_ != nullptr && venue_->fence(kAnswerMs) && venue_->waiting() > 0) {
            throw Wrong{"the venue was also asked: " + client::readable(*venue_->take(0))};
        }
    }

    FixVersion version_;
    std::unique_ptr<client::FixClient>& client_;
    client::FixClientConfig config_;
    client::RawVenue* venue_;
    Stagehand* stagehand_;
    client::OrderVoice voice_;
    client::ScenarioNames names_;
    std::vector<Words> list_;
    bool unsettled_ = false;
    std::string prefix_, symbol_, account_;
};

class OwnGateway final : public Stagehand {
public:
    OwnGateway(CertGateway& gateway, client::RawVenue& venue) : gateway_(gateway), venue_(venue) {}

    void venue_down() override {
        venue_.refuse(true);
        venue_.drop_connection();
        gateway_.wait_for_venue(false);
    }
    void venue_up() override {
        venue_.refuse(false);
        gateway_.wait_for_venue(true);
    }
    client::FixClientConfig restart() override {
        gateway_.restart();
        return gateway_.client_config();
    }
    void operate(const std::vector<std::string>& words) override { gateway_.operate(words); }

private:
    CertGateway& gateway_;
    client::RawVenue& venue_;
};

std::unique_ptr<client::RawVenue> listen(FixVersion version, std::uint16_t port, bool any) {
    auto made = client::RawVenue::listen(std::string(begin_string_of(version)), port, {}, any);
    if (!made.ok()) {
        throw CliFailure{kFailed, made.error(), {}};
    }
    return std::move(made).value();
}

}  // namespace

CertVerdict self_test(const Scenario& scenario, FixVersion version) {
    const auto venue = listen(version, 0, false);
    CertGateway gateway(scenario, version, venue->port());
    gateway.wait_for_venue(true);
    auto client = log_on(gateway.client_config());
    OwnGateway stagehand(gateway, *venue);
    return Play(version, client, gateway.client_config(), venue.get(), &stagehand).run(scenario);
}

CertTargetPlayer::CertTargetPlayer(CertTarget target, FixVersion version)
    : target_(std::move(target)), version_(version) {
    if (target_.venue_port) {
        venue_ = listen(version, *target_.venue_port, target_.any_address);
        constexpr int kLogonMs = 60'000;
        if (!venue_->wait_logged_on(true, kLogonMs)) {
            throw CliFailure{kTimedOut, "the gateway did not log on at the venue", {}};
        }
    }
    client_ = log_on(target_.client);
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
    if (scenario.max_pending_replaces > 1 || scenario.cancel_on_disconnect || scenario.hold) {
        return "needs a setting of its gateway";
    }
    for (const ScenarioLine& line : scenario.lines) {
        const bool connection = line.text.starts_with("client ");
        if (connection && target_.client.reset_on_logon) {
            return "needs sequence numbers that are kept";
        }
        if (line.kind == ScenarioLine::Kind::Operator && !connection) {
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
    Play play(version_, client_, target_.client, venue_.get(), nullptr);
    play.translate(fmt::format("{}-{}-", seconds % 1'000'000, ++played_), target_.symbol,
                   target_.account);
    auto verdict = play.run(scenario);
    if (!verdict.passed) {  // the next one begins without what is still under way
        client_->cut();
        client_ = log_on(target_.client);
        while (client_->receive(200)) {
        }
        while (venue_ && venue_->take(0)) {
        }
    }
    return verdict;
}

}  // namespace sluice::app
