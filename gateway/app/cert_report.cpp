#include "gateway/app/cert_report.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/terminal.hpp"

namespace sluice::app {

void CertReport::add(const client::Scenario& scenario,
                     FixVersion version,
                     std::string_view venue,
                     const CertVerdict& verdict) {
    rows_.push_back({scenario.name, scenario.title, version, std::string(venue), verdict, {}});
    print(line_of(rows_.back()));
}

void CertReport::skip(const client::Scenario& scenario,
                      FixVersion version,
                      std::string_view venue,
                      const std::string& why) {
    rows_.push_back({scenario.name, scenario.title, version, std::string(venue), {}, why});
    print(line_of(rows_.back()));
}

std::string CertReport::line_of(const Row& row) {
    const std::string where_played =
        fmt::format("{:<10}{}", to_text(row.version), row.venue.empty() ? "" : "  " + row.venue);
    if (!row.skipped.empty()) {
        return fmt::format("left out  {}  {}: {}\n", where_played, row.name, row.skipped);
    }
    if (row.verdict.passed) {
        return fmt::format("pass      {}  {}\n", where_played, row.name);
    }
    const std::string where =
        row.verdict.line == 0 ? "at its end" : fmt::format("line {}", row.verdict.line);
    return fmt::format("FAIL      {}  {}: {}: {}\n          {}\n", where_played, row.name, where,
                       row.verdict.rule, row.verdict.because);
}

std::size_t CertReport::count_passed() const {
    return static_cast<std::size_t>(std::count_if(
        rows_.begin(), rows_.end(), [](const Row& row) { return row.verdict.passed; }));
}

std::size_t CertReport::count_skipped() const {
    return static_cast<std::size_t>(std::count_if(
        rows_.begin(), rows_.end(), [](const Row& row) { return !row.skipped.empty(); }));
}

// What was not played is not passed: a report of nothing but what was left out is none.
bool CertReport::all_passed() const {
    return count_passed() > 0 && count_passed() + count_skipped() == rows_.size();
}

std::string CertReport::closing_line() const {
    std::set<std::string> names;
    std::vector<std::string> versions;
    for (const Row& row : rows_) {
        const std::string version(to_text(row.version));
        if (std::find(versions.begin(), versions.end(), version) == versions.end()) {
            versions.push_back(version);
        }
        if (row.skipped.empty()) {
            names.insert(row.name);
        }
    }
    std::string line = fmt::format("{} scenarios, {} of {} plays passed in {} over {}",
                                   names.size(), count_passed(), rows_.size() - count_skipped(),
                                   fmt::join(versions, ", "), over_);
    if (count_skipped() > 0) {
        line += fmt::format(", {} left out", count_skipped());
    }
    return line;
}

void CertReport::write(const std::string& file) const {
    std::ofstream out(file);
    if (file.ends_with(".json")) {
        auto rows = nlohmann::json::array();
        for (const Row& row : rows_) {
            nlohmann::json json{{"scenario", row.name},
                                {"title", row.title},
                                {"version", to_text(row.version)},
                                {"result", row.verdict.passed    ? "pass"
                                           : row.skipped.empty() ? "fail"
                                                                 : "left out"}};
            if (!row.venue.empty()) {
                json["venue"] = row.venue;
            }
            if (!row.skipped.empty()) {
                json["because"] = row.skipped;
            } else if (!row.verdict.passed) {
                json["line"] = row.verdict.line;
                json["rule"] = row.verdict.rule;
                json["because"] = row.verdict.because;
            }
            rows.push_back(std::move(json));
        }
        out << nlohmann::json{{"summary", closing_line()}, {"plays", rows}}.dump(2) << '\n';
    } else {
        for (const Row& row : rows_) {
            out << line_of(row);
        }
        out << closing_line() << '\n';
    }
    if (!out.flush()) {
        throw CliFailure{kFailed, file + " cannot be written", {}};
    }
}

}  // namespace sluice::app
