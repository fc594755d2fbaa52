// The reference page and the list of keys, from the option table.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/config/loader.hpp"
#include "gateway/config/option.hpp"
#include "gateway/config/value.hpp"

namespace sluice::config {
namespace {

// A cell must not hold a bar.
std::string cell(std::string text) {
    for (auto bar = text.find('|'); bar != std::string::npos; bar = text.find('|', bar + 2)) {
        text.replace(bar, 1, "\\|");
    }
    return text;
}

std::string type_text(const Option& option) {
    std::string text = option.type == Type::Word ? fmt::format("{}", fmt::join(option.words, ", "))
                                                 : std::string(to_text(option.type));
    const std::string range = range_text(option);
    if (!range.empty()) {
        text += fmt::format(" ({})", range);
    }
    return option.list ? "list of " + text : text;
}

std::string default_text(const Option& option) {
    if (option.need == Need::Required) {
        return "required";
    }
    return option.fallback ? fmt::format("`{}`", *option.fallback) : "";
}

std::string only_text(const std::optional<VenueType>& only) {
    if (!only) {
        return {};
    }
    return *only == VenueType::Sim ? "Type sim. " : "Type fix. ";
}

// The block that the keys of the page's next table are in.
std::string block_of(const std::string& path) {
    const auto dot = path.rfind('.');
    return dot == std::string::npos ? std::string() : path.substr(0, dot);
}

void add_table(const std::string& block, std::string& page) {
    page += "\n| key | type | default | meaning |\n|---|---|---|---|\n";
    for (const Option& option : table().options) {
        if (option.core_only || block_of(option.path) != block) {
            continue;
        }
        const std::string key = option.path.substr(block.empty() ? 0 : block.size() + 1);
        page += fmt::format("| `{}` | {} | {} | {} |\n", key, cell(type_text(option)),
                            default_text(option), cell(only_text(option.only) + option.help));
    }
}

bool has_rows(const std::string& block) {
    return std::any_of(table().options.begin(), table().options.end(),
                       [&block](const Option& option) {
                           return !option.core_only && block_of(option.path) == block;
                       });
}

constexpr std::string_view kHead =
    R"(# Configuration

One YAML file. This page is made from the option table in `gateway/config/options_*.cpp`
(`sluice config options --markdown`); a test holds it to the table.

- Unknown and duplicate keys are errors. `sluice config check FILE` shows all mistakes of a file at
  once; `sluice explain CODE` says more about one.
- No limit is unlimited by silence: a limit that has to be set is a number or the word `unlimited`.
- Decimals have at most eight places behind the point and may be written in quotes or without.
- Durations are a number and `ns`, `us`, `ms`, `s`, `m`, `h` or `d`; sizes a number and `B`, `KiB`,
  `MiB` or `GiB`.
- Relative paths start at the directory of the file.

A key `a.b` is key `b` in the block of `a`; `a[]` is a list of blocks.

## Top level
)";

}  // namespace

std::string reference_page() {
    std::string page(kHead);
    add_table("", page);
    for (const Section& section : table().sections) {
        page +=
            fmt::format("\n## `{}`\n\n{}{}\n", section.path, only_text(section.only), section.help);
        if (has_rows(section.path)) {
            add_table(section.path, page);
        }
    }
    page +=
        "\n## Codes of mistakes\n\nC0xx are errors, C1xx warnings.\n\n| code | meaning "
        "|\n|---|---|\n";
    for (const CodeText& text : codes()) {
        page += fmt::format("| {} | {} |\n", text.code, text.title);
    }
    return page;
}

std::string option_list() {
    std::string out;
    for (const Option& option : table().options) {
        if (!option.core_only) {
            out += fmt::format(
                "{:<44} {:<40} {}\n", option.path, type_text(option),
                option.need == Need::Required ? "required" : option.fallback.value_or("-"));
        }
    }
    return out;
}

}  // namespace sluice::config
