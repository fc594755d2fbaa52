#include "gateway/config/loader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "gateway/config/checks.hpp"
#include "gateway/config/reader.hpp"
#include "gateway/config/writer.hpp"

namespace sluice::config {
namespace {

constexpr std::uintmax_t kFileMax = 16U << 20U;

void sort_by_place(std::vector<Diagnostic>& diagnostics) {
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& a, const Diagnostic& b) {
                         return std::pair(a.place.line, a.place.column) <
                                std::pair(b.place.line, b.place.column);
                     });
}

std::optional<std::string> read_file(const std::string& path) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    std::ifstream in(path, std::ios::binary);
    if (failed || size > kFileMax || !in) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

Loaded load_text(std::string_view text, const std::string& file, const std::string& base_dir) {
    ReadResult read = read_document(text, Dialect::File);
    finish(read.config, base_dir);
    check(read.config, read.places, read.diagnostics);
    sort_by_place(read.diagnostics);
    Loaded loaded;
    loaded.report = render(read.diagnostics, file, text);
    if (count(read.diagnostics, Severity::Error) == 0) {
        loaded.config = std::move(read.config);
    }
    loaded.diagnostics = std::move(read.diagnostics);
    return loaded;
}

Loaded load_file(const std::string& path) {
    const auto text = read_file(path);
    if (!text) {
        Loaded loaded;
        loaded.diagnostics.push_back(
            {Severity::Error, code::kUnreadable, {}, "the file cannot be read", {}});
        loaded.report = render(loaded.diagnostics, path, {});
        return loaded;
    }
    return load_text(*text, path, std::filesystem::path(path).parent_path().string());
}

std::string effective_document(const CoreConfig& core) {
    GatewayConfig config;
    config.core = core;
    config.sessions.resize(core.sessions.size());
    config.venues.resize(core.venues.size());
    config.markets.resize(core.markets.size());
    return write_document(std::move(config), Dialect::Core);
}

std::string effective_document(const GatewayConfig& config) {
    return effective_document(config.core);
}

Result<CoreConfig, std::string> parse_core_document(std::string_view text) {
    ReadResult read = read_document(text, Dialect::Core);
    if (!read.diagnostics.empty()) {
        return Result<CoreConfig, std::string>::failure(
            render(read.diagnostics, "configuration document", text));
    }
    return std::move(read.config.core);
}

std::string full_document(const GatewayConfig& config) {
    return write_document(config, Dialect::File);
}

}  // namespace sluice::config
