#include "gateway/app/bench_report.hpp"

#include <stdexcept>

#include <catch2/catch.hpp>

using namespace sluice;
using app::BenchReport;

namespace {

client::Histogram all_of(std::int64_t ns) {
    client::Histogram histogram;
    for (int i = 0; i < 100; ++i) {
        histogram.record(ns);
    }
    return histogram;
}

// Three rounds of an echo of 100 ns; the gateway takes so many times as long.
BenchReport report_of(std::initializer_list<std::int64_t> ratios) {
    BenchReport report;
    for (const std::int64_t ratio : ratios) {
        report.add("echo", "", all_of(100));
        report.add("gateway", "echo", all_of(100 * ratio), 5'000);
    }
    return report;
}

}  // namespace

TEST_CASE("a figure is shown as a ratio to the floor of its own round, with the spread") {
    const std::string markdown = report_of({2, 4, 3}).markdown();
    CHECK(markdown.find("| gateway | 0.3 | 0.3 | 0.3 | 0.3 | 0.3 | 5000 | 3.0") !=
          std::string::npos);
    CHECK(markdown.find("| echo | 0.1 | 0.1 | 0.1 | 0.1 | 0.1 | - | 1.00 | - |") !=
          std::string::npos);
}

TEST_CASE("what became slower in relation to the floor than the tolerance allows is a regression") {
    const std::string before = report_of({2, 2, 2}).json("before");
    CHECK_FALSE(report_of({2, 2, 2}).compare(before, 0.1).regressed);
    CHECK_FALSE(report_of({1, 2, 1}).compare(before, 0.1).regressed);
    const auto slower = report_of({3, 3, 2}).compare(before, 0.1);
    CHECK(slower.regressed);
    CHECK(slower.text.find("+50 %") != std::string::npos);
    CHECK_FALSE(report_of({3, 3, 2}).compare(before, 0.6).regressed);
}

TEST_CASE("a measurement that only one of two runs has is not compared") {
    BenchReport other;
    other.add("echo", "", all_of(100));
    other.add("gateway, TLS", "echo", all_of(900));
    CHECK_FALSE(other.compare(report_of({2}).json("before"), 0.1).regressed);
}

TEST_CASE("a document that is no benchmark is refused with a reason") {
    CHECK_THROWS_AS(report_of({2}).compare("{}", 0.1), std::runtime_error);
    CHECK_THROWS_AS(report_of({2}).compare("nothing", 0.1), std::runtime_error);
}
