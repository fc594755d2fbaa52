// The dictionaries of one FIX version as a session of the gateway holds them, and the verdict that
// QuickFIX gives with them. Only dictionaries.cpp sees QuickFIX.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateway/domain/fix_enums.hpp"

namespace FIX {
class DataDictionary;
}

namespace sluice::test {

std::string spec_path(const std::string& file);  // "FIX44.xml" -> its place in the source tree

class Dictionaries {
public:
    explicit Dictionaries(FixVersion version);  // throws what QuickFIX throws when a file is bad
    // One file for session and application, from its text: a dictionary that a user wrote.
    explicit Dictionaries(const std::string& xml);
    ~Dictionaries();

    const FIX::DataDictionary& session() const { return *session_; }
    const FIX::DataDictionary& application() const { return *application_; }

    // Questions of the tests; a tag is looked up in the dictionary that owns it.
    std::optional<std::string> field_name(int tag) const;
    bool has_message(const std::string& msg_type) const;
    bool has_field(const std::string& msg_type, int tag) const;
    bool requires_field(const std::string& msg_type, int tag) const;
    bool has_value(int tag, const std::string& value) const;

    // SessionRejectReason(373) that the message (fields ended by SOH) earns, or nothing when it is
    // valid.
    std::optional<int> reject_reason(const std::string& message) const;

private:
    const FIX::DataDictionary& owner(const std::string& msg_type) const;

    std::shared_ptr<FIX::DataDictionary> session_;
    std::shared_ptr<FIX::DataDictionary> application_;
};

}  // namespace sluice::test
