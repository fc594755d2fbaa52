#include <catch2/catch.hpp>

#include "sessions/client/scenario.hpp"

using namespace sluice;
using namespace sluice::client;

TEST_CASE("a scenario is read with its settings, its lines and their numbers") {
    const auto parsed = parse_scenario("x",
                                       "# A title\n! pending_reports\n! versions 4.4 5.0SP2\n\n"
                                       "C> 35=D|11=X   # a remark\nV< 35=8|150=0|11=X\n");
    REQUIRE(parsed.ok());
    const Scenario& scenario = parsed.value();
    CHECK(scenario.title == "A title");
    CHECK(scenario.pending_reports);
    CHECK(scenario.is_for(FixVersion::Fix44));
    CHECK_FALSE(scenario.is_for(FixVersion::Fix42));
    REQUIRE(scenario.lines.size() == 2);
    CHECK(scenario.lines[0].kind == ScenarioLine::Kind::ClientSays);
    CHECK(scenario.lines[0].text == "35=D|11=X");
    CHECK(scenario.lines[1].number == 6);
}

TEST_CASE("what is no line of a scenario is named with its number") {
    for (const char* text : {"C> 35=D\nX> 35=D\n", "# t\n! no_such_setting\n",
                             "# t\n! reconcile somehow\n", "a\nC>35=D\n"}) {
        const auto parsed = parse_scenario("x", text);
        REQUIRE_FALSE(parsed.ok());
        CHECK(parsed.error().starts_with(text[0] == 'a' ? "x:1: " : "x:2: "));
    }
}

TEST_CASE("only listed fields are compared, and a name means one value throughout") {
    ScenarioNames names;
    std::map<std::string, std::string> message{{"39", "1"}, {"17", "E7"}};
    const Said said = [&](const std::string& tag) -> std::optional<std::string> {
        const auto found = message.find(tag);
        return found == message.end() ? std::nullopt : std::optional(found->second);
    };
    CHECK(names.difference(Words("39=1|17=@A|41=-"), said).empty());
    CHECK(names.difference(Words("39=2"), said) == "39 is 1, not 2");
    CHECK(names.difference(Words("14=5"), said) == "14 is not there");
    CHECK(names.difference(Words("39=-"), said) == "39 is 1, and must not be there");
    CHECK(names.filled(Words("35=Q|17=@A|37=@B")).text() == "35=Q|17=E7|37=@B");
    message["17"] = "E8";
    CHECK(names.difference(Words("17=@A"), said) == "17 is E8, not E7");
}
