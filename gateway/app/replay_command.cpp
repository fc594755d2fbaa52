#include "gateway/app/replay_command.hpp"

#include <chrono>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/fix_out_comparison.hpp"
#include "gateway/app/journal_rows.hpp"
#include "gateway/app/nearest_word.hpp"
#include "gateway/app/other_rooms.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/core/verifier.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace sluice::app {
namespace {

using Json = nlohmann::ordered_json;

journal::JournalReader reader_of(const std::string& journal_dir) {
    open_journal(journal_dir);  // says so when there is none
    return journal::JournalReader(
        {.dir = journal_dir, .instance = {}, .from_seq = 0, .with_fill = false});
}

void require_sound(const journal::JournalReader& reader) {
    if (const auto& problem = reader.problem()) {
        throw CliFailure{kCheckFailed,
                         fmt::format("{}: at byte {}, where record {} should be: {}", problem->file,
                                     problem->offset, problem->expected_seq, problem->message),
                         "sluice audit verify"};
    }
}

Json verify_json(const Verifier& verifier) {
    Json mismatches = Json::array();
    for (const Mismatch& mismatch : verifier.mismatches()) {
        mismatches.push_back({{"seq", std::to_string(mismatch.seq)},
                              {"cause", std::to_string(mismatch.cause)},
                              {"text", mismatch.words}});
    }
    const auto& counts = verifier.counts();
    return {{"ok", verifier.ok()},
            {"records", std::to_string(counts.records)},
            {"inputs", std::to_string(counts.inputs)},
            {"decisions", std::to_string(counts.decisions)},
            {"requests", std::to_string(counts.requests)},
            {"reports", std::to_string(counts.reports)},
            {"unsent", std::to_string(counts.unsent)},
            {"mismatch_count", std::to_string(counts.mismatches)},
            {"mismatches", mismatches}};
}

std::string request_words(const Flip& flip) {
    const Command& command = flip.command;
    return fmt::format("{} {} {} {} {}", command.cl_ord_id.view(), to_text(command.side),
                       command.order_qty.to_string(), command.symbol.view(),
                       command.price.to_string());
}

std::string verdict(const Decision& decision) {
    if (decision.accepted) {
        return "ACCEPT";
    }
    std::string text = fmt::format("REJECT {}", code(decision.reason));
    if (decision.limit_key != LimitKey::None) {
        text += fmt::format(" {} against {}", decision.observed.to_string(),
                            decision.limit.to_string());
    }
    return text;
}

LimitValue parse_value(const std::string& text, const std::string& value) {
    if (value == "unlimited") {
        return LimitValue::unlimited();
    }
    const auto number = Decimal::parse(value);
    if (!number.ok()) {
        throw CliFailure{
            kUsage, fmt::format("'{}': '{}' is neither a number nor 'unlimited'", text, value), {}};
    }
    return LimitValue::number(number.value());
}

template <std::size_t N>
void assign(Text<N>& out, std::string_view value, const std::string& text) {
    if (!out.assign(value)) {
        throw CliFailure{
            kUsage, fmt::format("'{}': '{}' is longer than {} characters", text, value, N), {}};
    }
}

}  // namespace

LimitOverride parse_override(const std::string& text) {
    const std::size_t equals = text.find('=');
    const std::size_t last = equals == std::string::npos ? equals : text.rfind('.', equals);
    if (last == std::string::npos || last == 0) {
        throw CliFailure{kUsage,
                         fmt::format("'{}' is not SCOPE.NAME.LIMIT=VALUE, such as "
                                     "account.DEMO.max_order_notional=15000",
                                     text),
                         {}};
    }
    LimitOverride out;
    const std::string key = text.substr(last + 1, equals - last - 1);
    const auto known = limit_key(key);
    if (!known) {
        std::vector<std::string> keys;
        for (std::size_t i = 1; i < kLimitKeys; ++i) {
            keys.emplace_back(to_text(static_cast<LimitKey>(i)));
        }
        throw CliFailure{kUsage, fmt::format("unknown limit '{}'.{}", key, did_you_mean(key, keys)),
                         "sluice risk list --keys"};
    }
    out.key = *known;
    out.value = parse_value(text, text.substr(equals + 1));
    std::string name = text.substr(0, last);
    if (name.starts_with("risk.")) {
        name.erase(0, 5);
    }
    const std::size_t dot = name.find('.');
    const auto scope = scope_kind(name.substr(0, dot));
    if (scope) {
        name = dot == std::string::npos ? std::string() : name.substr(dot + 1);
    }
    out.scope = scope.value_or(ScopeKind::Account);
    const std::size_t slash = name.find('/');
    if (out.scope == ScopeKind::Instrument) {
        assign(out.symbol, name, text);
    } else {
        assign(out.scope_name, name.substr(0, slash), text);
        if (slash != std::string::npos) {
            out.scope = ScopeKind::AccountInstrument;
            assign(out.symbol, name.substr(slash + 1), text);
        }
    }
    return out;
}

