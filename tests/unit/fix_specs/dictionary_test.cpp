#include <string>
#include <tuple>

#include <catch2/catch.hpp>

#include "tests/unit/fix_specs/dictionaries.hpp"

namespace sluice::test {

TEST_CASE("each dictionary has the session and order messages of its version") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const Dictionaries dictionaries(version);
    for (const char* msg_type :
         {"0", "1", "2", "3", "4", "5", "A", "D", "F", "G", "H", "8", "9", "j"}) {
        INFO(to_text(version) << " " << msg_type);
        CHECK(dictionaries.has_message(msg_type));
    }
}

TEST_CASE("mass cancel and mass status exist from FIX 4.4 on") {
    for (const char* msg_type : {"q", "r", "AF"}) {
        CHECK_FALSE(Dictionaries(FixVersion::Fix42).has_message(msg_type));
        CHECK(Dictionaries(FixVersion::Fix44).has_message(msg_type));
        CHECK(Dictionaries(FixVersion::Fix50Sp2).has_message(msg_type));
    }
}

TEST_CASE("a Logon may carry Username and Password in every version") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const Dictionaries dictionaries(version);
    for (const int tag : {553, 554}) {
        CHECK(dictionaries.has_field("A", tag));
        CHECK_FALSE(dictionaries.requires_field("A", tag));
    }
}

TEST_CASE("HandlInst is required by FIX 4.2 only") {
    const auto [version, required] = GENERATE(table<FixVersion, bool>(
        {{FixVersion::Fix42, true}, {FixVersion::Fix44, false}, {FixVersion::Fix50Sp2, false}}));
    CHECK(Dictionaries(version).requires_field("D", 21) == required);
}

TEST_CASE("DefaultApplVerID is required on the Logon of FIXT 1.1") {
    CHECK(Dictionaries(FixVersion::Fix50Sp2).requires_field("A", 1137));
}

TEST_CASE("ExecType of a fill is 1 or 2 in FIX 4.2 and F in later versions") {
    const Dictionaries fix42(FixVersion::Fix42);
    CHECK((fix42.has_value(150, "1") && fix42.has_value(150, "2")));
    CHECK_FALSE(fix42.has_value(150, "F"));
    const auto version = GENERATE(FixVersion::Fix44, FixVersion::Fix50Sp2);
    const Dictionaries later(version);
    CHECK(later.has_value(150, "F"));
    CHECK_FALSE((later.has_value(150, "1") || later.has_value(150, "2")));
}

TEST_CASE("Parties are known from FIX 4.4 on, ClientID and ExecBroker in FIX 4.2 only") {
    const auto [version, parties] = GENERATE(table<FixVersion, bool>(
        {{FixVersion::Fix42, false}, {FixVersion::Fix44, true}, {FixVersion::Fix50Sp2, true}}));
    const Dictionaries dictionaries(version);
    CHECK(dictionaries.has_field("D", 453) == parties);
    CHECK(dictionaries.has_field("D", 109) != parties);
    CHECK(dictionaries.has_field("D", 76) != parties);
}

TEST_CASE("ExDestination may be reported in FIX 5.0SP2 only") {
    CHECK_FALSE(Dictionaries(FixVersion::Fix42).has_field("8", 100));
    CHECK_FALSE(Dictionaries(FixVersion::Fix44).has_field("8", 100));
    CHECK(Dictionaries(FixVersion::Fix50Sp2).has_field("8", 100));
}

}  // namespace sluice::test
