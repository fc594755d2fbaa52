// The verbs that ask or change a running gateway, and those that start one.
#include "gateway/app/cli_verbs.hpp"

#include <memory>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/order_command.hpp"
#include "gateway/app/risk_command.hpp"
#include "gateway/app/run_command.hpp"
#include "gateway/app/session_command.hpp"
#include "gateway/app/status_command.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/app/tool_command.hpp"
#include "gateway/app/version.hpp"

namespace sluice::app {
namespace {

void add_run_options(CLI::App& run, RunOptions& options) {
    run.add_option("--port", options.port, "Listen on this port; 0 takes a free one")
        ->check(CLI::Range(0, 65'535));
    run.add_option("--durability", options.durability, "When an effect may leave")
        ->check(CLI::IsMember({"synced", "written"}));
    run.add_option("--wait", options.wait, "What the hot thread does when there is nothing to do")
        ->check(CLI::IsMember({"spin", "spin_then_park", "park"}));
}

void add_scope(CLI::App& kill, ScopeOptions& scope) {
    kill.add_option("--account", scope.account, "One account");
    kill.add_option("--session", scope.session, "One client session");
    kill.add_option("--trader", scope.trader, "One trader, by SenderSubID(50)");
    kill.add_option("--symbol", scope.symbol, "One instrument; with --account only there");
    kill.add_option("--venue", scope.venue, "One venue");
    kill.add_option("--group", scope.group, "One group of accounts");
    kill.add_flag("--firm", scope.firm, "Everything");
}

}  // namespace

CLI::App& group(CLI::App& parent, const std::string& name, const std::string& help) {
    CLI::App& app = *parent.add_subcommand(name, help);
    app.require_subcommand(1);
    app.fallthrough();
    return app;
}

CLI::App& verb(CLI::App& parent, const std::string& name, const std::string& help) {
    CLI::App& app = *parent.add_subcommand(name, help);
    app.fallthrough();
    return app;
}

void add_output(CLI::App& verb, Invocation& invocation) {
    verb.add_option("-o,--output", invocation.output, "table or json")
        ->check(CLI::IsMember({"table", "json"}));
}

void add_reason(CLI::App& verb, Invocation& invocation) {
    verb.add_option("--reason", invocation.reason, "Why; stands in the journal")->required();
}

void add_start_verbs(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<RunOptions>();
    CLI::App& demo =
        verb(app, "demo", "Start a gateway on embedded defaults, with a simulated venue");
    add_run_options(demo, *options);
    demo.callback([&invocation, options] {
        options->demo = true;
        options->data_dir = invocation.place.data_dir;
        invocation.action = [options] { return run_gateway(*options); };
    });
    CLI::App& run = verb(app, "run", "Start the gateway that --config FILE describes");
    add_run_options(run, *options);
    run.callback([&invocation, options] {
        options->config_path = invocation.place.config;
        options->data_dir = invocation.place.data_dir;
        invocation.action = [options] {
            if (options->config_path.empty()) {
                throw CliFailure{kUsage, "run needs --config FILE",
                                 "sluice init DIR, or sluice demo"};
            }
            return run_gateway(*options);
        };
    });
    CLI::App& init = verb(app, "init", "Write DIR/sluice.yaml to start from");
    auto directory = std::make_shared<std::string>(".");
    init.add_option("DIR", *directory, "Directory, made when it is not there")->required();
    init.callback([&invocation, directory] {
        invocation.action = [directory] { return init_directory(*directory); };
    });
    verb(app, "version", "What this binary is").callback([&invocation] {
        invocation.action = [] {
            print(version_line() + "\n");
            return int{kOk};
        };
    });
}

void add_look_verbs(CLI::App& app, Invocation& invocation) {
    CLI::App& status = verb(app, "status", "The gateway at a glance");
    add_output(status, invocation);
    status.callback([&invocation] {
        invocation.action = [&invocation] {
            return show_status(invocation.gateway(), invocation.format());
        };
    });
    CLI::App& check =
        verb(app, "check", "Health for monitors: exit code 10 when something is wrong");
    add_output(check, invocation);
    check.callback([&invocation] {
        invocation.action = [&invocation] {
            return check_health(invocation.gateway(), invocation.format());
        };
    });
    CLI::App& venue = group(app, "venue", "Venues");
    CLI::App& list = verb(venue, "list", "Venues and their state");
    add_output(list, invocation);
    list.callback([&invocation] {
        invocation.action = [&invocation] {
            return list_venues(invocation.gateway(), invocation.format());
        };
    });
    struct Options {
        std::string venue;
        std::string text;
        std::uint64_t after = 0;
    };
    auto options = std::make_shared<Options>();
    CLI::App& asked =
        verb(venue, "requests", "What a manual simulated venue was asked, newest last");
    asked.add_option("VENUE", options->venue)->required();
    asked.add_option("--after", options->after, "Only what came after the request of this number");
    add_output(asked, invocation);
    asked.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return list_asked(invocation.gateway(), options->venue, options->after,
                              invocation.format());
        };
    });
    CLI::App& say = verb(venue, "say", "Make a manual simulated venue say something");
    say.add_option("VENUE", options->venue)->required();
    say.add_option("TEXT", options->text, "As in 35=8|150=F|11=C1|32=100|31=10.5")->required();
    say.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return say_at_venue(invocation.gateway(), options->venue, options->text);
        };
    });
}

