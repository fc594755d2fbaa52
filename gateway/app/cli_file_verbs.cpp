// The verbs that work on files: the journal, configurations, FIX text; and the client.
#include <chrono>
#include <memory>

#include "gateway/app/audit_command.hpp"
#include "gateway/app/bench_command.hpp"
#include "gateway/app/cli_failure.hpp"
#include "gateway/app/cli_verbs.hpp"
#include "gateway/app/client_command.hpp"
#include "gateway/app/replay_command.hpp"
#include "gateway/app/risk_command.hpp"
#include "gateway/app/tool_command.hpp"

namespace sluice::app {
namespace {

struct AuditOptions {
    RecordFilter filter;
    std::string seq_range;
    std::string from;
    std::string to;
    std::string fields;
    std::string format = "csv";
    std::uint64_t seq = 0;
    std::size_t last = 10;
    std::string operator_name;
    std::vector<std::string> what_if;
    bool trace = false;
    bool raw = false;
    bool follow = false;
    bool verify = false;
};

void add_filter(CLI::App& verb, AuditOptions& options) {
    RecordFilter& filter = options.filter;
    verb.add_option("--clordid", filter.cl_ord_id, "ClOrdID(11) or OrigClOrdID(41)");
    verb.add_option("--order", filter.order,
                    "OrderID(37), or a ClOrdID(11) with all that followed");
    verb.add_option("--account", filter.account, "Account(1)");
    verb.add_option("--session", filter.session, "Client session or FIX venue");
    verb.add_option("--symbol", filter.symbol, "Symbol(55)");
    verb.add_option("--venue", filter.venue, "Venue");
    verb.add_option("--reason-code", filter.reason, "Reject code, such as MAX_ORDER_QTY");
    verb.add_option("--type", filter.types, "Record types or words of the EVENT column")
        ->delimiter(',')
        ->allow_extra_args(false);
    verb.add_option("--from", options.from, "UTC: 14:30, 2026-11-24, 2026-11-24T14:30:05.123");
    verb.add_option("--to", options.to, "UTC, not included");
    verb.add_option("--seq", options.seq_range, "12..30, 12.., ..30 or 12");
    verb.add_flag("--heartbeats", filter.heartbeats, "With heartbeats, ticks and seals");
}

RecordFilter filter_of(const AuditOptions& options) {
    RecordFilter filter = options.filter;
    const std::int64_t now = std::chrono::system_clock::now().time_since_epoch().count();
    if (!options.from.empty()) {
        filter.from_ns = parse_time_option("--from", options.from, now);
    }
    if (!options.to.empty()) {
        filter.to_ns = parse_time_option("--to", options.to, now);
    }
    if (!options.seq_range.empty()) {
        std::tie(filter.seq_from, filter.seq_to) = parse_seq_range(options.seq_range);
    }
    check_types(filter.types);
    if (options.raw && filter.types.empty()) {
        filter.types = {"FIX_IN", "FIX_OUT"};
    }
    return filter;
}

RowFormat row_format(const std::string& word, bool stream) {
    if (word == "json") {
        return stream ? RowFormat::JsonLines : RowFormat::Json;
    }
    return word == "csv" ? RowFormat::Csv : word == "fix" ? RowFormat::Fix : RowFormat::Table;
}

std::vector<std::string> fields_of(const AuditOptions& options, RowFormat format) {
    if (!options.fields.empty()) {
        return parse_fields(options.fields);
    }
    if (format != RowFormat::Table) {
        return row_fields();
    }
    std::vector<std::string> fields{"seq", "time", "event", "session", "order", "detail"};
    if (options.raw) {
        fields.back() = "raw";
    }
    return fields;
}

int search(const std::string& journal, const AuditOptions& options, RowFormat format) {
    const SearchRequest request{filter_of(options), options.trace || !options.filter.order.empty(),
                                format, fields_of(options, format)};
    return search_journal(journal, request);
}

void add_search(CLI::App& audit,
                Invocation& invocation,
                const std::shared_ptr<AuditOptions>& options) {
    CLI::App& command = verb(audit, "search", "Records that meet all conditions");
    add_filter(command, *options);
    command.add_flag("--trace", options->trace, "The whole chain of cancels and replaces");
    command.add_option("--fields", options->fields, "Columns, such as seq,time,event,detail");
    command.add_flag("--raw", options->raw, "The FIX messages, with | between fields");
    command.add_option("-o,--output", invocation.output, "table, json or csv")
        ->check(CLI::IsMember({"table", "json", "csv"}));
    command.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return search(invocation.journal(), *options, row_format(invocation.output, false));
        };
    });
}

