// Plays every *.fix of this folder through the house; sessions/client/scenario.hpp says how they
// are written. At the end nothing may be left unsaid, and the journal must replay to the same
// decisions and the same state.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "sessions/client/scenario.hpp"
#include "tests/scenarios/test_house.hpp"
#include "tests/unit/source_dir.hpp"

namespace sluice::test {
namespace {

using client::Scenario;
using client::ScenarioLine;

void act_on_order(TestHouse& house, const std::vector<std::string>& words) {
    using Kind = OrderAction::Kind;
    static const std::map<std::string, Kind> kWays = {{"filled", Kind::ResolveFilled},
                                                      {"canceled", Kind::ResolveCanceled},
                                                      {"rejected", Kind::ResolveRejected},
                                                      {"working", Kind::ResolveWorking}};
    house.order_action(words.at(1), words[0] == "cancel" ? Kind::Cancel : kWays.at(words.at(2)),
                       words.size() > 3 ? words[3] : "");
}

void administer(TestHouse& house, const std::string& line) {
    const auto words = client::split_words(line);
    REQUIRE(!words.empty());
    if (words[0] == "venue") {
        return house.venue_session(words.at(1) == "up");
    }
    if (words[0] == "client" || words[0] == "listener") {
        house.client_session(
            words[0] == "client" ? "S1" : "S2",
            words.at(1) == "on" ? SessionEvent::Kind::LoggedOn : SessionEvent::Kind::Disconnected);
        return house.pass(1);  // what is due by then is done
    }
    if (words[0] == "restart") {
        house.restart();
        return house.client_session("S1", SessionEvent::Kind::LoggedOn);
    }
    if (words[0] == "cancel" || words[0] == "resolve") {
        act_on_order(house, words);
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
    CHECK(house.next_reply().ok);
}

// to: which session a report is for.
void compare(const std::string& listed,
             const FixText& got,
             client::ScenarioNames& names,
             const char* to = nullptr) {
    INFO("came: " << got);
    client::Words words(listed);
    if (to != nullptr) {
        words.set("to", to);
    }
    CHECK(names.difference(words, [&](const std::string& tag) {
        return got.has(tag) ? std::optional(got.get(tag)) : std::nullopt;
    }) == "");
}

void play_line(TestHouse& house, const ScenarioLine& line, client::ScenarioNames& names) {
    switch (line.kind) {
        case ScenarioLine::Kind::ClientSays:
            return house.client(names.filled(client::Words(line.text)).text());
        case ScenarioLine::Kind::ClientHears:
            return compare(line.text, house.next_report(), names, "0");
        case ScenarioLine::Kind::ListenerHears:
            return compare(line.text, house.next_report(), names, "1");
        case ScenarioLine::Kind::VenueHears:
            return compare(line.text, house.next_venue_request(), names);
        case ScenarioLine::Kind::VenueSays:
            return house.venue(line.text);
        case ScenarioLine::Kind::Operator:
            return administer(house, line.text);
        case ScenarioLine::Kind::OperatorSees:
            CHECK("alerts " + std::to_string(house.stage().alerts()) == line.text);
            return;
    }
}

void set_up(CoreConfig& config, const Scenario& scenario) {
    config.max_pending_replaces = scenario.max_pending_replaces;
    config.sessions[0].pending_reports = scenario.pending_reports;
    if (scenario.cancel_on_disconnect) {
        config.sessions[0].cancel_on_disconnect.scope = CancelOnDisconnect::Scope::Session;
    }
    config.routes[0].hold = scenario.hold;
    if (scenario.drop_copy) {
        config.sessions[1].accounts.clear();
        config.sessions[1].default_account.clear();
        config.sessions[1].drop_copy.enabled = true;
        config.sessions[1].drop_copy.sessions = {"S1"};
    }
    using Way = VenueConfig::Reconcile;
    static const std::map<std::string, Way> kWays = {{"", Way::None},
                                                     {"status", Way::Status},
                                                     {"mass_status", Way::MassStatus},
                                                     {"poss_resend", Way::PossResend},
                                                     {"flag", Way::Flag}};
    config.venues[0].reconcile = kWays.at(scenario.reconcile);
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