void add_session_verbs(CLI::App& app, Invocation& invocation) {
    struct Options {
        std::string id;
        unsigned in = 0;
        unsigned out = 0;
    };
    auto options = std::make_shared<Options>();
    CLI::App& session = group(app, "session", "FIX sessions");
    CLI::App& list = verb(session, "list", "Sessions, their state and sequence numbers");
    add_output(list, invocation);
    list.callback([&invocation] {
        invocation.action = [&invocation] {
            return list_sessions(invocation.gateway(), invocation.format());
        };
    });
    CLI::App& show = verb(session, "show", "All about one session");
    show.add_option("SESSION", options->id)->required();
    add_output(show, invocation);
    show.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return show_session(invocation.gateway(), options->id, invocation.format());
        };
    });
    const std::pair<const char*, const char*> changes[] = {
        {"logout", "Log a session out"},
        {"enable", "Let a session log on again"},
        {"disable", "Log a session out and refuse its logons"}};
    for (const auto& [name, help] : changes) {
        CLI::App& change = verb(session, name, help);
        change.add_option("SESSION", options->id)->required();
        add_reason(change, invocation);
        change.callback([&invocation, options, word = std::string(name)] {
            invocation.action = [&invocation, options, word] {
                return change_session(invocation.gateway(), word, options->id, invocation.reason);
            };
        });
    }
    CLI::App& reset =
        verb(session, "reset", "Set the next sequence numbers of a logged out session");
    reset.add_option("SESSION", options->id)->required();
    reset.add_option("--in", options->in, "Next MsgSeqNum(34) expected of the client")
        ->required()
        ->check(CLI::Range(1U, 999'999'999U));
    reset.add_option("--out", options->out, "Next MsgSeqNum(34) to send")
        ->required()
        ->check(CLI::Range(1U, 999'999'999U));
    add_reason(reset, invocation);
    reset.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return reset_session(invocation.gateway(), options->id, options->in, options->out,
                                 invocation.reason);
        };
    });
}

namespace {

void add_order_actions(CLI::App& order, Invocation& invocation) {
    auto options = std::make_shared<Resolution>();
    CLI::App& cancel = verb(order, "cancel", "Ask the venue to cancel one order");
    cancel.add_option("ID", options->id, "OrderID(37) or ClOrdID(11)")->required();
    cancel.add_option("--session", options->session, "Whose ClOrdID(11)");
    add_reason(cancel, invocation);
    cancel.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return cancel_order(invocation.gateway(), options->id, options->session,
                                invocation.reason);
        };
    });
    CLI::App& resolve =
        verb(order, "resolve", "Say what became of an order in doubt, in the venue's place");
    resolve.add_option("ID", options->id, "OrderID(37) or ClOrdID(11)")->required();
    resolve.add_option("QTY@PRICE", options->fill, "What was filled, with --as filled");
    resolve.add_option("--as", options->as, "filled, canceled, rejected or working")->required();
    resolve.add_option("--session", options->session, "Whose ClOrdID(11)");
    resolve.add_flag("--yes", options->yes, "Do not ask for the id");
    add_reason(resolve, invocation);
    resolve.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            options->reason = invocation.reason;
            return resolve_order(invocation.gateway(), *options);
        };
    });
}

}  // namespace

