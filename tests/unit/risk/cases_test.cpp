#include <catch2/catch.hpp>
#include <yaml-cpp/yaml.h>

#include "tests/unit/risk/script.hpp"
#include "tests/unit/source_dir.hpp"

using namespace sluice::test;

TEST_CASE("every worked example of cases.yaml comes out as it says") {
    const YAML::Node cases = YAML::LoadFile(sluice::source_dir() + "/tests/unit/risk/cases.yaml");
    REQUIRE(cases.size() > 80);
    for (const auto& test_case : cases) {
        DYNAMIC_SECTION(test_case["case"].as<std::string>()) {
            play(test_case);
        }
    }
}
