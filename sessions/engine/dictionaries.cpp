#include "sessions/engine/dictionaries.hpp"

#include <array>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "fix_specs/embedded.hpp"
#include "sessions/engine/fast_rules.hpp"
#include "sessions/engine/quickfix.hpp"

namespace sluice::engine {

namespace {

// The messages that custom tags may come in, and the reports that may give them back.
constexpr std::array<const char*, 7> kOrderEntry = {"D", "F", "G", "H", "8", "9", "j"};

constexpr std::array<const char*, 1> kLogon = {"A"};

void allow(FIX::DataDictionary& dictionary, std::uint32_t tag, std::span<const char* const> types) {
    dictionary.addField(static_cast<int>(tag));
    for (const char* type : types) {
        dictionary.addMsgField(type, static_cast<int>(tag));
    }
}

std::shared_ptr<FIX::DataDictionary> read(const std::string& path) {
    const std::string_view prefix = kBuiltin;
    if (!path.starts_with(prefix)) {
        return std::make_shared<FIX::DataDictionary>(path);
    }
    const std::string_view text = embedded_dictionary(std::string_view(path).substr(prefix.size()));
    if (text.empty()) {
        throw std::runtime_error("there is no such built-in dictionary");
    }
    std::istringstream stream{std::string(text)};
    return std::make_shared<FIX::DataDictionary>(stream);
}

std::string key_of(const std::string& path, const std::vector<std::uint32_t>& tags) {
    std::string key = path;
    for (const std::uint32_t tag : tags) {
        key += ' ' + std::to_string(tag);
    }
    return key;
}

}  // namespace

std::shared_ptr<FIX::DataDictionary> Dictionaries::file(const std::string& path) {
    auto& entry = files_[path];
    if (entry == nullptr) {
        try {
            entry = read(path);
        } catch (const std::exception& error) {
            files_.erase(path);
            throw std::runtime_error("data dictionary " + path + ": " + error.what());
        }
    }
    return entry;
}

std::shared_ptr<FIX::DataDictionary> Dictionaries::with_tags(
    const std::string& path,
    const std::vector<std::uint32_t>& order_tags,
    const std::vector<std::uint32_t>& logon_tags) {
    if (order_tags.empty() && logon_tags.empty()) {
        return file(path);
    }
    auto& entry = files_[key_of(key_of(path, order_tags) + " A", logon_tags)];
    if (entry == nullptr) {
        auto extended = std::make_shared<FIX::DataDictionary>(*file(path));
        for (const std::uint32_t tag : order_tags) {
            allow(*extended, tag, kOrderEntry);
        }
        for (const std::uint32_t tag : logon_tags) {
            allow(*extended, tag, kLogon);
        }
        entry = std::move(extended);
    }
    return entry;
}

// What is made of one set of files.
struct Dictionaries::Entry {
    FIX::DataDictionaryProvider provider;
    std::unique_ptr<FastRules> fast_rules;
};

Dictionaries::Dictionaries() = default;
Dictionaries::~Dictionaries() = default;

Dictionaries::Entry& Dictionaries::entry(const DictionaryFiles& files) {
    const std::string key =
        files.begin_string + '\n' + files.transport + '\n' + files.application + '\n' +
        key_of(key_of(files.appl_ver_id, files.custom_tags) + " A", files.logon_tags);
    const auto found = entries_.find(key);
    if (found != entries_.end()) {
        return *found->second;
    }
    auto made = std::make_unique<Entry>();
    const bool one_file = files.application.empty();
    const auto transport =
        with_tags(files.transport, one_file ? files.custom_tags : std::vector<std::uint32_t>{},
                  files.logon_tags);
    const auto application =
        one_file ? transport : with_tags(files.application, files.custom_tags, {});
    made->provider.addTransportDataDictionary(FIX::BeginString(files.begin_string), transport);
    made->provider.addApplicationDataDictionary(
        one_file ? FIX::Message::toApplVerID(FIX::BeginString(files.begin_string))
                 : FIX::ApplVerID(files.appl_ver_id),
        application);
    made->fast_rules = std::make_unique<FastRules>(*transport, *application, files.begin_string);
    return *entries_.emplace(key, std::move(made)).first->second;
}

const FIX::DataDictionaryProvider& Dictionaries::provider(const DictionaryFiles& files) {
    return entry(files).provider;
}

const FastRules& Dictionaries::fast_rules(const DictionaryFiles& files) {
    return *entry(files).fast_rules;
}

}  // namespace sluice::engine

namespace sluice {

engine::DictionaryFiles builtin_dictionaries(FixVersion version) {
    const std::string builtin = engine::kBuiltin;
    engine::DictionaryFiles files;
    switch (version) {
        case FixVersion::Fix42:
            files.begin_string = "FIX.4.2";
            files.transport = builtin + "FIX42.xml";
            break;
        case FixVersion::Fix44:
            files.begin_string = "FIX.4.4";
            files.transport = builtin + "FIX44.xml";
            break;
        case FixVersion::Fix50Sp2:
            files.begin_string = "FIXT.1.1";
            files.transport = builtin + "FIXT11.xml";
            files.application = builtin + "FIX50SP2.xml";
            break;
    }
    return files;
}

}  // namespace sluice
