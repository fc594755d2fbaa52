#include "tests/unit/fix_specs/markdown_table.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "tests/unit/source_dir.hpp"

namespace sluice::test {
namespace {

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" `");
    const auto end = text.find_last_not_of(" `");
    return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

}  // namespace

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> pieces;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
        end = text.find(separator, begin);
        pieces.push_back(trimmed(text.substr(begin, end - begin)));
    }
    return pieces;
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

std::vector<MarkdownRow> read_tables(const std::string& file) {
    std::ifstream in(source_dir() + "/fix_specs/" + file);
    if (!in) {
        throw std::runtime_error("cannot open " + file);
    }
    std::vector<MarkdownRow> rows;
    std::string heading;
    bool in_body = false;  // below the ruler line of a table
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('#')) {
            heading = trimmed(line.substr(line.find_first_not_of('#')));
        }
        if (!line.starts_with('|')) {
            in_body = false;
        } else if (line.starts_with("|---")) {
            in_body = true;
        } else if (in_body) {
            rows.push_back({heading, split(line.substr(1, line.rfind('|') - 1), '|')});
        }
    }
    return rows;
}

}  // namespace sluice::test
