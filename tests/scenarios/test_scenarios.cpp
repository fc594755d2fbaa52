// Plays every *.fix of this folder through the house. Lines:
//   C> message        the client asks                  C< message   the client's next report
//   V> message        the venue's next request         V< message   the venue says
//   A> words          venue up|down, kill|kill-cancel|resume firm, limit account ACC1 key value,
//                     restart
//   ! pending_reports on the first lines: sessions get Pending New/Cancel/Replace reports
// In V lines 11 is the client's request that is meant, or KILL1.. for our own cancels. Listed
// fields only; "tag=-" means absent. At the end nothing may be left unsaid, and the journal must
// replay to the same decisions and the same state.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "tests/scenarios/test_house.hpp"
#include "tests/unit/source_dir.hpp"

namespace sluice::test {
namespace {

std::vector<std::string> words_of(const std::string& line) {
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;) {
        words.push_back(word);
    }
    return words;
}

void administer(TestHouse& house, const std::string& line) {
    const auto words = words_of(line);
    REQUIRE(!words.empty());
    if (words[0] == "venue") {
        house.venue_session(words.at(1) == "up");
    } else if (words[0] == "restart") {
        house.restart();
    } else if (words[0] == "limit") {
        house.set_limit(*scope_kind(words.at(1)), words.at(2), *limit_key(words.at(3)),
                        words.at(4));
    } else {
        REQUIRE((words[0] == "kill" || words[0] == "kill-cancel" || words[0] == "resume"));
        house.kill(*scope_kind(words.at(1)), words.size() > 2 ? words[2] : "",
                   words[0] == "kill"     ? KillChange::Action::Kill
                   : words[0] == "resume" ? KillChange::Action::Resume
                                          : KillChange::Action::KillAndCancel);
    }
}

void play_line(TestHouse& house, const std::string& line) {
    const std::string rest = line.substr(std::min<std::size_t>(3, line.size()));
    switch (line[0] == 'A' ? 'A' : line[1] == '>' ? line[0] : line[0] == 'C' ? 'c' : 'v') {
        case 'C':
            return house.client(rest);
        case 'c': {
            CHECK(house.next_report() == rest);
            return;
        }
        case 'V': {
            CHECK(house.next_venue_request() == rest);
            return;
        }
        case 'v':
            return house.venue(rest);
        default:
            return administer(house, rest);
    }
}

void play(const std::filesystem::path& file) {
    std::ifstream in(file);
    REQUIRE(in.good());
    std::vector<std::string> lines;
    bool pending_reports = false;
    for (std::string line; std::getline(in, line);) {
        line.erase(std::min(line.find('#'), line.size()));
        line.erase(line.find_last_not_of(" \t") + 1);
        pending_reports |= line == "! pending_reports";
        lines.push_back(line.starts_with('!') ? "" : line);
    }
    TestHouse house(
        [&](CoreConfig& config) { config.sessions[0].pending_reports = pending_reports; });
    for (std::size_t i = 0; i < lines.size(); ++i) {
        INFO(file.filename().string() << ":" << i + 1 << ": " << lines[i]);
        if (!lines[i].empty()) {
            play_line(house, lines[i]);
        }
    }
    INFO(file.filename().string());
    CHECK(house.next_report().text().empty());
    CHECK(house.next_venue_request().text().empty());
    CHECK(house.defects().empty());
    INFO(house.defects());
}

TEST_CASE("every scenario goes as written, and its journal replays to the same decisions") {
    std::set<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(source_dir() + "/tests/scenarios")) {
        if (entry.path().extension() == ".fix") {
            files.insert(entry.path());
        }
    }
    REQUIRE(files.size() >= 18);
    for (const auto& file : files) {
        play(file);
    }
}

}  // namespace
}  // namespace sluice::test
