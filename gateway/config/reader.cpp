#include "gateway/config/reader.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "gateway/config/scalar.hpp"
#include "gateway/config/value.hpp"

namespace sluice::config {
namespace {

constexpr std::size_t kListMax = 1'000'000;

Place place_of(const YAML::Mark& mark, std::size_t width) {
    return {static_cast<std::size_t>(std::max(mark.line, 0)) + 1,
            static_cast<std::size_t>(std::max(mark.column, 0)) + 1,
            std::max<std::size_t>(width, 1)};
}

Place place_of(const YAML::Node& node) {
    return place_of(node.Mark(), node.IsScalar() ? node.Scalar().size() : 1);
}

std::string shape_of(const YAML::Node& node) {
    switch (node.Type()) {
        case YAML::NodeType::Map:
            return "a block of keys";
        case YAML::NodeType::Sequence:
            return "a list";
        case YAML::NodeType::Scalar:
            return "a single value";
        default:
            return "nothing";
    }
}

struct Entry {
    std::string key;
    YAML::Node key_node;
    YAML::Node value;
};

class Reader {
public:
    Reader(ReadResult& result, Dialect dialect) : result_(result), dialect_(dialect) {
        scope_.config = &result.config;
        scope_.instrument_defaults = &defaults_;
        scope_.ignored = &ignored_;
    }
    void document(const YAML::Node& node) {
        if (!node.IsMap()) {
            report(code::kShape, place_of(node), "the document is not a block of keys");
            return;
        }
        block(root(), node, "");
    }

private:
    bool known(const Branch& branch) const {
        const bool core = branch.part() == Part::Core;
        if (dialect_ == Dialect::Core) {
            return core;
        }
        return branch.option == nullptr || !branch.option->core_only;
    }
    void report(std::string_view code, Place place, std::string message, std::string hint = {}) {
        result_.diagnostics.push_back(
            {Severity::Error, code, place, std::move(message), std::move(hint)});
    }

    // The entries of a block; complains of keys that stand twice or are no plain words.
    std::vector<Entry> entries_of(const YAML::Node& node, const std::string& path) {
        std::vector<Entry> entries;
        for (const auto& pair : node) {
            if (!pair.first.IsScalar()) {
                report(code::kShape, place_of(pair.first), "a key has to be a word");
                continue;
            }
            const std::string& key = pair.first.Scalar();
            if (const Entry* first = find(entries, key)) {
                report(code::kDuplicateKey, place_of(pair.first),
                       fmt::format("key '{}' stands twice in {}", key, name(path)),
                       fmt::format("first in line {}", place_of(first->key_node).line));
                continue;
            }
            entries.push_back({key, pair.first, pair.second});
        }
        return entries;
    }
    static const Entry* find(const std::vector<Entry>& entries, std::string_view key) {
        const auto found = std::find_if(entries.begin(), entries.end(),
                                        [key](const Entry& entry) { return entry.key == key; });
        return found == entries.end() ? nullptr : &*found;
    }

    // "sessions[0] (CLIENT1)" for people; the name is known once the item's id was read.
    std::string name(const std::string& path) const {
        if (path.empty()) {
            return "the document";
        }
        const auto id = names_.find(path);
        return id == names_.end() ? path : fmt::format("{} ({})", path, id->second);
    }
    void learn_name(const std::vector<Entry>& entries, const std::string& path) {
        for (const std::string_view key : {"id", "name", "symbol"}) {
            const Entry* entry = find(entries, key);
            if (entry != nullptr && entry->value.IsScalar()) {
                names_[path] = entry->value.Scalar().substr(0, 24);
                return;
            }
        }
    }

    void block(const Branch& branch, const YAML::Node& node, const std::string& path) {
        const std::string prefix = path.empty() ? "" : path + ".";
        const std::vector<Entry> entries = entries_of(node, path);
        if (path.ends_with(']')) {
            learn_name(entries, path);
        }
        for (const Branch& child : branch.children) {
            if (!known(child)) {
                continue;
            }
            if (const Entry* entry = find(entries, child.name)) {
                present(child, *entry, prefix + child.name);
            } else {
                absent(child, prefix + child.name, path, place_of(node));
            }
        }
        for (const Entry& entry : entries) {
            unknown(branch, entry, path);
        }
    }

