#include "tests/unit/sessions/conversation.hpp"

#include <algorithm>
#include <filesystem>

#include <catch2/catch.hpp>

#include "tests/unit/sessions/session_house.hpp"
#include "tests/unit/source_dir.hpp"

using namespace sluice;

namespace {

// Everything but SendingTime(52), OrigSendingTime(122) and CheckSum(10).
std::string timeless(std::string message) {
    for (const char* tag : {"|52=", "|122=", "|10="}) {
        const auto at = message.find(tag);
        if (at != std::string::npos) {
            message.erase(at, message.find('|', at + 1) - at);
        }
    }
    return message;
}

}  // namespace

TEST_CASE("the session conversations go as written, in both versions, by the fast path or not") {
    const std::filesystem::path directory = source_dir() + "/tests/scenarios/session";
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    REQUIRE(files.size() >= 10);
    for (const FixVersion version : {FixVersion::Fix42, FixVersion::Fix44}) {
        for (const auto& file : files) {
            INFO(file.filename().string() << ", " << to_text(version));
            std::vector<std::string> heard[2];
            for (const bool fast_path : {false, true}) {
                SessionProfile profile = test::profile_of(version);
                profile.fast_path = fast_path;
                test::SessionHouse house({profile});
                CHECK(test::play(house, test::read_conversation(file),
                                 std::string(to_text(version)), &heard[fast_path ? 1 : 0]) == "");
            }
            REQUIRE(heard[0].size() == heard[1].size());
            for (std::size_t i = 0; i < heard[0].size(); ++i) {
                CHECK(timeless(heard[0][i]) == timeless(heard[1][i]));
            }
        }
    }
}
