#include "gateway/app/table.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "gateway/domain/check.hpp"

namespace sluice::app {

void Table::add(std::vector<std::string> cells) {
    GW_CHECK(cells.size() == columns_.size());
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = columns_[i].title.size();
        for (const auto& row : rows_) {
            width = std::max(width, row[i].size());
        }
        widths.push_back(width);
    }
    std::string out;
    const auto put = [&](std::size_t i, const std::string& cell) {
        const std::string blanks(widths[i] - cell.size(), ' ');
        out += columns_[i].right ? blanks + cell : cell + blanks;
    };
    const auto line = [&](auto&& cell_of) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            put(i, cell_of(i));
            out += i + 1 < columns_.size() ? "  " : "";
        }
        while (!out.empty() && out.back() == ' ') {
            out.pop_back();
        }
        out += '\n';
    };
    line([&](std::size_t i) { return columns_[i].title; });
    for (const auto& row : rows_) {
        line([&](std::size_t i) { return row[i]; });
    }
    return out;
}

std::string Table::json() const {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& row : rows_) {
        nlohmann::ordered_json object;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            object[columns_[i].key] = row[i];
        }
        list.push_back(std::move(object));
    }
    return list.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace sluice::app
