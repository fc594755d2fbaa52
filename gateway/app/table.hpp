// Lists for people and for programs: the same rows as an aligned table or as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sluice::app {

enum class OutputFormat : std::uint8_t { Table, Json };

struct Column {
    std::string key;    // JSON name
    std::string title;  // table heading
    bool right = false;
};

class Table {
public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
    void add(std::vector<std::string> cells);
    bool empty() const { return rows_.empty(); }
    std::string text() const;
    std::string json() const;  // an array of objects, all values strings
    std::string as(OutputFormat format) const {
        return format == OutputFormat::Json ? json() : text();
    }

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace sluice::app
