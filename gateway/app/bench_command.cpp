#include "gateway/app/bench_command.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/app/cli_failure.hpp"
#include "sessions/client/load.hpp"

namespace sluice::app {
namespace {

// Sizes of an order and of its report on the wire, for the echo.
constexpr std::size_t kOrderBytes = 180;
constexpr std::size_t kReportBytes = 250;

constexpr const char* kConfig = R"(instance: G
data_dir: data
listeners:
  - {name: bench, address: 127.0.0.1, port: 0}
accounts:
  - id: BENCH
    currency: USD
    max_order_qty: 1000
    max_order_notional: 1000000
    max_gross_notional: unlimited
    max_net_notional: unlimited
    max_long: unlimited
    max_short: unlimited
sessions:
  - id: BENCH
    begin_string: FIX.4.4
    addresses: [127.0.0.0/8]
    accounts: [BENCH]
    default_account: BENCH
    throttle: {rate: unlimited, burst: unlimited}
instruments:
  - {symbol: XYZ, currency: USD, close: 10, allow_close: true, max_ref_age: unlimited, collar: {bps: 5000}}
venues:
  - {id: SIM, type: sim, max_in_flight: 4096}
routes:
  - {venues: [SIM]}
)";

std::int64_t now_ns() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

// A gateway of its own: this binary, a fresh directory, stopped and removed at the end.
class BenchGateway {
public:
    explicit BenchGateway(const BenchOptions& options) {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "sluice-bench-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw CliFailure{kFailed, "no temporary directory could be made", {}};
        }
        dir_ = pattern;
        std::ofstream(dir_ + "/sluice.yaml") << kConfig;
        start(options);
    }
    ~BenchGateway() {
        if (pid_ > 0) {
            ::kill(pid_, SIGTERM);
            ::waitpid(pid_, nullptr, 0);
        }
        std::error_code ignored;
        std::filesystem::remove_all(dir_, ignored);
    }
    BenchGateway(const BenchGateway&) = delete;
    BenchGateway& operator=(const BenchGateway&) = delete;

    std::unique_ptr<client::FixClient> connect() const {
        client::FixClientConfig config;
        config.port = port_;
        config.sender_comp_id = "BENCH";
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

private:
    void start(const BenchOptions& options) {
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
                    options.durability.c_str(), "--wait", options.wait.c_str(),
                    static_cast<char*>(nullptr));
            ::_exit(127);
        }
        ::close(ends[1]);
        std::string output;
        char bytes[4096];
        while (output.find("\nready in") == std::string::npos) {
            const ssize_t n = ::read(ends[0], bytes, sizeof bytes);
            if (n <= 0) {
                throw CliFailure{kFailed, "the gateway to be measured did not start", {}};
            }
            output.append(bytes, static_cast<std::size_t>(n));
        }
        ::close(ends[0]);
        const auto at = output.find("  listening ");
        port_ = static_cast<std::uint16_t>(std::stoi(output.substr(output.find(':', at) + 1)));
    }

    std::string dir_;
    pid_t pid_ = -1;
    std::uint16_t port_ = 0;
};

