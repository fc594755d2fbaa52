// BenchReport: the figures of all rounds of `sluice bench`, as a table, as JSON or as Markdown, and
// compared with an earlier run. What is compared are ratios to the echo of the same run, so that
// another machine, or the same one under load, can be compared at all.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sessions/client/histogram.hpp"

namespace sluice::app {

class BenchReport {
public:
    // A measurement of one round. `floor`: the name of the row that it is compared with; empty for
    // the floors themselves. `rate`: orders per second, 0 when that says nothing.
    void add(const std::string& name,
             const std::string& floor,
             const client::Histogram& latency,
             double rate = 0);

    std::string table() const;
    std::string markdown() const;
    std::string json(const std::string& title) const;

    struct Comparison {
        std::string text;
        bool regressed = false;
    };
    // Throws std::runtime_error when the document is none of json()'s.
    Comparison compare(const std::string& earlier_json, double tolerance) const;

private:
    struct Row {
        std::string name;
        std::string floor;
        std::vector<client::Histogram> rounds;
        std::vector<double> rates;
    };
    Row& row(const std::string& name, const std::string& floor);
    const Row* find(const std::string& name) const;
    // p50 in relation to the floor of the same round, one for each round, ascending.
    std::vector<double> ratios(const Row& row) const;
    std::vector<std::vector<std::string>> cells() const;

    std::vector<Row> rows_;
};

}  // namespace sluice::app
