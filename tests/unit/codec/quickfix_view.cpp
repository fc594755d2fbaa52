#include "tests/unit/codec/quickfix_view.hpp"

#include "sessions/engine/quickfix.hpp"

namespace sluice::test {

const Dictionaries& dictionaries(FixVersion version) {
    static const Dictionaries k42(FixVersion::Fix42);
    static const Dictionaries k44(FixVersion::Fix44);
    static const Dictionaries k50(FixVersion::Fix50Sp2);
    return version == FixVersion::Fix42 ? k42 : version == FixVersion::Fix44 ? k44 : k50;
}

struct QuickFixView::Parsed {
    Parsed(const std::string& text, const Dictionaries& with)
        : message(text, with.session(), with.application(), true) {}
    FIX::Message message;
};

QuickFixView::QuickFixView(const std::string& message, FixVersion version)
    : parsed_(std::make_unique<Parsed>(message, dictionaries(version))) {}

QuickFixView::~QuickFixView() = default;

std::optional<std::string> QuickFixView::value(int tag) const {
    const FIX::Message& message = parsed_->message;
    if (message.isSetField(tag)) {
        return message.getField(tag);
    }
    if (message.getHeader().isSetField(tag)) {
        return message.getHeader().getField(tag);
    }
    if (message.getTrailer().isSetField(tag)) {
        return message.getTrailer().getField(tag);
    }
    return std::nullopt;
}

}  // namespace sluice::test