void add_tail(CLI::App& audit,
              Invocation& invocation,
              const std::shared_ptr<AuditOptions>& options) {
    CLI::App& tail = verb(audit, "tail", "The newest records");
    add_filter(tail, *options);
    tail.add_flag("-f,--follow", options->follow, "Go on with what comes");
    tail.add_option("-n,--last", options->last, "How many of those that are there");
    tail.add_option("--fields", options->fields, "Columns, such as seq,time,event,detail");
    tail.add_flag("--raw", options->raw, "The FIX messages, with | between fields");
    tail.add_option("-o,--output", invocation.output, "table, json (one object a line) or csv")
        ->check(CLI::IsMember({"table", "json", "csv"}));
    tail.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            const RowFormat format = row_format(invocation.output, true);
            return tail_journal(invocation.journal(),
                                {filter_of(*options), format, fields_of(*options, format),
                                 options->last, options->follow});
        };
    });
}

void add_export(CLI::App& audit,
                Invocation& invocation,
                const std::shared_ptr<AuditOptions>& options) {
    CLI::App& command = verb(audit, "export", "Records as CSV, JSON lines or a FIX log");
    add_filter(command, *options);
    command.add_option("--format", options->format, "csv, json (one object a line) or fix")
        ->check(CLI::IsMember({"csv", "json", "fix"}));
    command.add_option("--fields", options->fields, "Columns, such as seq,time,event,detail");
    command.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return search(invocation.journal(), *options, row_format(options->format, true));
        };
    });
}

}  // namespace

void add_audit_verbs(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<AuditOptions>();
    CLI::App& audit = group(app, "audit", "The journal; needs no running gateway");
    add_search(audit, invocation, options);
    add_tail(audit, invocation, options);
    add_export(audit, invocation, options);
    CLI::App& show = verb(audit, "show", "All about one record");
    show.add_option("SEQ", options->seq, "Its sequence number")->required();
    add_output(show, invocation);
    show.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return show_record(invocation.journal(), options->seq, invocation.format());
        };
    });
    CLI::App& verify =
        verb(audit, "verify", "Every sum, number, time and seal; exit code 10 if wrong");
    add_output(verify, invocation);
    verify.callback([&invocation] {
        invocation.action = [&invocation] {
            return verify_journal(invocation.journal(), invocation.format());
        };
    });

    CLI::App& replay = verb(app, "replay", "Run the journal's inputs through the core again");
    replay.add_flag("--verify", options->verify,
                    "Compare every output; exit code 10 if one differs");
    replay
        .add_option("--what-if", options->what_if,
                    "SCOPE.NAME.LIMIT=VALUE, such as account.DEMO.max_order_qty=50")
        ->excludes("--verify");
    add_output(replay, invocation);
    replay.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            if (options->what_if.empty() && !options->verify) {
                throw CliFailure{kUsage, "replay needs --verify or --what-if KEY=VALUE",
                                 "sluice replay --help"};
            }
            return options->verify
                       ? verify_replay(invocation.journal(), invocation.format())
                       : what_if(invocation.journal(), options->what_if, invocation.format());
        };
    });

    CLI::App& journal = group(app, "journal", "Journal files");
    CLI::App& repair =
        verb(journal, "repair", "Give up records that are lost, so that a gateway starts");
    repair.add_option("--accept-loss", options->seq, "The first record that is given up")
        ->required();
    repair.add_option("--operator", options->operator_name, "Who answers for it; journaled")
        ->required();
    repair.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return repair_journal(invocation.journal(), options->seq, options->operator_name);
        };
    });
}

