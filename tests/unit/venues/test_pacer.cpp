#include <catch2/catch.hpp>

#include "gateway/venues/pacer.hpp"

namespace sluice {
namespace {

// How many leave at this moment.
int sent_at(Pacer& pacer, std::int64_t ns) {
    int sent = 0;
    for (; sent < 1'000 && pacer.may_send({ns}); ++sent) {
        pacer.sent({ns});
    }
    return sent;
}

}  // namespace

TEST_CASE("a burst leaves at once, then one message in each gap") {
    Pacer pacer({.rate = 10, .burst = 3});
    const std::int64_t start = 1'000 * kNanosPerSecond;
    CHECK(sent_at(pacer, start) == 3);
    CHECK(sent_at(pacer, start + 99 * kNanosPerMilli) == 0);
    CHECK(pacer.next({start + 99 * kNanosPerMilli}).value == start + 100 * kNanosPerMilli);
    CHECK(sent_at(pacer, start + 100 * kNanosPerMilli) == 1);
    CHECK(sent_at(pacer, start + 250 * kNanosPerMilli) == 1);
    CHECK(sent_at(pacer, start + 300 * kNanosPerMilli) == 1);
}

TEST_CASE("after a pause the burst is whole again, and not more than that") {
    Pacer pacer({.rate = 10, .burst = 3});
    CHECK(sent_at(pacer, kNanosPerSecond) == 3);
    CHECK(sent_at(pacer, 3'600 * kNanosPerSecond) == 3);
}

TEST_CASE("without a rate nothing waits") {
    Pacer pacer({});
    CHECK(sent_at(pacer, 5) == 1'000);
}

TEST_CASE("a clock that is set back costs no more than one gap") {
    Pacer pacer({.rate = 10, .burst = 1});
    CHECK(sent_at(pacer, 3'600 * kNanosPerSecond) == 1);
    CHECK(pacer.next({kNanosPerSecond}).value == kNanosPerSecond + 100 * kNanosPerMilli);
    CHECK(sent_at(pacer, kNanosPerSecond + 100 * kNanosPerMilli) <= 1);
}

}  // namespace sluice
