#include "gateway/app/bench_gateway.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/app/cli_failure.hpp"

namespace sluice::app {
namespace {

constexpr const char* kAccount = R"(accounts:
  - id: BENCH
    currency: USD
    max_order_qty: 1000
    max_order_notional: 1000000
    max_gross_notional: unlimited
    max_net_notional: unlimited
    max_long: unlimited
    max_short: unlimited
instruments:
  - {symbol: XYZ, currency: USD, close: 10, allow_close: true, max_ref_age: unlimited, collar: {bps: 5000}}
routes:
  - {venues: [BOOK]}
)";

// The session under which a gateway in front sends its orders here, beside BENCH0 and so on.
constexpr const char* kFront = "FRONT";

std::string session_text(const std::string& id) {
    return fmt::format(
        "  - {{id: {}, begin_string: FIX.4.4, addresses: [127.0.0.0/8], accounts: [BENCH], "
        "default_account: BENCH, throttle: {{rate: unlimited, burst: unlimited}}}}\n",
        id);
}

std::string config_text(const BenchGatewaySettings& settings) {
    std::string text =
        "instance: G\ndata_dir: data\nmax_orders: " + std::to_string(settings.max_orders) +
        "\nfast_path: " + settings.fast_path +
        "\nlogon: {max_unauthenticated: 16384, max_per_address: 16384}\n";
    const std::string tls =
        settings.certificate.empty()
            ? ""
            : fmt::format(", tls: {{certificate: {}, key: {}}}",
                          std::filesystem::absolute(settings.certificate).string(),
                          std::filesystem::absolute(settings.key).string());
    text += fmt::format("listeners:\n  - {{name: bench, address: 127.0.0.1, port: 0{}}}\n", tls);
    text += "sessions:\n" + session_text(kFront);
    for (std::uint32_t n = 0; n < settings.sessions; ++n) {
        text += session_text(bench_session(n));
    }
    text +=
        settings.venue_port == 0
            ? fmt::format(
                  "venues:\n  - {{id: BOOK, type: sim, max_in_flight: 4096, max_working: {}}}\n",
                  settings.max_orders)
            : fmt::format(
                  "venues:\n  - {{id: BOOK, type: fix, begin_string: FIX.4.4, "
                  "sender_comp_id: {}, target_comp_id: SLUICE, host: 127.0.0.1, "
                  "port: {}, max_in_flight: 4096}}\n",
                  kFront, settings.venue_port);
    return text + kAccount;
}

}  // namespace

std::string bench_session(std::uint32_t n) {
    return "BENCH" + std::to_string(n);
}

std::unique_ptr<client::FixClient> bench_client(client::FixClientConfig config) {
    config.heart_bt_int = 60;
    config.reset_on_logon = true;
    auto made = client::FixClient::connect(config);
    if (!made.ok()) {
        throw CliFailure{kFailed, made.error(), {}};
    }
    auto client = std::move(made).value();
    if (const auto logged_on = client->logon(); !logged_on.ok()) {
        throw CliFailure{kFailed, logged_on.error(), {}};
    }
    return client;
}

BenchGateway::BenchGateway(const BenchGatewaySettings& settings) : settings_(settings) {
    std::string pattern = (std::filesystem::temp_directory_path() / "sluice-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw CliFailure{kFailed, "no temporary directory could be made", {}};
    }
    dir_ = pattern;
    std::ofstream(dir_ + "/sluice.yaml") << config_text(settings_);
    start();
}

BenchGateway::~BenchGateway() {
    if (pid_ > 0) {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove_all(dir_, ignored);
}

std::vector<std::unique_ptr<client::FixClient>> BenchGateway::connect() const {
    std::vector<std::unique_ptr<client::FixClient>> clients;
    for (std::uint32_t n = 0; n < settings_.sessions; ++n) {
        client::FixClientConfig config;
        config.port = port_;
        config.sender_comp_id = bench_session(n);
        config.tls = !settings_.certificate.empty();
        config.tls_config.verify_peer = false;
        clients.push_back(bench_client(config));
    }
    return clients;
}

void BenchGateway::start() {
    int ends[2];
    if (::pipe(ends) != 0) {
        throw CliFailure{kFailed, "no pipe", {}};
    }
    pid_ = ::fork();
    if (pid_ == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        const std::string config = dir_ + "/sluice.yaml";
        ::execl("/proc/self/exe", "sluice", "run", "--config", config.c_str(), "--durability",
                settings_.durability.c_str(), "--wait", settings_.wait.c_str(),
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
            throw CliFailure{kFailed, "the gateway to be measured did not start", {}};
        }
        output.append(bytes, static_cast<std::size_t>(n));
    }
    ::close(ends[0]);
    const auto at = output.find("  listening ");
    port_ = static_cast<std::uint16_t>(std::stoi(output.substr(output.find(':', at) + 1)));
}

}  // namespace sluice::app