namespace {

void add_config_verbs(CLI::App& app, Invocation& invocation) {
    struct Options {
        std::string file;
        bool markdown = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App& config = group(app, "config", "Configuration files");
    CLI::App& check = verb(config, "check", "Every mistake of a file; exit code 3 if there is one");
    check.add_option("FILE", options->file)->required();
    check.callback([&invocation, options] {
        invocation.action = [options] { return check_config(options->file); };
    });
    CLI::App& accept =
        verb(config, "accept", "Take orders again after a start with a changed configuration");
    accept.add_option("--reason", invocation.reason, "Why; stands in the journal")->required();
    accept.callback([&invocation] {
        invocation.action = [&invocation] {
            return accept_config(invocation.gateway(), invocation.reason);
        };
    });
    CLI::App& show = verb(config, "show", "A file with all defaults written out, without secrets");
    show.add_option("FILE", options->file)->required();
    show.callback([&invocation, options] {
        invocation.action = [options] { return show_config(options->file); };
    });
    CLI::App& list = verb(config, "options", "Every key, its type and its default");
    list.add_flag("--markdown", options->markdown, "The reference page");
    list.callback([&invocation, options] {
        invocation.action = [options] { return list_config_options(options->markdown); };
    });
    CLI::App& explain = verb(app, "explain", "What a code such as C003 means");
    explain.add_option("CODE", options->file)->required();
    explain.callback([&invocation, options] {
        invocation.action = [options] { return explain_code(options->file); };
    });
}

void add_client_verb(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<ClientRequest>();
    CLI::App& client = verb(app, "client", "A FIX client at the terminal, or from a script");
    client.add_option("SESSION", options->session,
                      "What is not given below, the gateway is asked for");
    client.add_option("--host", options->host, "Of the gateway");
    client.add_option("--port", options->port, "Of the gateway")->check(CLI::Range(1U, 65'535U));
    client.add_option("--version", options->version, "FIX.4.2, FIX.4.4 or FIX.5.0SP2");
    client.add_option("--sender", options->sender, "SenderCompID(49)");
    client.add_option("--target", options->target, "TargetCompID(56)");
    client.add_option("--username", options->username, "Username(553)");
    client.add_option("--password-file", options->password_file, "Password(554) is its first line");
    client.add_option("--account", options->account, "Account(1) of orders that name none");
    client.add_option("--heartbeat", options->heart_bt_int, "HeartBtInt(108), seconds")
        ->check(CLI::Range(1U, 3'600U));
    client.add_option(
        "--sequence-file", options->sequence_file,
        "Where the sequence numbers are kept; client-SESSION.seq in the data directory");
    client.add_flag("--reset", options->reset, "Start again at 1 with ResetSeqNumFlag(141)");
    client.add_flag("--tls", options->tls, "TLS, with the system's certificates");
    client.add_option("--ca", options->ca,
                      "PEM file of who may have signed the gateway's certificate");
    client.add_option("--cert", options->certificate, "PEM file of our certificate");
    client.add_option("--key", options->key, "PEM file of its key");
    client.add_option("--server-name", options->server_name, "Name in the gateway's certificate");
    client.add_flag("--insecure", options->insecure, "TLS without checking the certificate");
    client.add_flag("--raw", options->raw, "Show the bytes both ways");
    client.add_option("--script", options->script, "Lines to type; - for standard input");
    client.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return run_client(invocation.gateway(), *options);
        };
    });
}

void add_bench_verb(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<BenchOptions>();
    CLI::App& bench = verb(app, "bench", "Measure a gateway of its own beside a raw echo");
    bench.add_option("--rounds", options->rounds, "Interleaved rounds, of which medians are shown")
        ->check(CLI::Range(1U, 100U));
    bench.add_option("--orders", options->orders, "Orders a measurement")
        ->check(CLI::Range(100U, 200'000U));
    bench.add_option("--durability", options->durability, "written or synced")
        ->check(CLI::IsMember({"written", "synced"}));
    bench.add_option("--wait", options->wait, "spin, spin_then_park or park")
        ->check(CLI::IsMember({"spin", "spin_then_park", "park"}));
    bench.add_option("--fast-path", options->fast_path, "on or off")
        ->check(CLI::IsMember({"on", "off"}));
    bench.add_option("--outstanding", options->outstanding, "Closed loops: orders under way")
        ->delimiter(',')
        ->check(CLI::Range(1U, 4'096U));
    bench
        .add_option("--sessions", options->sessions, "Sessions logged on at once, such as 1,10,100")
        ->delimiter(',')
        ->check(CLI::Range(1U, 10'000U));
    bench.add_flag("--chain", options->chain, "Also with a second gateway as FIX venue");
    auto* certificate = bench.add_option("--certificate", options->certificate,
                                         "Also over TLS: the gateway's certificate, PEM");
    auto* key = bench.add_option("--key", options->key, "Its key, PEM")->needs(certificate);
    certificate->needs(key);
    bench.add_option("--peer", options->peer,
                     "NAME=HOST:PORT of another FIX 4.4 engine that answers NewOrderSingle(D) of "
                     "BENCH0 to SLUICE");
    bench.add_option("--format", invocation.output, "table, json or markdown")
        ->check(CLI::IsMember({"table", "json", "markdown"}));
    bench.add_option("-o,--output", invocation.output, "the same");
    bench.add_option("--baseline", options->baseline,
                     "JSON of an earlier run; exit code 10 when a ratio to the echo grew");
    bench.add_option("--tolerance", options->tolerance, "How much it may grow")
        ->check(CLI::Range(0.0, 10.0));
    bench.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            options->format = invocation.output == "json"       ? BenchFormat::Json
                              : invocation.output == "markdown" ? BenchFormat::Markdown
                                                                : BenchFormat::Table;
            return run_bench(*options);
        };
    });
}

}  // namespace

void add_tool_verbs(CLI::App& app, Invocation& invocation) {
    add_config_verbs(app, invocation);
    add_client_verb(app, invocation);
    struct Options {
        std::vector<std::string> texts;
        bool one_line = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App& decode = verb(app, "decode", "Any FIX text in words");
    decode.add_option("TEXT", options->texts, "With any separator; none or - reads standard input");
    decode.add_flag("--one-line", options->one_line, "One line for each message");
    add_output(decode, invocation);
    decode.callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return decode_text(options->texts, options->one_line, invocation.format());
        };
    });
    add_bench_verb(app, invocation);
    verb(app, "hash-password", "The hash of a password, for a session's `password`")
        .callback([&invocation] { invocation.action = [] { return hash_password(); }; });
}

}  // namespace sluice::app
