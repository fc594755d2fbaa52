#include "tests/unit/sessions/conversation.hpp"

#include <algorithm>
#include <filesystem>

#include <catch2/catch.hpp>

#include "tests/unit/sessions/session_house.hpp"
#include "tests/unit/source_dir.hpp"

using namespace sluice;

TEST_CASE("the session conversations go as written, in both versions") {
    const std::filesystem::path directory = source_dir() + "/tests/scenarios/session";
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    REQUIRE(files.size() >= 10);
    for (const FixVersion version : {FixVersion::Fix42, FixVersion::Fix44}) {
        for (const auto& file : files) {
            test::SessionHouse house({test::profile_of(version)});
            INFO(file.filename().string() << ", " << to_text(version));
            CHECK(test::play(house, test::read_conversation(file), std::string(to_text(version))) ==
                  "");
        }
    }
}