// The floor: a thread that answers kOrderBytes with kReportBytes, spinning as the gateway does.
class Echo {
public:
    Echo() {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        client_ = ::socket(AF_INET, SOCK_STREAM, 0);
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::listen(listener_, 1) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
            ::connect(client_, reinterpret_cast<sockaddr*>(&address), size) != 0) {
            throw CliFailure{kFailed, "the echo cannot be connected", {}};
        }
        server_ = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
        const int on = 1;
        ::setsockopt(client_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ::setsockopt(server_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        thread_ = std::thread([this] { answer(); });
    }
    ~Echo() {
        stop_ = true;
        thread_.join();
        ::close(client_);
        ::close(server_);
        ::close(listener_);
    }
    Echo(const Echo&) = delete;
    Echo& operator=(const Echo&) = delete;

    client::Histogram measure(std::uint64_t count) {
        client::Histogram out;
        std::vector<char> bytes(kReportBytes);
        const std::uint64_t warmup = count / 10;
        for (std::uint64_t i = 0; i < count + warmup; ++i) {
            const std::int64_t begin = now_ns();
            (void)!::send(client_, bytes.data(), kOrderBytes, MSG_NOSIGNAL);
            for (std::size_t got = 0; got < kReportBytes;) {
                const ssize_t n = ::recv(client_, bytes.data(), bytes.size() - got, MSG_DONTWAIT);
                got += n > 0 ? static_cast<std::size_t>(n) : 0;
            }
            if (i >= warmup) {
                out.record(now_ns() - begin);
            }
        }
        return out;
    }

private:
    void answer() {
        std::vector<char> bytes(kReportBytes);
        std::size_t got = 0;
        while (!stop_) {
            const ssize_t n = ::recv(server_, bytes.data(), kOrderBytes - got, 0);
            got += n > 0 ? static_cast<std::size_t>(n) : 0;
            if (got == kOrderBytes) {
                got = 0;
                (void)!::send(server_, bytes.data(), kReportBytes, MSG_NOSIGNAL);
            }
        }
    }

    int listener_ = -1;
    int client_ = -1;
    int server_ = -1;
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

struct Figures {
    std::string what;
    std::vector<client::Histogram> rounds;
    std::vector<double> rates;
};

std::string micros(std::int64_t ns) {
    return fmt::format("{:.1f}", static_cast<double>(ns) / 1'000);
}

// Median over the rounds of a percentile.
std::int64_t median(const Figures& figures, double share) {
    std::vector<std::int64_t> values;
    for (const auto& round : figures.rounds) {
        values.push_back(share < 0 ? round.max() : round.percentile(share));
    }
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double median_rate(const Figures& figures) {
    auto rates = figures.rates;
    std::sort(rates.begin(), rates.end());
    return rates.empty() ? 0 : rates[rates.size() / 2];
}

client::LoadResult run_plan(client::FixClient& client, const client::LoadPlan& plan) {
    auto ran = client::run_load(client, plan);
    if (!ran.ok()) {
        throw CliFailure{kCheckFailed, ran.error(), {}};
    }
    return std::move(ran).value();
}

class Bench {
public:
    explicit Bench(const BenchOptions& options) : options_(options) {}

    int run() {
        for (unsigned round = 0; round < options_.rounds; ++round) {
            one_round(round);
        }
        print();
        return kOk;
    }

private:
    Figures& row(std::size_t index, const std::string& what) {
        if (rows_.size() <= index) {
            rows_.push_back({what, {}, {}});
        }
        return rows_[index];
    }

    void one_round(unsigned round) {
        std::size_t at = 0;
        {
            Echo echo;
            row(at++, "raw echo, closed loop, 1 outstanding")
                .rounds.push_back(echo.measure(options_.orders));
        }
        // A fresh gateway for each round: every round starts with an empty order table and journal.
        const BenchGateway gateway(options_);
        const auto client = gateway.connect();
        client::LoadPlan plan;
        plan.orders = options_.orders;
        plan.order = "55=XYZ|54=1|38=1|40=2|44=9.00|59=0";
        double saturation = 0;
        for (const std::uint64_t outstanding : options_.outstanding) {
            plan.outstanding = outstanding;
            auto result = run_plan(*client, plan);
            Figures& figures =
                row(at++, fmt::format("gateway, closed loop, {} outstanding", outstanding));
            figures.rounds.push_back(result.latency);
            figures.rates.push_back(result.rate());
            saturation = std::max(saturation, result.rate());
        }
        for (const double share : options_.shares) {
            plan.rate = saturation * share;
            plan.poisson = true;
            plan.seed = round + 1;
            auto result = run_plan(*client, plan);
            Figures& figures = row(
                at++,
                fmt::format("gateway, open loop, Poisson, {:.0f} % of saturation", share * 100));
            figures.rounds.push_back(result.latency);
            figures.rates.push_back(result.rate());
        }
        client->logout();
    }

    void print() const {
        Table table({{"measurement", "MEASUREMENT"},
                     {"p50_us", "P50 us", true},
                     {"p90_us", "P90", true},
                     {"p99_us", "P99", true},
                     {"p999_us", "P99.9", true},
                     {"max_us", "MAX", true},
                     {"orders_per_s", "ORDERS/s", true},
                     {"p50_of_echo", "P50/ECHO", true}});
        const auto floor = static_cast<double>(median(rows_.front(), 0.5));
        for (const Figures& figures : rows_) {
            table.add({figures.what, micros(median(figures, 0.5)), micros(median(figures, 0.9)),
                       micros(median(figures, 0.99)), micros(median(figures, 0.999)),
                       micros(median(figures, -1)),
                       figures.rates.empty() ? "-" : fmt::format("{:.0f}", median_rate(figures)),
                       fmt::format("{:.2f}", static_cast<double>(median(figures, 0.5)) / floor)});
        }
        if (options_.format == OutputFormat::Table) {
            fmt::print(
                "one session, {} orders a measurement, {} rounds (median), {}, wait strategy {}\n",
                options_.orders, options_.rounds, options_.durability, options_.wait);
        }
        fmt::print("{}", table.as(options_.format));
    }

    const BenchOptions& options_;
    std::vector<Figures> rows_;
};

}  // namespace

int run_bench(const BenchOptions& options) {
    return Bench(options).run();
}

}  // namespace sluice::app
