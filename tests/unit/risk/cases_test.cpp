#include <catch2/catch.hpp>
#include <yaml-cpp/yaml.h>

#include "tests/unit/risk/script.hpp"

using namespace sluice::test;

TEST_CASE("every worked example of cases.yaml comes out as it says") {
    const YAML::Node cases = YAML::LoadFile(SLUICE_SOURCE_DIR "/tests/unit/risk/cases.yaml");
    REQUIRE(cases.size() > 80);
    for (const auto& test_case : cases) {
        DYNAMIC_SECTION(test_case["case"].as<std::string>()) {
            play(test_case);
        }
    }
}
