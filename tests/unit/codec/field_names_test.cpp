#include "sessions/codec/field_names.hpp"

#include <fstream>
#include <map>
#include <regex>

#include <catch2/catch.hpp>

#include "sessions/codec/field_rows.hpp"
#include "tests/unit/fix_specs/dictionaries.hpp"

namespace sluice::test {
namespace {

struct Spec {
    std::map<int, std::string> fields;
    std::map<std::string, std::string> messages;
    std::map<std::pair<int, std::string>, std::string> words;
};

// The dictionaries, line by line; a later version's name stands.
Spec read_specs() {
    Spec spec;
    const std::regex field("<field number='(\\d+)' name='(\\w+)'");
    const std::regex value("<value enum='(\\w+)' description='(\\w+)'");
    const std::regex message("<message name='(\\w+)' msgtype='(\\w+)'");
    for (const char* file : {"FIX42.xml", "FIX44.xml", "FIXT11.xml", "FIX50SP2.xml"}) {
        std::ifstream in(spec_path(file));
        int tag = 0;
        std::smatch match;
        for (std::string line; std::getline(in, line);) {
            if (std::regex_search(line, match, field)) {
                tag = std::stoi(match[1]);
                spec.fields[tag] = match[2];
            } else if (std::regex_search(line, match, value)) {
                spec.words[{tag, match[1]}] = match[2];
            } else if (std::regex_search(line, match, message)) {
                spec.messages[match[2]] = match[1];
            }
        }
    }
    return spec;
}

}  // namespace

TEST_CASE("the built-in names are those of the dictionaries, all and no others") {
    const Spec spec = read_specs();
    REQUIRE(spec.fields.size() > 300);
    CHECK(codec::kFieldRows.size() == spec.fields.size());
    for (const auto& [tag, name] : spec.fields) {
        INFO(tag);
        CHECK(codec::field_name(tag) == name);
    }
    CHECK(codec::kMessageRows.size() == spec.messages.size());
    for (const auto& [type, name] : spec.messages) {
        CHECK(codec::message_name(type) == name);
    }
    CHECK(codec::kWordRows.size() == spec.words.size());
    for (const auto& [key, word] : spec.words) {
        INFO(key.first << "=" << key.second);
        CHECK(codec::value_name(key.first, key.second) == word);
    }
}

TEST_CASE("what has no name has an empty one") {
    CHECK(codec::field_name(0).empty());
    CHECK(codec::field_name(-5).empty());
    CHECK(codec::field_name(999'999'999).empty());
    CHECK(codec::value_name(39, "zz").empty());
    CHECK(codec::value_name(11, "1").empty());
    CHECK(codec::message_name("ZZ").empty());
}

}  // namespace sluice::test
