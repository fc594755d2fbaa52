#include "sessions/engine/dictionaries.hpp"

#include <stdexcept>

#include "sessions/engine/quickfix.hpp"

namespace sluice::engine {

Dictionaries::Dictionaries() = default;
Dictionaries::~Dictionaries() = default;

std::shared_ptr<FIX::DataDictionary> Dictionaries::file(const std::string& path) {
    auto& entry = files_[path];
    if (entry == nullptr) {
        try {
            entry = std::make_shared<FIX::DataDictionary>(path);
        } catch (const std::exception& error) {
            files_.erase(path);
            throw std::runtime_error("data dictionary " + path + ": " + error.what());
        }
    }
    return entry;
}

const FIX::DataDictionaryProvider& Dictionaries::provider(const DictionaryFiles& files) {
    const std::string key = files.begin_string + '\n' + files.transport + '\n' + files.application +
                            '\n' + files.appl_ver_id;
    const auto found = providers_.find(key);
    if (found != providers_.end()) {
        return *found->second;
    }
    auto made = std::make_unique<FIX::DataDictionaryProvider>();
    const auto transport = file(files.transport);
    made->addTransportDataDictionary(FIX::BeginString(files.begin_string), transport);
    if (files.application.empty()) {
        made->addApplicationDataDictionary(
            FIX::Message::toApplVerID(FIX::BeginString(files.begin_string)), transport);
    } else {
        made->addApplicationDataDictionary(FIX::ApplVerID(files.appl_ver_id),
                                           file(files.application));
    }
    return *providers_.emplace(key, std::move(made)).first->second;
}

}  // namespace sluice::engine
