#include "gateway/app/bench_command.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "gateway/app/bench_echo.hpp"
#include "gateway/app/bench_gateway.hpp"
#include "gateway/app/bench_report.hpp"
#include "gateway/app/cli_failure.hpp"
#include "gateway/app/client_command.hpp"
#include "sessions/client/load.hpp"

namespace sluice::app {
namespace {

constexpr const char* kEcho = "raw echo, 1 outstanding";
constexpr const char* kTwoEchoes = "two raw echoes in a chain, 1 outstanding";

class Bench {
public:
    explicit Bench(const BenchOptions& options) : options_(options) {}

    int run() {
        for (unsigned round = 0; round < options_.rounds; ++round) {
            one_round(round);
        }
        return print();
    }

private:
    // Every round starts each gateway anew: with an empty order table and an empty journal.
    void one_round(unsigned round) {
        {
            BenchEcho echo(spinning());
            report_.add(kEcho, "", echo.measure(options_.orders));
        }
        for (const std::uint32_t sessions : options_.sessions) {
            BenchGatewaySettings settings = gateway_settings();
            settings.sessions = sessions;
            loops(settings, sessions == 1 ? "" : fmt::format(", {} sessions", sessions), round);
        }
        if (!options_.certificate.empty()) {
            BenchGatewaySettings settings = gateway_settings();
            settings.certificate = options_.certificate;
            settings.key = options_.key;
            loops(settings, ", TLS", std::nullopt);
        }
        if (options_.chain) {
            chain();
        }
        if (!options_.peer.empty()) {
            peer();
        }
    }

    bool spinning() const { return options_.wait == "spin"; }

    BenchGatewaySettings gateway_settings() const {
        BenchGatewaySettings settings;
        settings.durability = options_.durability;
        settings.wait = options_.wait;
        settings.fast_path = options_.fast_path;
        // Every order rests until the gateway ends; wait_for_venue() adds some.
        const std::uint64_t measurements = options_.outstanding.size() + options_.shares.size();
        settings.max_orders = 1'024 + measurements * (options_.orders + plan().warmup);
        return settings;
    }

    client::LoadPlan plan() const {
        client::LoadPlan plan;
        plan.orders = options_.orders;
        plan.warmup = std::max<std::uint64_t>(options_.orders / 10, 100);
        plan.order = "55=XYZ|54=1|38=1|40=2|44=9.00|59=0";
        plan.blocking = !spinning();
        return plan;
    }

    using Clients = std::vector<std::unique_ptr<client::FixClient>>;

    static client::LoadResult load(const Clients& clients, const client::LoadPlan& plan) {
        std::vector<client::FixClient*> all;
        for (const auto& client : clients) {
            all.push_back(client.get());
        }
        auto ran = client::run_load(all, plan);
        if (!ran.ok()) {
            throw CliFailure{kCheckFailed, ran.error(), {}};
        }
        auto result = std::move(ran).value();
        if (result.rejected + result.business_rejects > 0) {
            throw CliFailure{kCheckFailed,
                             fmt::format("{} orders were refused, the first with {}",
                                         result.rejected + result.business_rejects, result.refusal),
                             {}};
        }
        return result;
    }

    // Orders per second of the fullest loop.
    double closed_loops(const Clients& clients, const std::string& name, const char* floor) {
        double saturation = 0;
        for (const std::uint64_t outstanding : options_.outstanding) {
            client::LoadPlan closed = plan();
            closed.outstanding = outstanding;
            const auto result = load(clients, closed);
            report_.add(fmt::format("{}, {} outstanding", name, outstanding), floor, result.latency,
                        result.rate());
            saturation = std::max(saturation, result.rate());
        }
        return saturation;
    }

    void loops(const BenchGatewaySettings& settings,
               const std::string& what,
               std::optional<unsigned> open_loop_seed) {
        const BenchGateway gateway(settings);
        const auto clients = gateway.connect();
        const double saturation = closed_loops(clients, "gateway" + what, kEcho);
        for (const double share : options_.shares) {
            if (!open_loop_seed) {
                break;
            }
            client::LoadPlan open = plan();
            open.rate = saturation * share;
            open.poisson = true;
            open.seed = *open_loop_seed + 1;
            const auto result = load(clients, open);
            report_.add(
                fmt::format("gateway{}, Poisson, {:.0f} % of saturation", what, share * 100), kEcho,
                result.latency, result.rate());
        }
        for (const auto& client : clients) {
            client->logout();
        }
    }

    // The venue is a second gateway with a book.
    void chain() {
        {
            BenchEcho echo(spinning(), 2);
            report_.add(kTwoEchoes, "", echo.measure(options_.orders));
        }
        const BenchGateway venue(gateway_settings());
        BenchGatewaySettings settings = gateway_settings();
        settings.venue_port = venue.port();
        const BenchGateway gateway(settings);
        const auto clients = gateway.connect();
        wait_for_venue(clients);
        closed_loops(clients, "gateway with a FIX venue", kTwoEchoes);
        clients.front()->logout();
    }

    // Until its session is up every order is refused.
    void wait_for_venue(const Clients& clients) const {
        for (int attempt = 0; attempt < 200; ++attempt) {
            client::FixClient& client = *clients.front();
            client.send("D",
                        fmt::format("11=UP-{}|60=20260101-00:00:00|{}", attempt, plan().order));
            while (const auto message = client.receive(5'000)) {
                if (message->field(150) == "0") {
                    return;
                }
                if (message->field(150) == "8") {
                    break;
                }
            }
            (void)client.receive(50);
        }
        throw CliFailure{kFailed, "the session to the FIX venue did not come up", {}};
    }

    void peer() {
        const auto cut = options_.peer.find('=');
        const std::string name = options_.peer.substr(0, cut);
        const auto [host, port] = parse_address(options_.peer.substr(cut + 1));
        client::FixClientConfig config;
        config.host = host;
        config.port = static_cast<std::uint16_t>(port);
        config.sender_comp_id = bench_session(0);
        Clients clients;
        clients.push_back(bench_client(config));
        closed_loops(clients, name, kEcho);
        clients.front()->logout();
    }

    std::string title() const {
        return fmt::format("{} orders a measurement, {} rounds (median), {}, wait {}, fast path {}",
                           options_.orders, options_.rounds, options_.durability, options_.wait,
                           options_.fast_path);
    }

    int print() const {
        switch (options_.format) {
            case BenchFormat::Table:
                fmt::print("{}\n{}", title(), report_.table());
                break;
            case BenchFormat::Json:
                fmt::print("{}", report_.json(title()));
                break;
            case BenchFormat::Markdown:
                fmt::print("{}\n\n{}", title(), report_.markdown());
                break;
        }
        return options_.baseline.empty() ? kOk : compare();
    }

    // On standard error, so that the figures themselves can be kept.
    int compare() const {
        std::ifstream in(options_.baseline);
        const std::string earlier{std::istreambuf_iterator<char>(in), {}};
        if (!in) {
            throw CliFailure{kFailed, options_.baseline + " cannot be read", {}};
        }
        const auto comparison = report_.compare(earlier, options_.tolerance);
        fmt::print(stderr, "\np50 in relation to the floor, before and now\n{}", comparison.text);
        return comparison.regressed ? kCheckFailed : kOk;
    }

    const BenchOptions& options_;
    BenchReport report_;
};

}  // namespace

int run_bench(const BenchOptions& options) {
    return Bench(options).run();
}

}  // namespace sluice::app
