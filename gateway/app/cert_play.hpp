// One scenario played over real sockets: each line is sent or waited for, and compared.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/app/cert_venue.hpp"
#include "sessions/client/fix_client.hpp"
#include "sessions/client/order_voice.hpp"
#include "sessions/client/scenario.hpp"

namespace sluice::app {

struct CertVerdict {
    bool passed = false;
    unsigned line = 0;    // of the scenario, where it went wrong; 0 at its end
    std::string rule;     // that line
    std::string because;  // what came instead
};

inline constexpr int kCertAnswerMs = 10'000;

// A client that is logged on. Throws CliFailure.
std::unique_ptr<client::FixClient> log_on_for_cert(const client::FixClientConfig& config);

// The gateway's side of a play: who can do what an A> line says, and see what an A< line says.
class Stagehand {
public:
    virtual ~Stagehand() = default;
    virtual void venue_down() = 0;
    virtual void venue_up() = 0;
    virtual client::FixClientConfig restart() = 0;  // where its client finds it now
    virtual void operate(const std::vector<std::string>& words) = 0;
    virtual std::uint64_t alerts() = 0;  // without those of the start
};

class Play {
public:
    // venue: null when nobody plays it. stagehand: null when nobody can.
    Play(FixVersion version,
         std::unique_ptr<client::FixClient>& client,
         client::FixClientConfig config,
         CertVenue* venue,
         Stagehand* stagehand);

    // In place of the names, symbol and account that the scenario writes.
    void translate(std::string prefix, std::string symbol, std::string account);
    // A second session, which listens.
    void listen(client::FixClientConfig config);

    CertVerdict run(const client::Scenario& scenario);

private:
    void take(const client::ScenarioLine& line);
    client::Words named(client::Words words) const;
    void client_says(const client::Words& words);
    void hears(client::FixClient& client, const client::Words& words);
    void venue_hears(const client::Words& words);
    void venue_says(const client::Words& words);
    void settle_venue();
    void operate(const std::vector<std::string>& words);
    bool operate_connection(const std::string& what);
    void operator_sees(const std::string& words);
    void end();

    FixVersion version_;
    std::unique_ptr<client::FixClient>& client_;
    client::FixClientConfig config_;
    CertVenue* venue_;
    Stagehand* stagehand_;
    client::OrderVoice voice_;
    client::ScenarioNames names_;
    std::unique_ptr<client::FixClient> listener_;
    client::FixClientConfig listener_config_;
    std::vector<client::Words> list_;
    bool unsettled_ = false;
    std::string prefix_, symbol_, account_;
};

}  // namespace sluice::app
