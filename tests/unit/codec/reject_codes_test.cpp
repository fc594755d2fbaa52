#include "sessions/codec/reject_codes.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/codec/quickfix_view.hpp"
#include "tests/unit/fix_specs/markdown_table.hpp"

namespace sluice::test {
namespace {

constexpr FixVersion kVersions[] = {FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2};

RejectReason reason_of(const std::string& wanted) {
    for (auto i = 1; i < static_cast<int>(RejectReason::Count_); ++i) {
        if (code(static_cast<RejectReason>(i)) == wanted) {
            return static_cast<RejectReason>(i);
        }
    }
    return RejectReason::None;
}

using Mapping = int (*)(RejectReason, FixVersion);
constexpr Mapping kMappings[] = {codec::ord_rej_reason, codec::cxl_rej_reason,
                                 codec::business_reject_reason};
constexpr int kTags[] = {103, 102, 380};

}  // namespace

TEST_CASE("clients are told the codes that the page of reject codes promises") {
    std::size_t compared = 0;
    for (const MarkdownRow& row : read_tables("reject_codes.md")) {
        const RejectReason reason =
            row.cells.size() == 5 ? reason_of(row.cells[0]) : RejectReason::None;
        for (std::size_t t = 0; reason != RejectReason::None && t < 3; ++t) {
            const auto values = split(row.cells[t + 2], '/');
            for (std::size_t v = 0; values.size() == 3 && v < 3; ++v) {
                INFO(row.cells[0] << " " << kTags[t] << " " << to_text(kVersions[v]));
                CHECK(std::to_string(kMappings[t](reason, kVersions[v])) == values[v]);
                ++compared;
            }
        }
    }
    CHECK(compared > 150);
}

TEST_CASE("every code is in the range of its version, also where none is promised") {
    for (const FixVersion version : kVersions) {
        for (auto i = 0; i < static_cast<int>(RejectReason::Count_); ++i) {
            const auto reason = static_cast<RejectReason>(i);
            for (std::size_t t = 0; t < 3; ++t) {
                const std::string value = std::to_string(kMappings[t](reason, version));
                INFO(code(reason) << " " << kTags[t] << "=" << value << " " << to_text(version));
                CHECK(dictionaries(version).has_value(kTags[t], value));
            }
        }
    }
}

TEST_CASE("a replace refused by a check without a code of its own is called other") {
    CHECK(codec::cxl_rej_reason(RejectReason::Halted, FixVersion::Fix42) == 2);
    CHECK(codec::cxl_rej_reason(RejectReason::Halted, FixVersion::Fix44) == 99);
}

TEST_CASE("a status request for an unknown order is answered with 103=5 in every version") {
    for (const FixVersion version : kVersions) {
        CHECK(codec::ord_rej_reason(RejectReason::UnknownOrder, version) == 5);
    }
}

}  // namespace sluice::test
