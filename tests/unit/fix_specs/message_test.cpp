#include <set>
#include <string>
#include <tuple>

#include <catch2/catch.hpp>

#include "tests/unit/fix_specs/dictionaries.hpp"
#include "tests/unit/fix_specs/sample_message.hpp"

namespace sluice::test {
namespace {

constexpr int kValid = -1;  // no SessionRejectReason(373) is negative

std::string samples_of(FixVersion version) {
    switch (version) {
        case FixVersion::Fix42:
            return "fix42.txt";
        case FixVersion::Fix44:
            return "fix44.txt";
        case FixVersion::Fix50Sp2:
            return "fix50sp2.txt";
    }
    return "";
}

}  // namespace

TEST_CASE("every sample message gets the verdict that is written beside it") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const Dictionaries dictionaries(version);
    for (const SampleMessage& sample : read_samples(samples_of(version))) {
        INFO(sample.text);
        CHECK(dictionaries.reject_reason(sample.wire).value_or(kValid) ==
              sample.reject_reason.value_or(kValid));
    }
}

TEST_CASE("every session and order message has a good sample in every version") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    std::set<std::string> seen;
    for (const SampleMessage& sample : read_samples(samples_of(version))) {
        if (!sample.reject_reason) {
            seen.insert(sample.msg_type);
        }
    }
    for (const char* msg_type :
         {"0", "1", "2", "3", "4", "5", "A", "D", "F", "G", "H", "8", "9", "j"}) {
        INFO(to_text(version) << " " << msg_type);
        CHECK(seen.contains(msg_type));
    }
}

}  // namespace sluice::test
