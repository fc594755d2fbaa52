#include "tests/unit/fix_specs/dictionaries.hpp"

#include <sstream>
#include <string_view>

#include "sessions/engine/quickfix.hpp"
#include "tests/unit/source_dir.hpp"

namespace sluice::test {
namespace {

std::shared_ptr<FIX::DataDictionary> load(const std::string& file) {
    return std::make_shared<FIX::DataDictionary>(spec_path(file));
}

bool is_session_message(const std::string& msg_type) {
    constexpr std::string_view kSessionMessages = "012345A";
    return msg_type.size() == 1 &&
           kSessionMessages.find(msg_type.front()) != std::string_view::npos;
}

}  // namespace

std::string spec_path(const std::string& file) {
    return source_dir() + "/fix_specs/" + file;
}

Dictionaries::Dictionaries(FixVersion version) {
    switch (version) {
        case FixVersion::Fix42:
            session_ = application_ = load("FIX42.xml");
            break;
        case FixVersion::Fix44:
            session_ = application_ = load("FIX44.xml");
            break;
        case FixVersion::Fix50Sp2:
            session_ = load("FIXT11.xml");
            application_ = load("FIX50SP2.xml");
            break;
    }
}

Dictionaries::Dictionaries(const std::string& xml) {
    std::istringstream in(xml);
    session_ = application_ = std::make_shared<FIX::DataDictionary>(in);
}

Dictionaries::~Dictionaries() = default;

const FIX::DataDictionary& Dictionaries::owner(const std::string& msg_type) const {
    return is_session_message(msg_type) ? *session_ : *application_;
}

std::optional<std::string> Dictionaries::field_name(int tag) const {
    std::string name;
    if (application_->getFieldName(tag, name) || session_->getFieldName(tag, name)) {
        return name;
    }
    return std::nullopt;
}

bool Dictionaries::has_message(const std::string& msg_type) const {
    return owner(msg_type).isMsgType(msg_type);
}

bool Dictionaries::has_field(const std::string& msg_type, int tag) const {
    return owner(msg_type).isMsgField(msg_type, tag);
}

bool Dictionaries::requires_field(const std::string& msg_type, int tag) const {
    return owner(msg_type).isRequiredField(msg_type, tag);
}

bool Dictionaries::has_value(int tag, const std::string& value) const {
    return application_->isFieldValue(tag, value);
}

// The numbers are those that FIX::Session answers with for each exception.
std::optional<int> Dictionaries::reject_reason(const std::string& message) const {
    try {
        FIX::Message parsed(message, *session_, *application_, true);
        // FIXT 1.1 holds its session messages whole; their bodies are not looked up in FIX 5.0SP2.
        const auto& body = parsed.isAdmin() ? session_ : application_;
        FIX::DataDictionary::validate(parsed, session_.get(), body.get());
        return std::nullopt;
    } catch (const FIX::InvalidTagNumber&) {
        return 0;
    } catch (const FIX::RequiredTagMissing&) {
        return 1;
    } catch (const FIX::TagNotDefinedForMessage&) {
        return 2;
    } catch (const FIX::NoTagValue&) {
        return 4;
    } catch (const FIX::IncorrectTagValue&) {
        return 5;
    } catch (const FIX::IncorrectDataFormat&) {
        return 6;
    } catch (const FIX::InvalidMessageType&) {
        return 11;
    } catch (const FIX::RepeatedTag&) {
        return 13;
    } catch (const FIX::TagOutOfOrder&) {
        return 14;
    } catch (const FIX::RepeatingGroupCountMismatch&) {
        return 16;
    }
}

}  // namespace sluice::test
