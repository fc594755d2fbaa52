// Every shape of report, in every version, as QuickFIX with our dictionaries judges it: a report
// that did not validate would break a resend in its middle.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "sessions/codec/report_encoder.hpp"
#include "tests/unit/codec/quickfix_view.hpp"
#include "tests/unit/codec/reports.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {

TEST_CASE("every report parses and validates with the dictionary of its version") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    codec::ReportEncoder encoder(version, kInstance);
    for (const auto& [name, report] : every_shape()) {
        const std::string message(encoder.encode(report, header()));
        INFO(to_text(version) << " " << name << ": " << readable(message));
        CHECK(dictionaries(version).reject_reason(message) == std::nullopt);
    }
}

TEST_CASE("restated and unsolicited reports validate with every ExecRestatementReason(378)") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    codec::ReportEncoder encoder(version, kInstance);
    for (int reason = 0; reason < 256; ++reason) {
        Report report = working_order();
        report.exec_type = ExecType::Restated;
        report.flags |= report_flag::kUnsolicited;
        report.restatement_reason = static_cast<std::uint8_t>(reason);
        const std::string message(encoder.encode(report, header()));
        INFO(to_text(version) << " " << readable(message));
        CHECK(dictionaries(version).reject_reason(message) == std::nullopt);
    }
}

TEST_CASE("QuickFIX reads from a report the texts that we wrote, field by field") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    codec::ReportEncoder encoder(version, kInstance);
    for (const auto& [name, report] : every_shape()) {
        const std::string message(encoder.encode(report, header()));
        const QuickFixView view(message, version);
        std::map<int, std::vector<std::string>> written;
        for (const auto& [tag, value] : naive_parse(message)) {
            written[tag].push_back(value);
        }
        for (auto& [tag, values] : written) {
            INFO(name << " tag " << tag << ": " << readable(message));
            std::sort(values.begin(), values.end());
            CHECK(view.values(tag) == values);
        }
    }
}

}  // namespace sluice::test
