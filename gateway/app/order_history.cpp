#include "gateway/app/order_history.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "gateway/app/journal_rows.hpp"

namespace sluice::app {
namespace {

using journal::RecordType;

// What an id names: an order, or one request that made none.
struct Named {
    std::string order;
    std::uint64_t command_seq = 0;
};

Named resolve(const std::string& journal_dir, const std::string& id, const std::string& session) {
    JournalRows rows = open_journal(journal_dir);
    Named named;
    while (const auto row = rows.next()) {
        if (row->order == id) {
            return {id, 0};
        }
        if (row->type == RecordType::Command && row->cl_ord_id == id &&
            (session.empty() || row->session == session)) {
            named = {{}, row->seq};
        }
        if (row->type == RecordType::Decision && named.command_seq != 0) {
            const auto decision = rows.frame().head<Decision>();
            if (decision && decision->input_seq == named.command_seq) {
                named.order = row->order;
            }
        }
    }
    require_sound(rows);
    return named;
}

// The commands behind the decisions on an order.
std::set<std::uint64_t> command_numbers(const std::string& journal_dir, const Named& named) {
    std::set<std::uint64_t> numbers;
    if (named.order.empty()) {
        numbers.insert(named.command_seq);
        return numbers;
    }
    JournalRows rows = open_journal(journal_dir);
    while (const auto row = rows.next()) {
        if (row->type == RecordType::Decision && row->order == named.order) {
            if (const auto decision = rows.frame().head<Decision>()) {
                numbers.insert(decision->input_seq);
            }
        }
    }
    return numbers;
}

bool is_fix(const RecordRow& row) {
    return row.type == RecordType::FixIn || row.type == RecordType::FixOut;
}

bool sets_the_limit(const LimitChange& change, const JudgedRequest& request) {
    const Decision& decision = request.decision;
    const bool named = change.scope_name == decision.scope_name ||
                       change.symbol.view() == decision.scope_name.view();
    return change.key == decision.limit_key && change.scope == decision.scope && named &&
           (change.scope != ScopeKind::AccountInstrument ||
            change.symbol == request.command.symbol);
}

}  // namespace

OrderHistory read_history(const std::string& journal_dir,
                          const std::string& id,
                          const std::string& session) {
    const Named named = resolve(journal_dir, id, session);
    OrderHistory history;
    history.order = named.order;
    if (named.order.empty() && named.command_seq == 0) {
        return history;
    }
    const auto numbers = command_numbers(journal_dir, named);
    std::map<std::uint64_t, JudgedRequest> open;
    JournalRows rows = open_journal(journal_dir);
    while (const auto row = rows.next()) {
        const auto decision =
            row->type == RecordType::Decision ? rows.frame().head<Decision>() : std::nullopt;
        const bool of_request = decision && numbers.contains(decision->input_seq);
        const bool of_order = !named.order.empty() && row->order == named.order;
        if (is_fix(*row)) {
            if (of_order || (named.order.empty() && row->cl_ord_id == id)) {
                history.messages.push_back(*row);
            }
            continue;
        }
        if (!of_request && !of_order && !numbers.contains(row->seq)) {
            continue;
        }
        history.rows.push_back(*row);
        if (numbers.contains(row->seq)) {
            if (const auto command = rows.frame().head<Command>()) {
                open[row->seq] = {{row->seq, UtcNanos{row->time_ns}}, *command, {}, *row, {}};
            }
        }
        if (of_request && open.contains(decision->input_seq)) {
            JudgedRequest request = open[decision->input_seq];
            request.decision = *decision;
            request.decision_row = *row;
            history.requests.push_back(std::move(request));
        }
    }
    return history;
}

std::string limit_origin(const std::string& journal_dir, const JudgedRequest& request) {
    if (request.decision.limit_key == LimitKey::None) {
        return {};
    }
    std::string origin;
    JournalRows rows = open_journal(journal_dir);
    while (const auto row = rows.next()) {
        if (row->seq >= request.meta.seq) {
            break;
        }
        if (row->type == RecordType::ConfigDoc) {
            origin = fmt::format("set by the configuration of {} (journal {})",
                                 iso_time(row->time_ns).substr(0, 19), row->seq);
        }
        const auto change =
            row->type == RecordType::LimitChange ? rows.frame().head<LimitChange>() : std::nullopt;
        if (change && sets_the_limit(*change, request)) {
            origin =
                fmt::format("set by {} at {}: {} (journal {})", change->who.view(),
                            iso_time(row->time_ns).substr(0, 19), change->reason.view(), row->seq);
        }
    }
    return origin;
}

}  // namespace sluice::app