    void unknown(const Branch& branch, const Entry& entry, const std::string& path) {
        std::vector<std::string_view> keys;
        for (const Branch& child : branch.children) {
            if (!known(child)) {
                continue;
            }
            if (child.name == entry.key) {
                return;
            }
            keys.push_back(child.name);
        }
        const std::string_view near = nearest(entry.key, keys);
        report(
            code::kUnknownKey, place_of(entry.key_node),
            fmt::format("unknown key '{}' in {}", entry.key, name(path)),
            near.empty() ? elsewhere(branch, entry.key) : fmt::format("did you mean '{}'?", near));
    }
    // A limit's name in place of its key: throttle_rate is throttle.rate.
    std::string elsewhere(const Branch& branch, std::string_view key) const {
        for (const Branch& child : branch.children) {
            for (const Branch& grandchild : child.children) {
                if (known(grandchild) && !child.is_list() &&
                    key == child.name + "_" + grandchild.name) {
                    return fmt::format("did you mean '{}: {{{}: ...}}'?", child.name,
                                       grandchild.name);
                }
            }
        }
        return {};
    }

    // Keys of venues that belong to the other type.
    bool fits(const std::optional<VenueType>& only) const {
        return dialect_ == Dialect::Core || !only || scope_.at[0] >= result_.config.venues.size() ||
               result_.config.venues[scope_.at[0]].type == *only;
    }
    const std::optional<VenueType>& only_of(const Branch& branch) const {
        return branch.option != nullptr ? branch.option->only : branch.section->only;
    }

    void present(const Branch& branch, const Entry& entry, const std::string& path) {
        const Place place = entry.value.IsScalar() && !entry.value.Scalar().empty()
                                ? place_of(entry.value)
                                : place_of(entry.key_node);
        result_.places.add(path, place);
        if (!fits(only_of(branch))) {
            report(code::kWrongVariant, place_of(entry.key_node),
                   fmt::format("'{}' belongs to venues of type {} only", path,
                               *only_of(branch) == VenueType::Sim ? "sim" : "fix"));
            return;
        }
        if (entry.value.IsNull()) {
            report(code::kShape, place, fmt::format("'{}' has no value", path),
                   "write one or remove the key");
            return;
        }
        if (branch.option != nullptr) {
            value(*branch.option, entry.value, path, place);
        } else if (branch.is_list()) {
            list(branch, entry.value, path, place);
        } else {
            section(branch, entry.value, path, place);
        }
    }

    void section(const Branch& branch,
                 const YAML::Node& node,
                 const std::string& path,
                 const Place& place) {
        if (!node.IsMap()) {
            wrong_shape(path, place, node, "a block of keys");
            return;
        }
        if (branch.section->present) {
            *branch.section->present(scope_) = true;
        }
        block(branch, node, path);
    }

    void wrong_shape(const std::string& path,
                     const Place& place,
                     const YAML::Node& node,
                     std::string_view expected) {
        report(code::kShape, place,
               fmt::format("'{}' is {}, expected {}", path, shape_of(node), expected));
    }

    void list(const Branch& branch,
              const YAML::Node& node,
              const std::string& path,
              const Place& place) {
        if (!node.IsSequence() || node.size() > kListMax) {
            wrong_shape(path, place, node, "a list of blocks, each begun with '- '");
            return;
        }
        const std::size_t depth = depth_++;
        for (std::size_t i = 0; i < node.size(); ++i) {
            const std::string item = fmt::format("{}[{}]", path, i);
            result_.places.add(item, place_of(node[i]));
            branch.section->append(scope_);
            scope_.at.at(depth) = i;
            if (node[i].IsMap()) {
                block(branch, node[i], item);
            } else {
                wrong_shape(item, place_of(node[i]), node[i], "a block of keys");
            }
        }
        depth_ = depth;
    }

