#include "gateway/app/cli.hpp"

#include <cstdio>
#include <exception>

#include <fmt/format.h>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/cli_verbs.hpp"
#include "gateway/app/nearest_word.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/app/version.hpp"

namespace sluice::app {
namespace {

// The verb that was read last: "sluice order list".
const CLI::App& deepest(const CLI::App& app) {
    const auto below = app.get_subcommands();
    return below.empty() ? app : deepest(*below.front());
}

std::string path_of(const CLI::App& app) {
    return app.get_parent() == nullptr ? "sluice"
                                       : path_of(*app.get_parent()) + " " + app.get_name();
}

std::vector<std::string> verbs_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* below : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(below->get_name());
    }
    return names;
}

std::vector<std::string> options_of(const CLI::App* app) {
    std::vector<std::string> names;
    for (; app != nullptr; app = app->get_parent()) {
        for (const CLI::Option* option : app->get_options()) {
            for (const std::string& name : option->get_lnames()) {
                names.push_back("--" + name);
            }
        }
    }
    return names;
}

// The first word that means nothing here.
std::string unknown_word(const CLI::App& app, const CLI::App& leaf) {
    for (const CLI::App* at = &leaf; at != nullptr; at = at == &app ? nullptr : at->get_parent()) {
        const auto remaining = at->remaining();
        if (!remaining.empty()) {
            return remaining.front();
        }
    }
    return {};
}

std::string usage_error(const CLI::App& app, const CLI::App& leaf, const std::string& otherwise) {
    const std::string word = unknown_word(app, leaf);
    const auto verbs = verbs_of(leaf);
    if (!word.empty() && word.front() == '-') {
        return fmt::format("{} has no option '{}'.{}", path_of(leaf),
                           word.substr(0, word.find('=')),
                           did_you_mean(word.substr(0, word.find('=')), options_of(&leaf)));
    }
    if (!word.empty() && !verbs.empty()) {
        return fmt::format("{} has no verb '{}'.{}", path_of(leaf), word,
                           did_you_mean(word, verbs));
    }
    if (!word.empty()) {
        return fmt::format("{} does not take '{}'", path_of(leaf), word);
    }
    if (!verbs.empty()) {
        return fmt::format("{} needs a verb: {}", path_of(leaf), fmt::join(verbs, ", "));
    }
    return otherwise;
}

int report_usage(const CLI::App& app, const CLI::ParseError& error) {
    const CLI::App& leaf = deepest(app);
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
        print(error.get_name() == "CallForVersion" ? version_line() + "\n" : leaf.help());
        return kOk;
    }
    print_error("error: " + usage_error(app, leaf, error.what()));
    print_error(fmt::format("  see: {} --help", path_of(leaf)));
    return kUsage;
}

void define(CLI::App& app, Invocation& invocation) {
    app.require_subcommand(1);
    app.set_version_flag("-V,--version", version_line());
    app.add_option("--socket", invocation.place.socket,
                   "Admin socket of the gateway (SLUICE_SOCKET)");
    app.add_option("--data-dir", invocation.place.data_dir,
                   "Its data directory (SLUICE_DATA_DIR; else ./sluice-demo or ./sluice-data)");
    app.add_option("--config", invocation.place.config, "Its configuration file");
    add_start_verbs(app, invocation);
    add_look_verbs(app, invocation);
    add_session_verbs(app, invocation);
    add_order_verbs(app, invocation);
    add_risk_verbs(app, invocation);
    add_audit_verbs(app, invocation);
    add_cert_verbs(app, invocation);
    add_tool_verbs(app, invocation);
}

int act(const Invocation& invocation) {
    try {
        const int exit_code = invocation.action();
        if (std::fflush(stdout) != 0) {
            print_error("error: standard output cannot be written");
            return exit_code == kOk ? int{kFailed} : exit_code;
        }
        return exit_code;
    } catch (const CliFailure& failure) {
        print_error("error: " + failure.text);
        if (!failure.next.empty()) {
            print_error("  try: " + failure.next);
        }
        return failure.exit_code;
    } catch (const std::exception& error) {
        print_error(fmt::format("error: {}", error.what()));
        return kFailed;
    }
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
    CLI::App app("Sluice: a FIX order gateway", "sluice");
    Invocation invocation;
    define(app, invocation);
    if (argc < 2) {
        print_error(app.help());
        return kUsage;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return report_usage(app, error);
    }
    return act(invocation);
}

}  // namespace sluice::app
