#include "gateway/app/run_command.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/app/exit_code.hpp"
#include "gateway/app/house.hpp"
#include "gateway/app/record_view.hpp"
#include "gateway/app/version.hpp"
#include "gateway/config/loader.hpp"

namespace sluice::app {
namespace {

// Lines for people: to the log file of the configuration, else to standard error.
class LineLog {
public:
    explicit LineLog(const std::string& path) {
        if (!path.empty()) {
            file_.reset(std::fopen(path.c_str(), "ae"));
        }
    }
    bool failed(const std::string& path) const { return !path.empty() && file_ == nullptr; }
    void line(const std::string& text) const {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        std::FILE* out = file_ ? file_.get() : stderr;
        fmt::print(out, "{} {}\n", iso_time(std::chrono::nanoseconds(now).count()), text);
        std::fflush(out);
    }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, Close> file_;
};

int fail(int exit_code, const std::string& text) {
    fmt::print(stderr, "error: {}\n", text);
    return exit_code;
}

config::Loaded load(const RunOptions& options) {
    if (options.demo && options.config_path.empty()) {
        return config::load_text(config::demo_document(), "embedded defaults",
                                 std::filesystem::current_path().string());
    }
    return config::load_file(options.config_path);
}

// The options of the command line over the document. Empty, or what is wrong with them.
std::string override_with(const RunOptions& options, config::GatewayConfig& config) {
    if (!options.data_dir.empty()) {
        const bool own_socket = config.admin.socket == config.data_dir + "/admin.sock";
        config.data_dir = options.data_dir;
        config.admin.socket = own_socket ? options.data_dir + "/admin.sock" : config.admin.socket;
    }
    if (options.port >= 0 && !config.listeners.empty()) {
        config.listeners.front().port = static_cast<std::uint16_t>(options.port);
    }
    if (options.durability == "written") {
        config.journal.durability = config::Durability::Written;
    } else if (options.durability == "synced") {
        config.journal.durability = config::Durability::Synced;
    } else if (!options.durability.empty()) {
        return fmt::format("--durability '{}' is not written or synced", options.durability);
    }
    if (options.wait == "spin") {
        config.wait.strategy = config::WaitStrategy::Spin;
    } else if (options.wait == "spin_then_park") {
        config.wait.strategy = config::WaitStrategy::SpinThenPark;
    } else if (options.wait == "park") {
        config.wait.strategy = config::WaitStrategy::Park;
    } else if (!options.wait.empty()) {
        return fmt::format("--wait '{}' is not spin, spin_then_park or park", options.wait);
    }
    return {};
}

std::string symbols_of(const CoreConfig& core) {
    std::string out;
    for (std::size_t i = 0; i < core.instruments.size() && i < 6; ++i) {
        out += (i == 0 ? "" : " ") + core.instruments[i].symbol;
    }
    return out + (core.instruments.size() > 6 ? " ..." : "");
}

void print_doors(const config::GatewayConfig& config, const StartFacts& facts) {
    for (std::size_t i = 0; i < config.listeners.size(); ++i) {
        fmt::print("  listening      {}{}\n", facts.addresses[i],
                   config.listeners[i].tls.enabled ? "  TLS" : "");
    }
    std::size_t shown = 0;
    for (std::size_t i = 0; i < config.sessions.size() && shown < 8; ++i, ++shown) {
        const auto& session = config.sessions[i];
        fmt::print("  session        {:10}  {:10}  SenderCompID(49)={}  TargetCompID(56)={}\n",
                   session.id, to_text(config.core.sessions[i].version), session.target_comp_id,
                   session.sender_comp_id);
    }
    if (config.sessions.size() > shown) {
        fmt::print("  session        and {} more\n", config.sessions.size() - shown);
    }
    for (const auto& venue : config.venues) {
        fmt::print("  venue          {:10}  {}\n", venue.id,
                   venue.type == config::VenueType::Sim
                       ? "simulated, price-time matching  " + symbols_of(config.core)
                       : fmt::format("FIX {}:{}", venue.fix.host, venue.fix.port));
    }
    for (std::size_t i = 0; i < config.core.accounts.size() && i < 4; ++i) {
        const auto& account = config.core.accounts[i];
        const auto& notional = account.limits[LimitKey::MaxOrderNotional];
        fmt::print("  account        {:10}  max_order_notional {}\n", account.id,
                   notional.is_number() ? notional.value.to_string() : "from above");
    }
    fmt::print("  admin          {}\n", facts.admin_socket);
    fmt::print("  journal        {}  {}\n", facts.journal_dir,
               config.journal.durability == config::Durability::Synced
                   ? "synced: nothing leaves before it is on disk"
                   : "written: survives a crash, not a power cut");
}

void print_recovery(const StartFacts& facts) {
    if (facts.records == 0) {
        return;
    }
    fmt::print(
        "recovered {}: {} records, {} open orders, sequence numbers kept for {} sessions, {} "
        "reports still to be sent"
        "{} ({:.0f} ms)\n",
        facts.journal_dir, facts.records, facts.open_orders, facts.sessions, facts.resent,
        facts.torn_bytes == 0 ? "" : fmt::format(", {} torn bytes cut", facts.torn_bytes),
        facts.recovery_ms);
}

sigset_t stop_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

}  // namespace

int run_gateway(const RunOptions& options) {
    const auto begin = std::chrono::steady_clock::now();
    // Before any thread: they all inherit the mask, and this thread takes the signals one at a
    // time.
    const sigset_t signals = stop_signals();
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    config::Loaded loaded = load(options);
    if (!loaded.report.empty()) {
        fmt::print(stderr, "{}", loaded.report);
    }
    if (!loaded.config) {
        return kInvalidConfiguration;
    }
    config::GatewayConfig& config = *loaded.config;
    if (const std::string wrong = override_with(options, config); !wrong.empty()) {
        return fail(kUsage, wrong);
    }
    const LineLog log(config.log.file);
    if (log.failed(config.log.file)) {
        return fail(kFailed, fmt::format("{}: the log file cannot be opened", config.log.file));
    }
    auto opened = House::open(config, [&log](const std::string& line) { log.line(line); });
    if (!opened.ok()) {
        return fail(opened.error().exit_code, opened.error().text);
    }
    const std::unique_ptr<House> house = std::move(opened).value();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;

    print_recovery(house->facts());
    fmt::print("sluice {}  instance {}  epoch {}  data in {}\n", version_number(),
               config.core.instance, house->facts().epoch, config.data_dir);
    print_doors(config, house->facts());
    fmt::print("ready in {:.0f} ms.", took.count());
    if (options.demo && !config.sessions.empty()) {
        fmt::print(" In another terminal:  ./sluice client {}", config.sessions.front().id);
    }
    fmt::print("  Ctrl-C stops cleanly.\n");
    std::fflush(stdout);

    int exit_code = kOk;
    std::thread hot([&] {
        exit_code = house->run();
        // The main thread sleeps until a signal; a loop that ended by itself must wake it.
        ::kill(::getpid(), SIGTERM);
    });
    int signal = 0;
    ::sigwait(&signals, &signal);
    house->request_stop();
    hot.join();
    fmt::print("{}\n",
               exit_code == kOk ? "stopped; the journal is closed" : "stopped after a failure");
    return exit_code;
}

}  // namespace sluice::app
