#include "gateway/config/diagnostic.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace sluice::config {
namespace {

std::string_view line_of(std::string_view text, std::size_t number) {
    for (std::size_t line = 1; line < number; ++line) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) {
            return {};
        }
        text.remove_prefix(end + 1);
    }
    text = text.substr(0, text.find('\n'));
    return text.substr(0, text.find('\r'));
}

// Control characters would move the carets or the terminal.
std::string printable(std::string_view text) {
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return out;
}

std::string excerpt(const Diagnostic& item, std::string_view text) {
    constexpr std::size_t kLineMax = 160;
    const std::string line = printable(line_of(text, item.place.line));
    const std::size_t column = item.place.column - 1;
    if (line.empty() || column >= line.size() || column > kLineMax) {
        return item.hint.empty() ? std::string() : fmt::format("     = {}\n", item.hint);
    }
    const std::size_t width =
        std::min(std::max<std::size_t>(item.place.width, 1), line.size() - column);
    return fmt::format("{:>5} | {}\n      | {}{}{}{}\n", item.place.line,
                       line.substr(0, std::max(kLineMax, column + width)), std::string(column, ' '),
                       std::string(width, '^'), item.hint.empty() ? "" : " ", item.hint);
}

std::string plural(std::size_t number, std::string_view noun) {
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace

std::size_t count(std::span<const Diagnostic> diagnostics, Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(diagnostics.begin(), diagnostics.end(),
                      [severity](const Diagnostic& item) { return item.severity == severity; }));
}

std::string render(std::span<const Diagnostic> diagnostics,
                   std::string_view file,
                   std::string_view text) {
    std::string out;
    for (const Diagnostic& item : diagnostics) {
        const std::string_view word = item.severity == Severity::Error ? "error" : "warning";
        if (item.place.line == 0) {
            out += fmt::format("{}: {}[{}]: {}\n", file, word, item.code, item.message);
            if (!item.hint.empty()) {
                out += fmt::format("     = {}\n", item.hint);
            }
            continue;
        }
        out += fmt::format("{}:{}:{}: {}[{}]: {}\n", file, item.place.line, item.place.column, word,
                           item.code, item.message);
        out += excerpt(item, text);
    }
    const std::size_t errors = count(diagnostics, Severity::Error);
    const std::size_t warnings = count(diagnostics, Severity::Warning);
    if (errors + warnings == 0) {
        return out;
    }
    return out + fmt::format("{}{}{}\n", plural(errors, "error"),
                             warnings == 0 ? "" : ", " + plural(warnings, "warning"),
                             errors == 0 ? "." : "; nothing was started.");
}

std::string explain(std::string_view wanted) {
    for (const CodeText& text : codes()) {
        if (text.code == wanted) {
            return fmt::format("{}: {}\n\n{}\n", text.code, text.title, text.explanation);
        }
    }
    return {};
}

}  // namespace sluice::config
