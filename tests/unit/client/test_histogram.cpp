#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "sessions/client/histogram.hpp"

namespace sluice::client {

TEST_CASE("a percentile is within one part in 128 of the sorted list's, at every size of value") {
    std::mt19937_64 random(7);
    std::vector<std::int64_t> values;
    auto histogram = std::make_unique<Histogram>();
    for (int i = 0; i < 20'000; ++i) {
        const auto value = static_cast<std::int64_t>(random() >> (24U + random() % 39U));
        values.push_back(value);
        histogram->record(value);
    }
    std::sort(values.begin(), values.end());
    for (const double share : {0.01, 0.5, 0.9, 0.99, 0.999}) {
        const auto exact =
            values[static_cast<std::size_t>(share * static_cast<double>(values.size())) - 1];
        const auto found = histogram->percentile(share);
        CHECK(found >= exact);
        CHECK(found <= exact + exact / 128 + 1);
    }
    CHECK(histogram->percentile(1.0) == values.back());
    CHECK(histogram->max() == values.back());
}

TEST_CASE("merging two histograms counts both") {
    Histogram a;
    Histogram b;
    a.record(10);
    b.record(1'000'000);
    a.merge(b);
    CHECK(a.total() == 2);
    CHECK(a.percentile(0.5) == 10);
    CHECK(a.max() == 1'000'000);
}

TEST_CASE("negative and huge values are kept at the ends instead of outside") {
    Histogram histogram;
    histogram.record(-5);
    histogram.record(std::int64_t{1} << 60);
    CHECK(histogram.total() == 2);
    CHECK(histogram.percentile(0.5) == 0);
}

}  // namespace sluice::client