    void value(const Option& option,
               const YAML::Node& node,
               const std::string& path,
               const Place& place) {
        if (!option.list) {
            if (!node.IsScalar()) {
                wrong_shape(path, place, node, "a single value");
                return;
            }
            one(option, node, path);
            return;
        }
        if (!node.IsSequence() || node.size() > kListMax) {
            wrong_shape(path, place, node, "a list, as in [A, B]");
            return;
        }
        if (node.size() == 0 && option.need == Need::Required && dialect_ == Dialect::File) {
            report(code::kRequired, place, fmt::format("'{}' is an empty list", path), option.help);
        }
        for (std::size_t i = 0; i < node.size(); ++i) {
            const std::string item = fmt::format("{}[{}]", path, i);
            result_.places.add(item, place_of(node[i]));
            if (node[i].IsScalar()) {
                one(option, node[i], item);
            } else {
                wrong_shape(item, place_of(node[i]), node[i], "a single value");
            }
        }
    }

    void one(const Option& option, const YAML::Node& node, const std::string& path) {
        const Target target = option.bind(scope_);
        const auto stored = store(option, target, node.Scalar());
        if (!stored.ok()) {
            if (const auto* limit = std::get_if<LimitValue*>(&target)) {
                **limit = LimitValue::unlimited();  // it is mistaken, not missing
            }
            const ValueError& error = stored.error();
            const std::string shown =
                option.secret ? "the value" : fmt::format("'{}'", node.Scalar().substr(0, 80));
            report(error.code, place_of(node),
                   fmt::format("{}: {} {}", path, shown, error.expected), error.hint);
        }
    }

    void absent(const Branch& branch,
                const std::string& path,
                const std::string& block_path,
                const Place& place) {
        if (dialect_ == Dialect::Core || !fits(only_of(branch))) {
            return;
        }
        if (branch.option != nullptr) {
            absent_value(*branch.option, branch.name, block_path, place);
            return;
        }
        if (branch.is_list() || branch.section->optional) {
            return;
        }
        for (const Branch& child : branch.children) {
            if (known(child)) {
                absent(child, path + "." + child.name, path, place);
            }
        }
    }

    void absent_value(const Option& option,
                      const std::string& key,
                      const std::string& block_path,
                      const Place& place) {
        if (option.fallback) {
            GW_CHECK(store(option, option.bind(scope_), *option.fallback).ok());
        } else if (option.need == Need::Required) {
            report(code::kRequired, place,
                   fmt::format("key '{}' is missing in {}", key, name(block_path)), option.help);
        }
    }

    ReadResult& result_;
    Dialect dialect_;
    Scope scope_;
    InstrumentConfig defaults_;
    std::uint8_t ignored_ = 0;
    std::size_t depth_ = 0;
    std::unordered_map<std::string, std::string> names_;
};

// Notes where a document begins and forgets the rest.
class Beginning : public YAML::EventHandler {
public:
    YAML::Mark mark;

    void OnDocumentStart(const YAML::Mark& at) override { mark = at; }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&,
                  const std::string&,
                  YAML::anchor_t,
                  const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&,
                         const std::string&,
                         YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&,
                    const std::string&,
                    YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

// A text may hold one document and nothing behind it. YAML::LoadAll() is no help: it never returns
// from a text such as "{a: 1} , b", whose rest it takes for documents without end.
void read_yaml(const std::string& text, Dialect dialect, ReadResult& result) {
    const auto wrong = [&result](Place place, std::string message) {
        result.diagnostics.push_back(
            {Severity::Error, code::kSyntax, place, std::move(message), {}});
    };
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    Beginning beginning;
    if (!parser.HandleNextDocument(beginning)) {
        wrong({}, "the document is empty");
    } else if (parser.HandleNextDocument(beginning)) {
        wrong(place_of(beginning.mark, 1), "the document ends before this, and something follows");
    } else {
        Reader(result, dialect).document(YAML::Load(text));
    }
}

}  // namespace

Place PlaceMap::of(std::string path) const {
    while (true) {
        const auto found = places_.find(path);
        if (found != places_.end()) {
            return found->second;
        }
        const auto cut = path.find_last_of(".[");
        if (cut == std::string::npos) {
            return {};
        }
        path.resize(cut);
    }
}

ReadResult read_document(std::string_view text, Dialect dialect) {
    ReadResult result;
    try {
        read_yaml(std::string(text), dialect, result);
    } catch (const YAML::Exception& error) {
        result.diagnostics.push_back(
            {Severity::Error, code::kSyntax, place_of(error.mark, 1), "YAML: " + error.msg, {}});
    }
    return result;
}

}  // namespace sluice::config
