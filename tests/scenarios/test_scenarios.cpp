// Plays every *.fix of this folder through the house; sessions/client/scenario.hpp says how they
// are written. At the end nothing may be left unsaid, and the journal must replay to the same
// decisions and the same state.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <catch2/catch.hpp>

#include "sessions/client/scenario.hpp"
#include "tests/scenarios/test_house.hpp"
#include "tests/unit/source_dir.hpp"

namespace sluice::test {
namespace {

using client::Scenario;
using client::ScenarioLine;

void administer(TestHouse& house, const std::string& line) {
    const auto words = client::split_words(line);
    REQUIRE(!words.empty());
    if (words[0] == "venue") {
        house.venue_session(words.at(1) == "up");
    } else if (words[0] == "client") {
        house.client_session("S1", words.at(1) == "on" ? SessionEvent::Kind::LoggedOn
                                                       : SessionEvent::Kind::Disconnected);
        house.pass(1);  // what is due by then is done
    } else if (words[0] == "restart") {
        house.restart();
        house.client_session("S1", SessionEvent::Kind::LoggedOn);
    } else if (words[0] == "day-roll") {
        house.admin(DayRoll{});
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

void compare(const std::string& listed, const FixText& got, client::ScenarioNames& names) {
    INFO("came: " << got);
    CHECK(names.difference(client::Words(listed), [&](const std::string& tag) {
        return got.has(tag) ? std::optional(got.get(tag)) : std::nullopt;
    }) == "");
}

void play_line(TestHouse& house, const ScenarioLine& line, client::ScenarioNames& names) {
    switch (line.kind) {
        case ScenarioLine::Kind::ClientSays:
            return house.client(line.text);
        case ScenarioLine::Kind::ClientHears:
            return compare(line.text, house.next_report(), names);
        case ScenarioLine::Kind::VenueHears:
            return compare(line.text, house.next_venue_request(), names);
        case ScenarioLine::Kind::VenueSays:
            return house.venue(line.text);
        case ScenarioLine::Kind::Operator:
            return administer(house, line.text);
    }
}

void set_up(CoreConfig& config, const Scenario& scenario) {
    config.max_pending_replaces = scenario.max_pending_replaces;
    config.sessions[0].pending_reports = scenario.pending_reports;
    if (scenario.cancel_on_disconnect) {
        config.sessions[0].cancel_on_disconnect.scope = CancelOnDisconnect::Scope::Session;
    }
    config.routes[0].hold = scenario.hold;
}

void play(const std::filesystem::path& file) {
    std::ifstream in(file);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto parsed = client::parse_scenario(file.stem().string(), text);
    INFO((parsed.ok() ? std::string() : parsed.error()));
    REQUIRE(parsed.ok());
    const Scenario& scenario = parsed.value();
    TestHouse house([&](CoreConfig& config) { set_up(config, scenario); });
    house.client_session("S1", SessionEvent::Kind::LoggedOn);
    client::ScenarioNames names;
    for (const auto& line : scenario.lines) {
        INFO(file.filename().string() << ":" << line.number << ": " << line.text);
        play_line(house, line, names);
    }
    INFO(file.filename().string());
    CHECK(house.next_report().text().empty());
    CHECK(house.next_venue_request().text().empty());
    CHECK(house.defects() == "");
}

TEST_CASE("every scenario goes as written, and its journal replays to the same decisions") {
    std::set<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(source_dir() + "/tests/scenarios")) {
        if (entry.path().extension() == ".fix") {
            files.insert(entry.path());
        }
    }
    REQUIRE(files.size() >= 90);
    for (const auto& file : files) {
        play(file);
    }
}

}  // namespace
}  // namespace sluice::test
