// sluice cert: its verbs and options.
#include <memory>

#include "gateway/app/cert_command.hpp"
#include "gateway/app/cli_verbs.hpp"

namespace sluice::app {
namespace {

void add_run(CLI::App& cert, Invocation& invocation) {
    auto options = std::make_shared<CertOptions>();
    CLI::App& run = verb(cert, "run", "Play the scenarios; exit code 10 when one fails");
    CLI::Option* self =
        run.add_flag("--self-test", options->self_test,
                     "Against gateways of its own, between a client and venues of its own");
    CLI::Option* client = run.add_flag("--client", options->client,
                                       "Certify a client: say what it has to send, and compare");
    CLI::Option* target = run.add_option("--target", options->target,
                                         "HOST:PORT of a gateway of any make, as its client");
    self->excludes(client)->excludes(target);
    client->excludes(target);
    run.add_option("--venue", options->venue,
                   "--self-test: sim, fix or both; the simulated venue, a FIX venue, or each")
        ->check(CLI::IsMember({"sim", "fix", "both"}))
        ->needs(self);
    run.add_option("--version", options->version,
                   "4.2, 4.4 or 5.0SP2; without it all with --self-test, else 4.4")
        ->check(CLI::IsMember({"4.2", "4.4", "5.0SP2"}));
    run.add_option("--scenario", options->scenario, "This one alone; sluice cert list");
    run.add_option("--jobs", options->jobs, "--self-test: plays at one time")
        ->check(CLI::Range(1U, 64U))
        ->needs(self);
    run.add_option("--report", options->report, "File: JSON if its name ends in .json, else text");
    run.add_option("--port", options->port, "--client: where to listen; else a free port")
        ->needs(client);
    run.add_flag("--any-address", options->any_address,
                 "Listen for other machines, too, not for this one alone");
    run.add_option("--patience", options->patience, "--client: seconds for each step")
        ->check(CLI::Range(1U, 86'400U))
        ->needs(client);
    run.add_option("--sender", options->sender, "--target: SenderCompID(49)")->needs(target);
    run.add_option("--target-comp", options->target_comp, "--target: TargetCompID(56)")
        ->needs(target);
    run.add_option("--sequence-file", options->sequence_file,
                   "--target: where the numbers are kept; without it each Logon(A) resets them")
        ->needs(target);
    run.add_option("--venue-port", options->venue_port,
                   "--target: be its FIX venue, too, on this port")
        ->needs(target);
    run.add_flag("--pending-reports", options->pending_reports,
                 "--target: it reports Pending New, Cancel and Replace")
        ->needs(target);
    run.add_option("--symbol", options->symbol, "--target: Symbol(55) in place of ACME")
        ->needs(target);
    run.add_option("--account", options->account, "--target: Account(1) of orders")->needs(target);
    run.callback(
        [&invocation, options] { invocation.action = [options] { return run_cert(*options); }; });
}

}  // namespace

void add_cert_verbs(CLI::App& app, Invocation& invocation) {
    CLI::App& cert = group(app, "cert", "The order scenarios as a certification");
    CLI::App& list = verb(cert, "list", "What there is to play");
    add_output(list, invocation);
    list.callback([&invocation] {
        invocation.action = [&invocation] { return list_cert(invocation.format()); };
    });
    add_run(cert, invocation);
}

}  // namespace sluice::app
