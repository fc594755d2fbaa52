#include "gateway/config/writer.hpp"

#include <fmt/format.h>

#include "gateway/config/value.hpp"

namespace sluice::config {
namespace {

// Double-quoted YAML. Texts are printable ASCII by the reader's rules; a path may hold more.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            out += fmt::format("\\x{:02x}", byte);
        } else {
            out += c;
        }
    }
    return out + "\"";
}

bool plain(Type type) {
    switch (type) {
        case Type::Int:
        case Type::Octal:
        case Type::Interval:
        case Type::LimitInterval:
        case Type::Size:
        case Type::Bool:
            return true;
        default:
            return false;
    }
}

class Writer {
public:
    Writer(GatewayConfig& config, Dialect dialect) : dialect_(dialect) {
        scope_.config = &config;
        scope_.instrument_defaults = &defaults_;
        scope_.ignored = &ignored_;
    }

    // The lines of a block; empty when it holds nothing.
    std::string block(const Branch& branch, std::size_t indent) {
        std::string out;
        for (const Branch& child : branch.children) {
            if (shown(child)) {
                out += child.option != nullptr ? value(child, indent) : nested(child, indent);
            }
        }
        return out;
    }

private:
    bool shown(const Branch& branch) const {
        if (dialect_ == Dialect::Core) {
            return branch.part() == Part::Core;
        }
        if (branch.name == "instrument_defaults") {
            return false;  // each instrument is written in full
        }
        const auto& only = branch.option != nullptr ? branch.option->only : branch.section->only;
        if (only && scope_.config->venues[scope_.at[0]].type != *only) {
            return false;
        }
        return branch.option == nullptr || (!branch.option->secret && !branch.option->core_only);
    }

    std::string value(const Branch& branch, std::size_t indent) {
        const Option& option = *branch.option;
        const Target target = option.bind(scope_);
        if (const auto* word = std::get_if<WordRef>(&target); word && word->value == &ignored_) {
            return {};
        }
        const std::vector<std::string> texts = texts_of(option, target);
        std::string line(indent, ' ');
        line += branch.name + ": ";
        if (option.list) {
            line += '[';
            for (std::size_t i = 0; i < texts.size(); ++i) {
                line += (i == 0 ? "" : ", ") + (plain(option.type) ? texts[i] : quoted(texts[i]));
            }
            return line + "]\n";
        }
        if (texts.empty()) {
            return {};
        }
        return line + (plain(option.type) ? texts.front() : quoted(texts.front())) + "\n";
    }

    std::string nested(const Branch& branch, std::size_t indent) {
        if (branch.is_list()) {
            return list(branch, indent);
        }
        if (branch.section->present && !*branch.section->present(scope_)) {
            return {};
        }
        const std::string body = block(branch, indent + 2);
        return body.empty() ? body : std::string(indent, ' ') + branch.name + ":\n" + body;
    }

    std::string list(const Branch& branch, std::size_t indent) {
        const std::size_t size = branch.section->size(scope_);
        if (size == 0) {
            return {};
        }
        std::string out = std::string(indent, ' ') + branch.name + ":\n";
        const std::size_t depth = depth_++;
        for (std::size_t i = 0; i < size; ++i) {
            scope_.at.at(depth) = i;
            std::string item = block(branch, indent + 4);
            item.replace(indent + 2, 1, "-");
            out += item;
        }
        depth_ = depth;
        return out;
    }

    Dialect dialect_;
    Scope scope_;
    InstrumentConfig defaults_;
    std::uint8_t ignored_ = 0;
    std::size_t depth_ = 0;
};

}  // namespace

std::string write_document(GatewayConfig config, Dialect dialect) {
    return Writer(config, dialect).block(root(), 0);
}

}  // namespace sluice::config
