#include "gateway/app/cert_gateway.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/admin/admin_client.hpp"
#include "gateway/app/cli_failure.hpp"

namespace sluice::app {
namespace {

constexpr const char* kTrading = R"(accounts:
  - id: ACC1
    currency: USD
    max_order_qty: 100000
    max_order_notional: 10000000
    max_gross_notional: unlimited
    max_net_notional: unlimited
    max_long: unlimited
    max_short: unlimited
instruments:
  - {symbol: ACME, currency: USD, close: 10, allow_close: true, max_ref_age: unlimited, collar: {bps: unlimited}}
routes:
)";

std::string session_text(std::string_view id, FixVersion version, const std::string& rules) {
    return fmt::format("  - {{id: {}, begin_string: {}{}, addresses: [127.0.0.0/8], {}}}\n", id,
                       begin_string_of(version),
                       version == FixVersion::Fix50Sp2 ? ", default_appl_ver_id: FIX.5.0SP2" : "",
                       rules);
}

std::string sessions_text(const client::Scenario& scenario, FixVersion version) {
    std::string text = session_text(
        "CERT", version,
        fmt::format("accounts: [ACC1], default_account: ACC1, throttle: {{rate: unlimited, burst: "
                    "unlimited}}, pending_reports: {}{}",
                    scenario.pending_reports,
                    scenario.cancel_on_disconnect
                        ? ", cancel_on_disconnect: {scope: session, grace: 0}"
                        : ""));
    if (scenario.drop_copy) {
        text += session_text("COPY", version, "drop_copy: {enabled: true, sessions: [CERT]}");
    }
    return text;
}

// What a venue says by itself is in the scenarios; a FIX venue is asked nothing beside.
std::string venue_text(const client::Scenario& scenario,
                       FixVersion version,
                       CertVenueType venue,
                       std::uint16_t port) {
    if (venue == CertVenueType::Sim) {
        return "  - {id: SIM, type: sim, manual: true}\n";
    }
    return fmt::format(
        "  - {{id: SIM, type: fix, begin_string: {}, sender_comp_id: GATE, target_comp_id: VENUE, "
        "host: 127.0.0.1, port: {}, reconnect: 20ms, reconcile: {}, in_doubt_after: 0}}\n",
        begin_string_of(version), port, scenario.reconcile.empty() ? "flag" : scenario.reconcile);
}

std::string config_text(const client::Scenario& scenario,
                        FixVersion version,
                        CertVenueType venue,
                        std::uint16_t venue_port) {
    return fmt::format(
               "instance: T\ntwo_person: false\ndata_dir: data\nmax_orders: "
               "1024\nmax_pending_replaces: {}\n"
               "journal: {{segment_size: 4MiB}}\n"
               "listeners:\n  - {{name: cert, address: 127.0.0.1, port: 0}}\n"
               "sessions:\n{}venues:\n{}",
               scenario.max_pending_replaces, sessions_text(scenario, version),
               venue_text(scenario, version, venue, venue_port)) +
           kTrading + "  - {venues: [SIM]" + (scenario.hold ? ", when_down: hold}\n" : "}\n");
}

}  // namespace

std::string_view begin_string_of(FixVersion version) {
    return version == FixVersion::Fix50Sp2 ? "FIXT.1.1" : to_text(version);
}

CertGateway::CertGateway(const client::Scenario& scenario,
                         FixVersion version,
                         CertVenueType venue,
                         std::uint16_t venue_port)
    : version_(version) {
    std::string pattern = (std::filesystem::temp_directory_path() / "sluice-cert-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw CliFailure{kFailed, "no temporary directory could be made", {}};
    }
    dir_ = pattern;
    std::ofstream(dir_ + "/sluice.yaml") << config_text(scenario, version, venue, venue_port);
    start();
}

CertGateway::~CertGateway() {
    kill9();
    std::error_code ignored;
    std::filesystem::remove_all(dir_, ignored);
}

void CertGateway::kill9() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
}

void CertGateway::restart() {
    kill9();
    start();
}

