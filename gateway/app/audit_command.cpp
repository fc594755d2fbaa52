#include "gateway/app/audit_command.hpp"

#include <chrono>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/journal_rows.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/journal/recovery.hpp"
#include "gateway/journal/segment_file.hpp"
#include "gateway/journal/verify.hpp"

namespace sluice::app {
namespace {

constexpr auto kFollowPause = std::chrono::milliseconds(100);

// Shown the journal until a pass teaches it nothing.
OrderTrace learned_trace(const std::string& journal_dir, const RecordFilter& filter) {
    RecordFilter
        start;  // when and of what kind a record must be narrows what is shown, not the chain
    start.cl_ord_id = filter.cl_ord_id;
    start.order = filter.order;
    start.session = filter.session;
    start.account = filter.account;
    start.symbol = filter.symbol;
    OrderTrace trace(start);
    for (bool news = true; news;) {
        news = false;
        JournalRows rows = open_journal(journal_dir);
        while (const auto row = rows.next()) {
            news = trace.learn(*row) || news;
        }
    }
    return trace;
}

// audit-<instance>-<sequence number>.slj
std::string instance_of(const std::string& segment_path) {
    const std::string name = std::filesystem::path(segment_path).filename().string();
    const std::size_t first = name.find('-') + 1;
    return name.substr(first, name.find('-', first) - first);
}

std::string hex(const crypto::Digest& digest) {
    std::string out;
    for (const auto byte : digest) {
        out += fmt::format("{:02x}", static_cast<unsigned>(byte));
    }
    return out;
}

}  // namespace

int search_journal(const std::string& journal_dir, const SearchRequest& request) {
    std::optional<OrderTrace> trace;
    if (request.trace) {
        if (request.filter.cl_ord_id.empty() && request.filter.order.empty()) {
            throw CliFailure{kUsage, "--trace needs --clordid or --order", {}};
        }
        trace = learned_trace(journal_dir, request.filter);
    }
    JournalRows rows = open_journal(journal_dir);
    RowWriter writer(request.format, request.fields);
    print(writer.begin());
    while (const auto row = rows.next()) {
        const bool wanted = trace ? trace->contains(*row) && request.filter.in_range(*row) &&
                                        request.filter.of_wanted_kind(*row)
                                  : request.filter.matches(*row);
        if (wanted) {
            print(writer.row(*row));
        }
    }
    print(writer.end());
    require_sound(rows);
    if (writer.rows() == 0 && request.format == RowFormat::Table) {
        print_error("no record matches");
    }
    return kOk;
}

int tail_journal(const std::string& journal_dir, const TailRequest& request) {
    JournalRows rows = open_journal(journal_dir);
    RowWriter writer(request.format, request.fields);
    std::deque<RecordRow> last;
    while (auto row = rows.next()) {
        if (request.filter.matches(*row)) {
            last.push_back(std::move(*row));
            if (last.size() > request.last) {
                last.pop_front();
            }
        }
    }
    print(writer.begin());
    for (const RecordRow& row : last) {
        print(writer.row(row));
    }
    require_sound(rows);
    while (request.follow) {
        std::fflush(stdout);
        const auto row = rows.next();
        if (!row) {
            require_sound(rows);
            std::this_thread::sleep_for(kFollowPause);
        } else if (request.filter.matches(*row)) {
            print(writer.row(*row));
        }
    }
    print(writer.end());
    return kOk;
}

int show_record(const std::string& journal_dir, std::uint64_t seq, OutputFormat format) {
    JournalRows rows = open_journal(journal_dir);
    while (const auto row = rows.next()) {
        if (row->seq != seq) {
            continue;
        }
        nlohmann::ordered_json object;
        for (const std::string& field : row_fields()) {
            const std::string value = row_field(*row, field, RowFormat::Json);
            if (!value.empty()) {
                object[field] = value;
            }
        }
        object["payload_bytes"] = std::to_string(rows.frame().payload.size());
        object["durable_before"] = std::to_string(rows.frame().durable);
        if (format == OutputFormat::Json) {
            print(object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
            return kOk;
        }
        for (const auto& [key, value] : object.items()) {
            print(fmt::format("{:<15} {}\n", key, value.get<std::string>()));
        }
        return kOk;
    }
    require_sound(rows);
    throw CliFailure{kNotFound, fmt::format("no record {} in {}", seq, journal_dir),
                     "sluice audit tail"};
}

int verify_journal(const std::string& journal_dir, OutputFormat format) {
    open_journal(journal_dir);  // says so when there is none
    const journal::VerifyReport report = journal::verify(journal_dir);
    nlohmann::ordered_json problems = nlohmann::ordered_json::array();
    for (const auto& problem : report.problems) {
        problems.push_back({{"file", problem.file},
                            {"offset", std::to_string(problem.offset)},
                            {"seq", std::to_string(problem.seq)},
                            {"message", problem.message}});
        if (format == OutputFormat::Table) {
            print_error(fmt::format("{}: at byte {}, record {}: {}", problem.file, problem.offset,
                                    problem.seq, problem.message));
        }
    }
    if (format == OutputFormat::Json) {
        const nlohmann::ordered_json object = {
            {"ok", report.ok()},
            {"journal", journal_dir},
            {"segments", std::to_string(report.segments)},
            {"records", std::to_string(report.records)},
            {"first_seq", std::to_string(report.first_seq)},
            {"last_seq", std::to_string(report.last_seq)},
            {"seals", std::to_string(report.seals)},
            {"sealed_through", std::to_string(report.sealed_through)},
            {"last_seal", hex(report.last_seal)},
            {"problems", problems}};
        print(object.dump(2) + "\n");
        return report.ok() ? kOk : kCheckFailed;
    }
    print(fmt::format("journal {}   segments {}   records {}   seq {}..{}{}\n", journal_dir,
                      report.segments, report.records, report.first_seq, report.last_seq,
                      report.ok() ? " complete" : ""));
    print(fmt::format("hash chain {}   seals {}   through seq {}   {} records not sealed yet\n",
                      report.ok() ? "OK" : "BROKEN", report.seals, report.sealed_through,
                      report.unsealed_records));
    if (report.seals != 0) {
        print(fmt::format("last seal {}\n", hex(report.last_seal)));
    }
    return report.ok() ? kOk : kCheckFailed;
}

int repair_journal(const std::string& journal_dir,
                   std::uint64_t seq,
                   const std::string& operator_name) {
    const auto segments = journal::list_segments(journal_dir, "");
    if (segments.empty()) {
        throw CliFailure{kNotFound, fmt::format("no journal in {}", journal_dir), {}};
    }
    journal::RecoveryOptions options;
    options.dir = journal_dir;
    options.instance = instance_of(segments.front().path);
    options.segment_bytes = std::filesystem::file_size(segments.front().path);
    options.now_utc_ns = std::chrono::system_clock::now().time_since_epoch().count();
    const auto repaired = journal::repair(options, seq, operator_name);
    if (!repaired.ok()) {
        throw CliFailure{
            kFailed, fmt::format("{}: {}", repaired.error().file, repaired.error().message), {}};
    }
    print(fmt::format("journal cut before record {}; what was cut is kept as *.broken in {}\n", seq,
                      journal_dir));
    return kOk;
}

}  // namespace sluice::app