void add_order_verbs(CLI::App& app, Invocation& invocation) {
    struct Options {
        OrderListRequest list;
        std::string id;
        std::string session;
        bool messages = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App& order = group(app, "order", "Orders");
    CLI::App& list = verb(order, "list", "Orders in the order of their creation");
    list.add_option("--session", options->list.session, "Only of this client session");
    list.add_option("--account", options->list.account, "Only of this account");
    list.add_option("--symbol", options->list.symbol, "Only in this instrument");
    list.add_flag("--open", options->list.open_only, "Only those that work");
    list.add_option("--limit", options->list.limit, "At most so many")
        ->check(CLI::Range(1U, 10'000U));
    list.add_option("--after", options->list.after, "Only those created after this OrderID(37)");
    add_output(list, invocation);
    list.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return list_orders(invocation.gateway(), options->list, invocation.format());
        };
    });
    CLI::App& show = verb(order, "show", "One order: its state, and its life in the journal");
    show.add_option("ID", options->id, "OrderID(37) or ClOrdID(11)")->required();
    show.add_option("--session", options->session, "Whose ClOrdID(11)");
    show.add_flag("--raw", options->messages, "With the FIX messages");
    add_output(show, invocation);
    show.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return show_order(invocation.gateway(), options->id, options->session,
                              options->messages, invocation.format());
        };
    });
    CLI::App& explain = verb(order, "explain", "Why a request was accepted or refused");
    explain.add_option("ID", options->id, "ClOrdID(11) or OrderID(37)")->required();
    explain.add_option("--session", options->session, "Whose ClOrdID(11)");
    add_output(explain, invocation);
    explain.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return explain_order(invocation.found(), options->id, options->session,
                                 invocation.format());
        };
    });
    add_order_actions(order, invocation);
}

void add_risk_verbs(CLI::App& app, Invocation& invocation) {
    struct Options {
        std::string name;
        std::string scope;
        std::string symbol;
        std::vector<std::string> settings;
        bool keys = false;
        bool dry_run = false;
        bool yes = false;
        bool cancel_open = false;
        bool reduce_only = false;
        unsigned for_seconds = 0;
        ScopeOptions kill;
    };
    auto options = std::make_shared<Options>();
    CLI::App& risk = group(app, "risk", "Limits, exposure and kill switches");
    CLI::App& list = verb(risk, "list", "Limits, exposure and kill switches in force");
    list.add_option("NAME", options->name, "Only of this account, session, group or symbol");
    list.add_flag("--keys", options->keys, "The names of limits, and where each can be set");
    add_output(list, invocation);
    list.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return options->keys
                       ? list_limit_keys(invocation.format())
                       : list_risk(invocation.gateway(), options->name, invocation.format());
        };
    });
    CLI::App& set = verb(risk, "set", "Change limits of a running gateway");
    set.add_option("NAME", options->name, "Account, or what --scope says; firm for the firm")
        ->required();
    set.add_option("KEY=VALUE", options->settings,
                   "Such as max_order_qty=2500 or max_long=unlimited")
        ->required();
    set.add_option("--scope", options->scope,
                   "account (default), session, group, firm, instrument, account_instrument");
    set.add_option("--symbol", options->symbol, "Of an account's instrument");
    set.add_option("--reason", invocation.reason, "Why; stands in the journal");
    set.add_flag("--dry-run", options->dry_run, "Show what it would do");
    set.add_option("--for-seconds", options->for_seconds, "Then back to what it was");
    set.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return set_limits(
                invocation.gateway(),
                {limit_scope(options->name, options->scope, options->symbol), options->settings,
                 invocation.reason, options->dry_run, options->for_seconds});
        };
    });
    CLI::App& kill = verb(app, "kill", "Refuse new orders and replaces of a scope");
    add_scope(kill, options->kill);
    kill.add_flag("--cancel-open", options->cancel_open, "And cancel its open orders");
    kill.add_flag("--reduce-only", options->reduce_only,
                  "Still take orders that reduce a position");
    kill.add_flag("--yes", options->yes, "Do not ask for the name");
    add_reason(kill, invocation);
    kill.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return kill_trading(invocation.gateway(),
                                {kill_scope(options->kill), invocation.reason, options->cancel_open,
                                 options->yes, options->reduce_only});
        };
    });
    CLI::App& approve = verb(app, "approve", "Agree to a change that another person asked for");
    approve.add_option("NUMBER", options->name, "As the other person was told")->required();
    approve.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return approve_change(invocation.gateway(), options->name);
        };
    });
    CLI::App& again = verb(app, "rearm", "Let executions be counted from 0 again");
    add_scope(again, options->kill);
    add_reason(again, invocation);
    again.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return rearm(invocation.gateway(), kill_scope(options->kill), invocation.reason);
        };
    });
    CLI::App& resume = verb(app, "resume", "Lift a kill switch");
    add_scope(resume, options->kill);
    add_reason(resume, invocation);
    resume.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return resume_trading(invocation.gateway(), kill_scope(options->kill),
                                  invocation.reason);
        };
    });
}

}  // namespace sluice::app
