// `sluice order explain`: the decision as it was journaled, and what each check says when it is
// asked again on the state of that moment.
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/order_command.hpp"
#include "gateway/app/order_history.hpp"
#include "gateway/app/other_rooms.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/core/replayer.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/orders/name_table.hpp"
#include "gateway/orders/order_table.hpp"
#include "gateway/risk/check_table.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice::app {
namespace {

using Json = nlohmann::ordered_json;

struct CheckLine {
    std::string check;   // "MAX_ORDER_QTY"
    std::string result;  // "pass", "FAIL", "skip"
    std::string detail;
};

using Asked = std::vector<CheckReport>;

// As Core resolves them (core/command_flow.cpp); the venue is the one that the decision names.
Parties parties_of(const Core& core, const JudgedRequest& request, const Order* target) {
    const NameTable& names = core.names();
    Parties parties;
    parties.session = request.command.session;
    parties.instrument = {names.instruments.find(request.command.symbol.view())};
    parties.venue = target != nullptr ? target->venue : request.decision.venue;
    if (!request.command.account.empty()) {
        parties.account = {names.accounts.find(request.command.account.view())};
    } else if (target != nullptr) {
        parties.account = target->account;
    } else {
        const auto session = names.sessions.name(request.command.session.value);
        for (const SessionConfig& config : core.config().sessions) {
            if (config.id == session && !config.default_account.empty()) {
                parties.account = {names.accounts.find(config.default_account)};
            }
        }
    }
    return parties;
}

// Every check on the state just before the request. Empty when the journal cannot be replayed.
Asked ask_again(const std::string& journal_dir, const JudgedRequest& request) {
    journal::JournalReader reader(
        {.dir = journal_dir, .instance = {}, .from_seq = 0, .with_fill = false});
    Core core;
    Replayer replayer(core, parse_journaled_config);
    NullSink nobody;
    while (const auto frame = reader.next()) {
        if (frame->seq >= request.meta.seq) {
            break;
        }
        if (!replayer.feed(*frame, nobody).ok()) {
            return {};
        }
    }
    if (request.command.session.value >= core.names().sessions.size()) {
        return {};
    }
    const Order* target =
        request.command.kind == CommandKind::NewOrder
            ? nullptr
            : core.orders().find(request.command.session, request.command.orig_cl_ord_id);
    Asked rows(kCheckTable.size());
    rows.resize(core.risk().explain(request.meta, request.command,
                                    parties_of(core, request, target), target, rows));
    return rows;
}

const CheckReport* answer_of(const Asked& asked, RejectReason code) {
    for (const CheckReport& report : asked) {
        if (report.code == code) {
            return &report;
        }
    }
    return nullptr;
}

std::uint8_t kind_bit(CommandKind kind) {
    switch (kind) {
        case CommandKind::NewOrder:
            return applies::kNew;
        case CommandKind::Replace:
            return applies::kReplace;
        case CommandKind::Cancel:
            return applies::kCancel;
        default:
            return 0;
    }
}

std::string breach_words(const Decision& decision) {
    if (decision.limit_key == LimitKey::None) {
        return decision.scope == ScopeKind::None
                   ? std::string()
                   : fmt::format("{} {}", to_text(decision.scope), decision.scope_name.view());
    }
    return fmt::format("{} {} {}: observed {}, limit {}", to_text(decision.scope),
                       decision.scope_name.view(), to_text(decision.limit_key),
                       decision.observed.to_string(), decision.limit.to_string());
}

std::string skipped_words(const CheckReport* answer) {
    if (answer == nullptr || answer->result == CheckResult::Skip) {
        return "not evaluated after first failure";
    }
    return answer->result == CheckResult::Pass
               ? "not evaluated after first failure; would pass"
               : fmt::format("not evaluated after first failure; would fail: {}",
                             answer->text.view());
}

std::vector<CheckLine> check_lines(const JudgedRequest& request, const Asked& asked) {
    const Decision& decision = request.decision;
    std::vector<CheckLine> lines;
    for (std::size_t i = 0; i < kCheckTable.size(); ++i) {
        const Check& check = kCheckTable[i];
        if ((check.applies_to & kind_bit(decision.command)) == 0) {
            continue;
        }
        const std::string name(code(check.code));
        const CheckReport* answer = answer_of(asked, check.code);
        if (i + 1 == decision.failed_check) {
            std::string detail = breach_words(decision);
            if (detail.empty() && answer != nullptr) {
                detail = answer->text.view();
            }
            lines.push_back({name, "FAIL", detail});
        } else if ((decision.checks_run >> i & 1U) != 0) {
            lines.push_back({name, "pass", ""});
        } else {
            lines.push_back({name, "skip", decision.accepted ? "" : skipped_words(answer)});
        }
    }
    if (decision.failed_check > kCheckTable.size()) {
        lines.push_back(
            {std::string(code(decision.reason)), "FAIL", "asked after the risk checks"});
    }
    return lines;
}

std::string verdict(const JudgedRequest& request) {
    const Decision& decision = request.decision;
    return decision.accepted ? "ACCEPT" : fmt::format("REJECT  {}", code(decision.reason));
}

void print_explanation(const JudgedRequest& request,
                       const std::vector<CheckLine>& lines,
                       const std::string& origin) {
    const Decision& decision = request.decision;
    print(fmt::format("{}  {}  {}   journal {}\n", iso_time(request.meta.time.value),
                      request.command_row.session, request.command_row.detail, request.meta.seq));
    print(fmt::format("{}   limits v{}   journal {}\n", verdict(request), decision.config_version,
                      request.decision_row.seq));
    for (const CheckLine& line : lines) {
        print(line.detail.empty()
                  ? fmt::format("  {}  {}\n", line.result, line.check)
                  : fmt::format("  {}  {:<20}  {}\n", line.result, line.check, line.detail));
    }
    if (!origin.empty()) {
        print(fmt::format("limit      {} {} {} = {}, {}\n", to_text(decision.scope),
                          decision.scope_name.view(), to_text(decision.limit_key),
                          decision.limit.to_string(), origin));
    }
    if (decision.ref_source != RefSource::None) {
        print(fmt::format("reference  {} ({}) of {}\n", decision.ref_px.to_string(),
                          to_text(decision.ref_source), iso_time(decision.ref_time.value)));
    }
    if (decision.accepted) {
        print(fmt::format("route      {}\n",
                          request.decision_row.venue.empty() ? "-" : request.decision_row.venue));
        print(fmt::format("reserved   {} -> {}   open quantity {} -> {}\n",
                          decision.reserved_before.to_string(), decision.reserved_after.to_string(),
                          decision.open_before.to_string(), decision.open_after.to_string()));
    }
}

Json explanation_json(const JudgedRequest& request,
                      const std::vector<CheckLine>& lines,
                      const std::string& origin) {
    const Decision& decision = request.decision;
    Json checks = Json::array();
    for (const CheckLine& line : lines) {
        checks.push_back({{"check", line.check}, {"result", line.result}, {"detail", line.detail}});
    }
    return {{"seq", std::to_string(request.meta.seq)},
            {"decision_seq", std::to_string(request.decision_row.seq)},
            {"time", iso_time(request.meta.time.value)},
            {"session", request.command_row.session},
            {"cl_ord_id", request.command_row.cl_ord_id},
            {"order", request.decision_row.order},
            {"request", request.command_row.detail},
            {"accepted", decision.accepted},
            {"reason", decision.accepted ? "" : std::string(code(decision.reason))},
            {"limit_key",
             decision.limit_key == LimitKey::None ? "" : std::string(to_text(decision.limit_key))},
            {"limit", decision.limit.to_string()},
            {"observed", decision.observed.to_string()},
            {"config_version", std::to_string(decision.config_version)},
            {"limit_origin", origin},
            {"checks", checks}};
}

}  // namespace

int explain_order(const Place& place,
                  const std::string& id,
                  const std::string& session,
                  OutputFormat format) {
    const OrderHistory history = read_history(place.journal(), id, session);
    if (history.requests.empty()) {
        throw CliFailure{kNotFound, fmt::format("no request '{}' in {}", id, place.journal()),
                         "sluice audit search --type COMMAND"};
    }
    Json list = Json::array();
    for (std::size_t i = 0; i < history.requests.size(); ++i) {
        const JudgedRequest& request = history.requests[i];
        const auto lines = check_lines(request, ask_again(place.journal(), request));
        const std::string origin = limit_origin(place.journal(), request);
        if (format == OutputFormat::Json) {
            list.push_back(explanation_json(request, lines, origin));
            continue;
        }
        print(i == 0 ? "" : "\n");
        print_explanation(request, lines, origin);
    }
    if (format == OutputFormat::Json) {
        print(list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    }
    return kOk;
}

}  // namespace sluice::app