int verify_replay(const std::string& journal_dir, OutputFormat format) {
    const auto before = std::chrono::steady_clock::now();
    journal::JournalReader reader = reader_of(journal_dir);
    Core core;
    Verifier verifier(core, parse_journaled_config, fix_out_comparison(core));
    while (const auto frame = reader.next()) {
        if (!verifier.feed(*frame)) {
            break;
        }
    }
    require_sound(reader);
    // The journal may be live, or its writer killed: the last input's outputs may still be missing.
    verifier.finish(true);
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - before;
    const int exit_code = verifier.ok() ? kOk : kCheckFailed;
    if (format == OutputFormat::Json) {
        print(verify_json(verifier).dump(2) + "\n");
        return exit_code;
    }
    for (const Mismatch& mismatch : verifier.mismatches()) {
        print(fmt::format("MISMATCH  {}\n", mismatch.words));
    }
    const auto& counts = verifier.counts();
    print(fmt::format("{} records, {} inputs\n", counts.records, counts.inputs));
    print(fmt::format("reproduced byte for byte: {} decisions, {} venue requests, {} reports{}\n",
                      counts.decisions, counts.requests, counts.reports,
                      verifier.ok() ? "" : ", less the mismatches above"));
    print(verifier.ok() ? fmt::format("OK ({:.0f} ms)\n", took.count())
                        : fmt::format("{} mismatches\n", counts.mismatches));
    return exit_code;
}

int what_if(const std::string& journal_dir,
            const std::vector<std::string>& settings,
            OutputFormat format) {
    std::vector<LimitOverride> overrides;
    for (const std::string& setting : settings) {
        overrides.push_back(parse_override(setting));
    }
    journal::JournalReader reader = reader_of(journal_dir);
    Core core;
    WhatIf run(core, parse_journaled_config);
    run.replayer().set_overrides(std::move(overrides));
    while (const auto frame = reader.next()) {
        if (const auto error = run.feed(*frame)) {
            throw CliFailure{kFailed, *error, "sluice audit verify"};
        }
    }
    require_sound(reader);
    if (const auto refused = run.replayer().refused_override()) {
        throw CliFailure{kUsage, *refused, "sluice risk list"};
    }
    std::size_t rejected = 0;
    Json flips = Json::array();
    std::string text;
    for (const Flip& flip : run.flips()) {
        rejected += flip.rerun.accepted ? 0U : 1U;
        flips.push_back({{"seq", std::to_string(flip.input_seq)},
                         {"time", iso_time(flip.time.value)},
                         {"cl_ord_id", flip.command.cl_ord_id.view()},
                         {"recorded", verdict(flip.recorded)},
                         {"rerun", verdict(flip.rerun)}});
        text += fmt::format("FLIP  seq {}  {}  {} -> {}\n", flip.input_seq, request_words(flip),
                            verdict(flip.recorded), verdict(flip.rerun));
    }
    const int exit_code = run.flips().empty() ? kOk : kCheckFailed;
    if (format == OutputFormat::Json) {
        print(Json{{"decisions", std::to_string(run.decisions())}, {"flips", flips}}.dump(2) +
              "\n");
        return exit_code;
    }
    print("live state is not touched\n" + text);
    print(fmt::format("{} of {} decisions change ({} newly rejected, {} newly accepted)\n",
                      run.flips().size(), run.decisions(), rejected,
                      run.flips().size() - rejected));
    return exit_code;
}

}  // namespace sluice::app
