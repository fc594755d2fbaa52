#include "tests/unit/codec/quickfix_view.hpp"

#include <algorithm>

#include "sessions/engine/quickfix.hpp"

namespace sluice::test {
namespace {

void collect(const FIX::FieldMap& map, int tag, std::vector<std::string>& into) {
    if (map.isSetField(tag)) {
        into.push_back(map.getField(tag));
    }
    for (auto group = map.g_begin(); group != map.g_end(); ++group) {
        for (const FIX::FieldMap* entry : group->second) {
            collect(*entry, tag, into);
        }
    }
}

}  // namespace

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

std::vector<std::string> QuickFixView::values(int tag) const {
    std::vector<std::string> all;
    collect(parsed_->message.getHeader(), tag, all);
    collect(parsed_->message, tag, all);
    collect(parsed_->message.getTrailer(), tag, all);
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace sluice::test
