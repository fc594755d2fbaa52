// Journal rows as they are found, for people and for programs: a table with columns of fixed width,
// a JSON array, JSON lines, CSV (RFC 4180), or the FIX messages alone. Holds one row at a time, so
// a journal of any size can be listed, and a live one followed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/app/record_view.hpp"

namespace sluice::app {

enum class RowFormat : std::uint8_t { Table, Json, JsonLines, Csv, Fix };

// The fields that rows have, in order, by their JSON names.
const std::vector<std::string>& row_fields();
// One of row_fields(); times with microseconds in tables and in full elsewhere. Raw messages are
// shown with | between fields and without passwords.
std::string row_field(const RecordRow& row, const std::string& field, RowFormat format);
// "seq,time,event" as a list. Throws CliFailure with the nearest word.
std::vector<std::string> parse_fields(const std::string& text);

// The message with the values of Password(554), NewPassword(925), RawData(96) of a logon and the
// like replaced by ***.
std::string without_secrets(std::string_view message);

class RowWriter {
public:
    RowWriter(RowFormat format, std::vector<std::string> fields)
        : format_(format), fields_(std::move(fields)) {}

    // Each gives the text to print next.
    std::string begin() const;
    std::string row(const RecordRow& row);
    std::string end() const;
    std::uint64_t rows() const { return rows_; }

private:
    std::string table_line(const std::vector<std::string>& cells) const;
    RowFormat format_;
    std::vector<std::string> fields_;
    std::uint64_t rows_ = 0;
};

}  // namespace sluice::app
