// The rows of the tables in a Markdown page of fix_specs/, so that what we tell people is tested
// too.
#pragma once

#include <string>
#include <vector>

namespace sluice::test {

struct MarkdownRow {
    std::string heading;             // text of the heading above the table, "NewOrderSingle(D)"
    std::vector<std::string> cells;  // trimmed, without backquotes
};

// file: path inside fix_specs. Header rows and ruler lines are left out. Throws when it cannot be
// opened.
std::vector<MarkdownRow> read_tables(const std::string& file);

std::vector<std::string> split(const std::string& text, char separator);  // pieces are trimmed
bool is_number(const std::string& text);

}  // namespace sluice::test
