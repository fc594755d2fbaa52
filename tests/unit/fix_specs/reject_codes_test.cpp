#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "gateway/domain/reject_reason.hpp"
#include "tests/unit/fix_specs/dictionaries.hpp"
#include "tests/unit/fix_specs/markdown_table.hpp"

namespace sluice::test {
namespace {

constexpr std::size_t kColumns = 5;
constexpr FixVersion kVersions[] = {FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2};
constexpr int kTags[] = {103, 102, 380};  // of the third to the fifth column

bool is_code_row(const MarkdownRow& row) {
    return row.cells.size() == kColumns;
}

std::set<std::string> documented_codes() {
    std::set<std::string> codes;
    for (const MarkdownRow& row : read_tables("reject_codes.md")) {
        if (is_code_row(row)) {
            codes.insert(row.cells[0]);
        }
    }
    return codes;
}

}  // namespace

TEST_CASE("every value in the table of reject codes is known to the dictionary of its version") {
    for (std::size_t v = 0; v < std::size(kVersions); ++v) {
        const Dictionaries dictionaries(kVersions[v]);
        for (const MarkdownRow& row : read_tables("reject_codes.md")) {
            for (std::size_t t = 0; is_code_row(row) && t < std::size(kTags); ++t) {
                const auto values = split(row.cells[t + 2], '/');
                INFO(to_text(kVersions[v]) << " " << row.cells[0] << " " << kTags[t]);
                CHECK((values == std::vector<std::string>{"-"} ||
                       (values.size() == std::size(kVersions) &&
                        dictionaries.has_value(kTags[t], values[v]))));
            }
        }
    }
}

TEST_CASE(
    "every reject reason of the gateway is in the table of reject codes, and nothing else is") {
    std::set<std::string> codes;
    for (auto i = 1; i < static_cast<int>(RejectReason::Count_); ++i) {
        codes.emplace(code(static_cast<RejectReason>(i)));
    }
    CHECK(documented_codes() == codes);
}

TEST_CASE("every reject code is told in some message") {
    for (const MarkdownRow& row : read_tables("reject_codes.md")) {
        if (is_code_row(row)) {
            INFO(row.cells[0]);
            CHECK((row.cells[2] != "-" || row.cells[3] != "-" || row.cells[4] != "-"));
        }
    }
}

TEST_CASE("an unknown order in a status request can be told in every version") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    CHECK(Dictionaries(version).has_value(103, "5"));
}

}  // namespace sluice::test
