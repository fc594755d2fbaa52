// What a certification found: a line for each play as it ends, a closing line, a report file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/app/cert_play.hpp"
#include "gateway/domain/fix_enums.hpp"

namespace sluice::app {

class CertReport {
public:
    // over: what was on the other sides, such as "a FIX venue".
    explicit CertReport(std::string over) : over_(std::move(over)) {}

    // Prints it, too. venue: which of ours it was played over, "fix" or "sim"; else empty.
    void add(const client::Scenario& scenario,
             FixVersion version,
             std::string_view venue,
             const CertVerdict& verdict);
    // A scenario that cannot be played here, and why.
    void skip(const client::Scenario& scenario,
              FixVersion version,
              std::string_view venue,
              const std::string& why);
    bool all_passed() const;
    // "90 scenarios, 264 of 264 plays passed in FIX.4.2, FIX.4.4 over a FIX venue, 3 left out"
    std::string closing_line() const;
    // JSON when the name ends so, else text. Throws CliFailure when it cannot be written.
    void write(const std::string& file) const;

private:
    struct Row {
        std::string name, title;
        FixVersion version;
        std::string venue;
        CertVerdict verdict;
        std::string skipped;
    };
    static std::string line_of(const Row& row);
    std::size_t count_passed() const;
    std::size_t count_skipped() const;

    std::string over_;
    std::vector<Row> rows_;
};

}  // namespace sluice::app
