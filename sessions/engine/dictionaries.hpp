// Dictionaries: every data dictionary file is read once and shared by all sessions that name it. A
// copy per session would cost 2.4 MiB each. Built at start; read-only afterwards. A path that
// begins with kBuiltin names one of our own, which are inside the binary (fix_specs/embedded.hpp).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/domain/fix_enums.hpp"

namespace FIX {
class DataDictionary;
class DataDictionaryProvider;
}  // namespace FIX

namespace sluice::engine {

class FastRules;

// What one kind of session validates with. For FIXT sessions `transport` is the FIXT.1.1 file and
// `application` the file of the application version; otherwise `application` is empty.
struct DictionaryFiles {
    std::string begin_string;
    std::string transport;
    std::string application;
    std::string appl_ver_id = "9";  // DefaultApplVerID(1137) of the application file
    std::vector<std::uint32_t>
        custom_tags{};  // allowed in every order entry message beside the file's
    std::vector<std::uint32_t> logon_tags{};  // allowed in Logon(A) beside the file's
};

inline constexpr const char* kBuiltin = "builtin:";

class Dictionaries {
public:
    Dictionaries();
    ~Dictionaries();
    Dictionaries(const Dictionaries&) = delete;
    Dictionaries& operator=(const Dictionaries&) = delete;

    // The same files give the same object. Throws std::runtime_error, naming the file, when one
    // cannot be read: at start only.
    const FIX::DataDictionaryProvider& provider(const DictionaryFiles& files);
    // The rules of the fast path for the same files; shared likewise.
    const FastRules& fast_rules(const DictionaryFiles& files);
    std::size_t files_read() const { return files_.size(); }

private:
    struct Entry;
    Entry& entry(const DictionaryFiles& files);
    std::shared_ptr<FIX::DataDictionary> file(const std::string& path);
    std::shared_ptr<FIX::DataDictionary> with_tags(const std::string& path,
                                                   const std::vector<std::uint32_t>& order_tags,
                                                   const std::vector<std::uint32_t>& logon_tags);
    std::map<std::string, std::shared_ptr<FIX::DataDictionary>> files_;
    std::map<std::string, std::unique_ptr<Entry>> entries_;
};

}  // namespace sluice::engine

namespace sluice {

// Our own dictionaries for a version.
engine::DictionaryFiles builtin_dictionaries(FixVersion version);

}  // namespace sluice
