// Plays every conversation of a directory against the acceptor: play_conversations <4.2|4.4> <dir>.
// For acceptance definitions kept elsewhere; the tests of the house use tests/scenarios/session.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "tests/unit/sessions/conversation.hpp"
#include "tests/unit/sessions/session_house.hpp"

using namespace sluice;

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: play_conversations <4.2|4.4> <directory of .def files>\n");
        return 2;
    }
    const bool is_42 = std::string(argv[1]) == "4.2";
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(argv[2])) {
        if (entry.path().extension() == ".def") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    int failed = 0;
    for (const auto& file : files) {
        SessionProfile profile = test::profile_of(is_42 ? FixVersion::Fix42 : FixVersion::Fix44);
        profile.our_comp_id = "ISLD";
        profile.their_comp_id = is_42 ? "TW42" : "TW44";
        profile.reset_on_disconnect = true;
        test::SessionHouse house({profile});
        const std::string trouble =
            test::play(house, test::read_def(file), is_42 ? "FIX.4.2" : "FIX.4.4");
        failed += trouble.empty() ? 0 : 1;
        std::printf("%s %s%s%s\n", trouble.empty() ? "ok  " : "FAIL", file.filename().c_str(),
                    trouble.empty() ? "" : "\n  ", trouble.c_str());
        std::fflush(stdout);
    }
    std::printf("%zu conversations, %d failed\n", files.size(), failed);
    return failed == 0 ? 0 : 1;
}
