#include "gateway/app/row_writer.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/nearest_word.hpp"
#include "sessions/client/fix_text.hpp"

namespace sluice::app {
namespace {

std::size_t width_of(const std::string& field) {
    if (field == "seq") {
        return 6;
    }
    if (field == "time") {
        return 15;
    }
    if (field == "type") {
        return 13;
    }
    if (field == "detail" || field == "raw") {
        return 0;
    }
    return field == "order" || field == "session" || field == "reason" ? 10 : 9;
}

std::string title_of(std::string field) {
    std::transform(field.begin(), field.end(), field.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return field;
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string out = "\"";
    for (const char c : text) {
        out += c == '"' ? "\"\"" : std::string(1, c);
    }
    return out + "\"";
}

std::string json_object(const std::vector<std::string>& fields,
                        const std::vector<std::string>& cells) {
    nlohmann::ordered_json object;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        object[fields[i]] = cells[i];
    }
    return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

// As QuickFIX's message log has it, which viewers of FIX logs read.
std::string fix_line(const RecordRow& row) {
    return row.raw.empty()
               ? std::string()
               : client::utc_timestamp(row.time_ns) + " : " + without_secrets(row.raw) + "\n";
}

bool is_secret(int tag) {
    return tag == 96 || tag == 554 || tag == 925 || tag == 1402 || tag == 1404;
}

}  // namespace

const std::vector<std::string>& row_fields() {
    static const std::vector<std::string> fields{
        "seq",   "time",  "type",      "event",          "session", "account", "symbol",
        "venue", "order", "cl_ord_id", "orig_cl_ord_id", "reason",  "detail",  "raw"};
    return fields;
}

std::string row_field(const RecordRow& row, const std::string& field, RowFormat format) {
    if (field == "seq") {
        return std::to_string(row.seq);
    }
    if (field == "time") {
        return format == RowFormat::Table ? clock_time(row.time_ns) : iso_time(row.time_ns);
    }
    if (field == "type") {
        return std::string(journal::name(row.type));
    }
    if (field == "raw") {
        return client::readable(without_secrets(row.raw));
    }
    static const std::vector<std::pair<std::string, std::string RecordRow::*>> kTexts{
        {"event", &RecordRow::event},         {"session", &RecordRow::session},
        {"account", &RecordRow::account},     {"symbol", &RecordRow::symbol},
        {"venue", &RecordRow::venue},         {"order", &RecordRow::order},
        {"cl_ord_id", &RecordRow::cl_ord_id}, {"orig_cl_ord_id", &RecordRow::orig_cl_ord_id},
        {"reason", &RecordRow::reason},       {"detail", &RecordRow::detail}};
    for (const auto& [name, member] : kTexts) {
        if (name == field) {
            return row.*member;
        }
    }
    return {};
}

std::vector<std::string> parse_fields(const std::string& text) {
    std::vector<std::string> fields;
    std::size_t at = 0;
    while (at <= text.size()) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        const std::string field = text.substr(at, comma - at);
        const auto& known = row_fields();
        if (std::find(known.begin(), known.end(), field) == known.end()) {
            throw CliFailure{kUsage,
                             fmt::format("no field '{}'.{} Fields: {}", field,
                                         did_you_mean(field, known), fmt::join(known, ",")),
                             {}};
        }
        fields.push_back(field);
        at = comma + 1;
    }
    return fields;
}

std::string without_secrets(std::string_view message) {
    std::string out;
    while (!message.empty()) {
        const std::string_view field = message.substr(0, message.find('\x01'));
        const bool ended = field.size() < message.size();
        int tag = 0;
        const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), tag);
        const auto head = static_cast<std::size_t>(end - field.data()) + 1;
        if (error == std::errc() && is_secret(tag) && head <= field.size()) {
            out += field.substr(0, head);
            out += "***";
        } else {
            out += field;
        }
        out += ended ? "\x01" : "";
        message.remove_prefix(field.size() + (ended ? 1 : 0));
    }
    return out;
}

std::string RowWriter::begin() const {
    switch (format_) {
        case RowFormat::Table: {
            std::vector<std::string> titles;
            for (const std::string& field : fields_) {
                titles.push_back(title_of(field));
            }
            return table_line(titles);
        }
        case RowFormat::Json:
            return "[";
        case RowFormat::Csv:
            return fmt::format("{}\r\n", fmt::join(fields_, ","));
        default:
            return {};
    }
}

std::string RowWriter::row(const RecordRow& row) {
    const bool first = rows_++ == 0;
    if (format_ == RowFormat::Fix) {
        return fix_line(row);
    }
    std::vector<std::string> cells;
    for (const std::string& field : fields_) {
        cells.push_back(row_field(row, field, format_));
    }
    switch (format_) {
        case RowFormat::Table:
            return table_line(cells);
        case RowFormat::Json:
            return (first ? "\n  " : ",\n  ") + json_object(fields_, cells);
        case RowFormat::JsonLines:
            return json_object(fields_, cells) + "\n";
        default:
            std::transform(cells.begin(), cells.end(), cells.begin(), csv_cell);
            return fmt::format("{}\r\n", fmt::join(cells, ","));
    }
}

std::string RowWriter::end() const {
    return format_ != RowFormat::Json ? "" : rows_ == 0 ? "]\n" : "\n]\n";
}

std::string RowWriter::table_line(const std::vector<std::string>& cells) const {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::size_t width = width_of(fields_[i]);
        line += fields_[i] == "seq" ? fmt::format("{:>{}}", cells[i], width)
                                    : fmt::format("{:<{}}", cells[i], width);
        line += i + 1 < cells.size() ? "  " : "";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

}  // namespace sluice::app
