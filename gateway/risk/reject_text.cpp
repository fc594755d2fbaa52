#include "gateway/risk/reject_text.hpp"

#include <algorithm>
#include <charconv>

namespace sluice {

ProseWriter& ProseWriter::put(std::string_view text) {
    const std::size_t taken = std::min(text.size(), bytes_.size() - size_);
    std::copy_n(text.begin(), taken, bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += taken;
    return *this;
}

ProseWriter& ProseWriter::put(Decimal value) {
    std::array<char, Decimal::kTextMax> text{};
    const char* const end = value.write(text.data());
    return put(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())));
}

ProseWriter& ProseWriter::put_number(std::uint64_t value) {
    std::array<char, 20> text{};
    const char* const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return put(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())));
}

ProseWriter& ProseWriter::put_scope(const Scope& scope, const NameTable& names) {
    put(to_text(scope.kind));
    const std::string_view name = scope_name(scope, names);
    if (!name.empty()) {
        put("/").put(name);
    }
    if (scope.kind == ScopeKind::AccountInstrument) {
        put("/").put(names.instruments.name(scope.instrument));
    }
    return *this;
}

Prose ProseWriter::prose() const {
    return Prose(std::string_view(bytes_.data(), size_));
}

std::string_view scope_name(const Scope& scope, const NameTable& names) {
    switch (scope.kind) {
        case ScopeKind::Group:
            return names.groups.name(scope.id);
        case ScopeKind::Venue:
            return names.venues.name(scope.id);
        case ScopeKind::Session:
            return names.sessions.name(scope.id);
        case ScopeKind::Account:
        case ScopeKind::AccountInstrument:
            return names.accounts.name(scope.id);
        case ScopeKind::Instrument:
            return names.instruments.name(scope.id);
        case ScopeKind::Trader:
            return names.traders.name(scope.id);
        case ScopeKind::None:
        case ScopeKind::Firm:
            break;
    }
    return {};
}

Prose reject_text(RejectReason reason,
                  const Breach& breach,
                  const NameTable& names,
                  std::uint64_t config_version,
                  bool show_numbers) {
    ProseWriter text;
    text.put("RISK ").put(code(reason)).put(" ");
    if (breach.scope.kind != ScopeKind::None) {
        text.put_scope(breach.scope, names).put(":");
    }
    text.put(breach.key == LimitKey::None ? breach.words : to_text(breach.key));
    if (breach.has_numbers && show_numbers) {
        text.put(" limit=").put(breach.limit).put(" observed=").put(breach.observed);
    }
    return text.put(" cfg=").put_number(config_version).prose();
}

}  // namespace sluice
