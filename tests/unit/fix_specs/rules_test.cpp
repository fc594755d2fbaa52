#include <map>
#include <set>
#include <string>
#include <tuple>

#include <catch2/catch.hpp>

#include "tests/unit/fix_specs/dictionaries.hpp"
#include "tests/unit/fix_specs/markdown_table.hpp"

namespace sluice::test {
namespace {

// "NewOrderSingle(D)" -> "D"; empty when the heading names no message.
std::string msg_type_in(const std::string& heading) {
    const auto open = heading.rfind('(');
    return open == std::string::npos || heading.back() != ')'
               ? ""
               : heading.substr(open + 1, heading.size() - open - 2);
}

bool is_field_row(const MarkdownRow& row) {
    return row.cells.size() == 5 && is_number(row.cells[0]) && !msg_type_in(row.heading).empty();
}

std::string page_of(FixVersion version) {
    switch (version) {
        case FixVersion::Fix42:
            return "rules/fix42.md";
        case FixVersion::Fix44:
            return "rules/fix44.md";
        case FixVersion::Fix50Sp2:
            return "rules/fix50sp2.md";
    }
    return "";
}

}  // namespace

TEST_CASE("every field in the rules of engagement belongs to its message, by tag and by name") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const Dictionaries dictionaries(version);
    for (const MarkdownRow& row : read_tables(page_of(version))) {
        if (is_field_row(row)) {
            const int tag = std::stoi(row.cells[0]);
            INFO(page_of(version) << " " << row.heading << " " << tag);
            CHECK(dictionaries.has_field(msg_type_in(row.heading), tag));
            CHECK(dictionaries.field_name(tag) == row.cells[1]);
        }
    }
}

TEST_CASE("a field is marked required in the rules exactly when the dictionary requires it") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const Dictionaries dictionaries(version);
    for (const MarkdownRow& row : read_tables(page_of(version))) {
        if (is_field_row(row)) {
            const std::string msg_type = msg_type_in(row.heading);
            INFO(page_of(version) << " " << row.heading << " " << row.cells[0]);
            CHECK((row.cells[2] == "Y") ==
                  dictionaries.requires_field(msg_type, std::stoi(row.cells[0])));
        }
    }
}

TEST_CASE("the rules of engagement have a table for every message that is served") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    std::set<std::string> msg_types;
    for (const MarkdownRow& row : read_tables(page_of(version))) {
        if (is_field_row(row)) {
            msg_types.insert(msg_type_in(row.heading));
        }
    }
    for (const char* msg_type : {"A", "D", "E", "F", "G", "H", "Q", "8", "9", "j", "N"}) {
        INFO(page_of(version) << " " << msg_type);
        CHECK(msg_types.contains(msg_type));
    }
    for (const char* msg_type : {"q", "AF", "r"}) {
        INFO(page_of(version) << " " << msg_type);
        CHECK(msg_types.contains(msg_type) == (version != FixVersion::Fix42));
    }
}

}  // namespace sluice::test
