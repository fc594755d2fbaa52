#include "gateway/app/bench_report.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/app/table.hpp"

namespace sluice::app {
namespace {

constexpr double kWorst = -1;  // in the place of a share: the maximum

std::string micros(double ns) {
    return fmt::format("{:.1f}", ns / 1'000);
}

template <class T>
T middle(std::vector<T> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? T{} : values[values.size() / 2];
}

// Median over the rounds of a percentile.
double median_of(const std::vector<client::Histogram>& rounds, double share) {
    std::vector<double> values;
    for (const auto& round : rounds) {
        values.push_back(
            static_cast<double>(share == kWorst ? round.max() : round.percentile(share)));
    }
    return middle(std::move(values));
}

const std::vector<Column> kColumns = {{"measurement", "MEASUREMENT"},
                                      {"p50_us", "P50 us", true},
                                      {"p90_us", "P90", true},
                                      {"p99_us", "P99", true},
                                      {"p999_us", "P99.9", true},
                                      {"max_us", "MAX", true},
                                      {"orders_per_s", "ORDERS/s", true},
                                      {"p50_of_floor", "P50/FLOOR", true},
                                      {"spread", "MIN-MAX", true}};

}  // namespace

BenchReport::Row& BenchReport::row(const std::string& name, const std::string& floor) {
    for (Row& known : rows_) {
        if (known.name == name) {
            return known;
        }
    }
    rows_.push_back({name, floor, {}, {}});
    return rows_.back();
}

const BenchReport::Row* BenchReport::find(const std::string& name) const {
    for (const Row& row : rows_) {
        if (row.name == name) {
            return &row;
        }
    }
    return nullptr;
}

void BenchReport::add(const std::string& name,
                      const std::string& floor,
                      const client::Histogram& latency,
                      double rate) {
    Row& to = row(name, floor);
    to.rounds.push_back(latency);
    if (rate > 0) {
        to.rates.push_back(rate);
    }
}

std::vector<double> BenchReport::ratios(const Row& row) const {
    const Row* floor = find(row.floor);
    std::vector<double> all;
    for (std::size_t i = 0; floor != nullptr && i < row.rounds.size(); ++i) {
        const auto& below = floor->rounds[std::min(i, floor->rounds.size() - 1)];
        all.push_back(static_cast<double>(row.rounds[i].percentile(0.5)) /
                      static_cast<double>(std::max<std::int64_t>(below.percentile(0.5), 1)));
    }
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<std::vector<std::string>> BenchReport::cells() const {
    std::vector<std::vector<std::string>> all;
    for (const Row& row : rows_) {
        const auto to_floor = ratios(row);
        all.push_back({row.name, micros(median_of(row.rounds, 0.5)),
                       micros(median_of(row.rounds, 0.9)), micros(median_of(row.rounds, 0.99)),
                       micros(median_of(row.rounds, 0.999)), micros(median_of(row.rounds, kWorst)),
                       row.rates.empty() ? "-" : fmt::format("{:.0f}", middle(row.rates)),
                       to_floor.empty() ? "1.00" : fmt::format("{:.2f}", middle(to_floor)),
                       to_floor.empty()
                           ? "-"
                           : fmt::format("{:.2f}-{:.2f}", to_floor.front(), to_floor.back())});
    }
    return all;
}

std::string BenchReport::table() const {
    Table table(kColumns);
    for (const auto& row : cells()) {
        table.add(row);
    }
    return table.text();
}

std::string BenchReport::markdown() const {
    std::string text = "|";
    std::string rule = "|";
    for (const Column& column : kColumns) {
        text += " " + column.title + " |";
        rule += column.right ? "---:|" : "---|";
    }
    text += "\n" + rule + "\n";
    for (const auto& row : cells()) {
        text += "|";
        for (const std::string& cell : row) {
            text += " " + cell + " |";
        }
        text += "\n";
    }
    return text;
}

std::string BenchReport::json(const std::string& title) const {
    nlohmann::json document;
    document["title"] = title;
    for (const Row& row : rows_) {
        nlohmann::json out;
        out["measurement"] = row.name;
        out["floor"] = row.floor;
        out["p50_of_floor"] = ratios(row);
        out["orders_per_s"] = row.rates;
        for (const auto& round : row.rounds) {
            out["rounds"].push_back({{"p50_ns", round.percentile(0.5)},
                                     {"p90_ns", round.percentile(0.9)},
                                     {"p99_ns", round.percentile(0.99)},
                                     {"p999_ns", round.percentile(0.999)},
                                     {"max_ns", round.max()},
                                     {"orders", round.total()}});
        }
        document["measurements"].push_back(std::move(out));
    }
    return document.dump(2) + "\n";
}

BenchReport::Comparison BenchReport::compare(const std::string& earlier_json,
                                             double tolerance) const {
    Comparison result;
    try {
        const auto document = nlohmann::json::parse(earlier_json);
        Table table({{"measurement", "MEASUREMENT"},
                     {"before", "BEFORE", true},
                     {"now", "NOW", true},
                     {"change", "CHANGE", true},
                     {"verdict", "", false}});
        for (const auto& earlier : document.at("measurements")) {
            const Row* row = find(earlier.at("measurement").get<std::string>());
            const auto before = middle(earlier.at("p50_of_floor").get<std::vector<double>>());
            const double now = row == nullptr ? 0 : middle(ratios(*row));
            if (before <= 0 || now <= 0) {
                continue;  // a floor, or not measured this time
            }
            const bool worse = now > before * (1 + tolerance);
            result.regressed = result.regressed || worse;
            table.add({row->name, fmt::format("{:.2f}", before), fmt::format("{:.2f}", now),
                       fmt::format("{:+.0f} %", (now / before - 1) * 100), worse ? "SLOWER" : ""});
        }
        result.text = table.text();
    } catch (const nlohmann::json::exception& failed) {
        throw std::runtime_error(std::string("not the JSON of a benchmark: ") + failed.what());
    }
    return result;
}

}  // namespace sluice::app
