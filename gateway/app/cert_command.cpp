#include "gateway/app/cert_command.hpp"

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "gateway/app/cert_client.hpp"
#include "gateway/app/cert_report.hpp"
#include "gateway/app/cert_scenarios.hpp"
#include "gateway/app/cert_self_test.hpp"
#include "gateway/app/cert_target.hpp"
#include "gateway/app/cli_failure.hpp"
#include "gateway/app/client_command.hpp"
#include "gateway/app/terminal.hpp"

namespace sluice::app {
namespace {

using client::Scenario;

std::vector<Scenario> scenarios(const std::string& wanted) {
    std::vector<Scenario> all;
    for (const auto file : embedded_scenario_names()) {
        const auto name = file.substr(0, file.rfind('.'));
        if (!wanted.empty() && name != wanted) {
            continue;
        }
        auto parsed = client::parse_scenario(name, embedded_scenario(file));
        if (!parsed.ok()) {
            throw CliFailure{kFailed, parsed.error(), {}};
        }
        all.push_back(std::move(parsed).value());
    }
    if (all.empty()) {
        throw CliFailure{kNotFound, "there is no scenario " + wanted, "sluice cert list"};
    }
    return all;
}

std::vector<FixVersion> versions(const std::string& wanted, bool all) {
    if (wanted == "4.2") {
        return {FixVersion::Fix42};
    }
    if (wanted == "5.0SP2") {
        return {FixVersion::Fix50Sp2};
    }
    if (wanted.empty() && all) {
        return {FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2};
    }
    return {FixVersion::Fix44};
}

std::string version_words(const Scenario& scenario) {
    if (scenario.versions.empty()) {
        return "all";
    }
    std::string text;
    for (const FixVersion version : scenario.versions) {
        text += (text.empty() ? "" : " ") + std::string(to_text(version));
    }
    return text;
}

int finish(const CertReport& report, const CertOptions& options) {
    print(report.closing_line() + "\n");
    if (!options.report.empty()) {
        report.write(options.report);
    }
    return report.all_passed() ? kOk : kCheckFailed;
}

struct SelfTest {
    const Scenario* scenario;
    FixVersion version;
    CertVenueType venue;
    std::promise<CertVerdict> verdict;
};

CertVerdict play_alone(const SelfTest& test) {
    try {
        return self_test(*test.scenario, test.version, test.venue);
    } catch (const CliFailure& failure) {  // before the first line
        CertVerdict verdict;
        verdict.rule = "a gateway and its sessions";
        verdict.because = failure.text;
        return verdict;
    }
}

// Each play has a gateway and a directory of its own, so several go at one time; they are shown in
// their order.
void play_all(std::vector<SelfTest>& tests, unsigned jobs, CertReport& report) {
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < jobs; ++i) {
        workers.emplace_back([&] {
            for (std::size_t at = next++; at < tests.size(); at = next++) {
                tests[at].verdict.set_value(play_alone(tests[at]));
            }
        });
    }
    for (SelfTest& test : tests) {
        report.add(*test.scenario, test.version, to_text(test.venue),
                   test.verdict.get_future().get());
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
}

std::vector<CertVenueType> venues(const std::string& wanted) {
    return wanted == "sim"   ? std::vector{CertVenueType::Sim}
           : wanted == "fix" ? std::vector{CertVenueType::Fix}
                             : std::vector{CertVenueType::Fix, CertVenueType::Sim};
}

int self_test_all(const CertOptions& options) {
    CertReport report(options.venue == "sim"   ? "the simulated venue"
                      : options.venue == "fix" ? "a FIX venue"
                                               : "a FIX venue and the simulated one");
    const auto all = scenarios(options.scenario);
    std::vector<SelfTest> tests;
    for (const FixVersion version : versions(options.version, true)) {
        for (const CertVenueType venue : venues(options.venue)) {
            for (const Scenario& scenario : all) {
                const auto why = scenario.is_for(version) ? self_test_obstacle(scenario, venue)
                                                          : "the version does not have it";
                if (!why.empty()) {
                    report.skip(scenario, version, to_text(venue), why);
                } else {
                    tests.push_back({&scenario, version, venue, {}});
                }
            }
        }
    }
    play_all(tests, options.jobs, report);
    return finish(report, options);
}

int certify_target(const CertOptions& options) {
    const FixVersion version = versions(options.version, false).front();
    CertTarget target;
    const auto [host, port] = parse_address(options.target);
    target.client.host = host;
    target.client.port = static_cast<std::uint16_t>(port);
    target.client.version = version;
    target.client.sender_comp_id = options.sender;
    target.client.target_comp_id = options.target_comp;
    target.client.sequence_file = options.sequence_file;
    target.client.reset_on_logon = options.sequence_file.empty();
    target.any_address = options.any_address;
    target.pending_reports = options.pending_reports;
    target.symbol = options.symbol;
    target.account = options.account;
    if (options.venue_port != 0) {
        target.venue_port = options.venue_port;
    }
    CertReport report(
        fmt::format("{}{}", options.target, options.venue_port != 0 ? " and its FIX venue" : ""));
    CertTargetPlayer player(std::move(target), version);
    for (const Scenario& scenario : scenarios(options.scenario)) {
        if (!scenario.is_for(version)) {
            report.skip(scenario, version, {}, "the version does not have it");
        } else if (const auto why = player.obstacle(scenario); !why.empty()) {
            report.skip(scenario, version, {}, why);
        } else {
            report.add(scenario, version, {}, player.play(scenario));
        }
    }
    return finish(report, options);
}

int certify_client(const CertOptions& options) {
    const FixVersion version = versions(options.version, false).front();
    constexpr int kMsPerSecond = 1'000;
    CertClientPlayer player(version, options.port, options.any_address,
                            static_cast<int>(options.patience) * kMsPerSecond);
    print(fmt::format("listening on port {} for a client that speaks {}\n", player.port(),
                      to_text(version)));
    player.wait_for_client();
    CertReport report("a client");
    for (const Scenario& scenario : scenarios(options.scenario)) {
        const auto why = !scenario.is_for(version) ? std::string("the version does not have it")
                                                   : CertClientPlayer::obstacle(scenario);
        if (!why.empty()) {
            report.skip(scenario, version, {}, why);
        } else {
            report.add(scenario, version, {}, player.play(scenario));
        }
    }
    return finish(report, options);
}

}  // namespace

int list_cert(OutputFormat format) {
    Table table({{"scenario", "SCENARIO"}, {"versions", "VERSIONS"}, {"title", "TITLE"}});
    for (const Scenario& scenario : scenarios({})) {
        table.add({scenario.name, version_words(scenario), scenario.title});
    }
    print(table.as(format));
    return kOk;
}

int run_cert(const CertOptions& options) {
    if (options.client) {
        return certify_client(options);
    }
    if (!options.target.empty()) {
        return certify_target(options);
    }
    if (!options.self_test) {
        throw CliFailure{kUsage, "cert run needs --self-test, --client or --target HOST:PORT",
                         "sluice cert run --help"};
    }
    return self_test_all(options);
}

}  // namespace sluice::app