void CertGateway::start() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        throw CliFailure{kFailed, "no pipe", {}};
    }
    const std::string config = dir_ + "/sluice.yaml";
    pid_ = ::fork();
    if (pid_ == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(ends[1], STDERR_FILENO);
        ::close(ends[0]);
        ::execl("/proc/self/exe", "sluice", "run", "--config", config.c_str(), "--wait", "park",
                static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::close(ends[1]);
    std::string output;
    char bytes[4096];
    while (output.find("\nready in") == std::string::npos) {
        const ssize_t n = ::read(ends[0], bytes, sizeof bytes);
        if (n <= 0) {
            ::close(ends[0]);
            throw CliFailure{kFailed, "the gateway to be certified did not start:\n" + output, {}};
        }
        output.append(bytes, static_cast<std::size_t>(n));
    }
    ::close(ends[0]);
    const auto at = output.find("  listening ");
    port_ = static_cast<std::uint16_t>(std::stoi(output.substr(output.find(':', at) + 1)));
}

client::FixClientConfig CertGateway::client_config() const {
    client::FixClientConfig config;
    config.port = port_;
    config.version = version_;
    config.sender_comp_id = "CERT";
    config.target_comp_id = "SLUICE";
    config.sequence_file = dir_ + "/client.seq";
    return config;
}

client::FixClientConfig CertGateway::listener_config() const {
    client::FixClientConfig config = client_config();
    config.sender_comp_id = "COPY";
    config.sequence_file = dir_ + "/copy.seq";
    return config;
}

std::string CertGateway::call(const std::string& method,
                              const std::string& target,
                              const std::string& body) const {
    const auto answer = admin_call(dir_ + "/data/admin.sock", method, target, body);
    if (!answer.ok()) {
        throw CliFailure{kFailed, answer.error().text, {}};
    }
    if (answer.value().status != 200) {
        throw CliFailure{
            kFailed, fmt::format("{} {}: {}", method, target, answer.value().body), {}};
    }
    return answer.value().body;
}

// cancel X, resolve X canceled, resolve X filled 100@10
void CertGateway::act_on_order(const std::vector<std::string>& words) const {
    nlohmann::json body{{"reason", "certification"}, {"session", "CERT"}};
    if (words.size() > 2) {
        body["as"] = words[2];
    }
    if (words.size() > 3) {
        const auto at = words[3].find('@');
        body["qty"] = words[3].substr(0, at);
        body["price"] = words[3].substr(std::min(at, words[3].size() - 1) + 1);
    }
    call("POST", fmt::format("/orders/{}/{}", words.at(1), words[0]), body.dump());
}

std::uint64_t CertGateway::alerts() const {
    return nlohmann::json::parse(call("GET", "/metrics", {}))
        .at("core_alerts")
        .get<std::uint64_t>();
}

void CertGateway::operate(const std::vector<std::string>& words) const {
    if (words.size() > 1 && (words[0] == "cancel" || words[0] == "resolve")) {
        return act_on_order(words);
    }
    nlohmann::json body{{"reason", "certification"}};
    const auto word = [&](std::size_t at) { return at < words.size() ? words[at] : std::string(); };
    if (word(0) == "day-roll") {
        call("POST", "/day-roll", body.dump());
        return;
    }
    body["scope"] = word(1);
    body["name"] = word(2);
    if (word(0) == "limit") {
        body["key"] = word(3);
        body["value"] = word(4);
        call("POST", "/risk/limits", body.dump());
    } else if (word(0) == "kill" || word(0) == "kill-cancel" || word(0) == "resume") {
        body["cancel_open"] = word(0) == "kill-cancel";
        call("POST", word(0) == "resume" ? "/resume" : "/kill", body.dump());
    } else {
        throw CliFailure{kFailed, "no such word for an operator: " + word(0), {}};
    }
}

void CertGateway::wait_for_venue(bool up) const {
    for (int attempt = 0; attempt < 1'000; ++attempt) {
        const auto venues = nlohmann::json::parse(call("GET", "/venues", {}));
        if (venues.at(0).at("state") == (up ? "up" : "down")) {
            return;
        }
        ::poll(nullptr, 0, 5);
    }
    throw CliFailure{kFailed, fmt::format("the venue did not go {}", up ? "up" : "down"), {}};
}

}  // namespace sluice::app
