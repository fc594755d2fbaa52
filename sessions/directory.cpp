#include "sessions/directory.hpp"

#include <set>

namespace sluice {
namespace {

std::string identity(std::string_view begin, std::string_view their, std::string_view our) {
    std::string key(begin);
    key.append(1, '\x01').append(their).append(1, '\x01').append(our);
    return key;
}

}  // namespace

std::string_view begin_string(FixVersion version) {
    return version == FixVersion::Fix50Sp2 ? "FIXT.1.1" : to_text(version);
}

Result<SessionDirectory, std::string> SessionDirectory::make(std::vector<SessionProfile> profiles) {
    using Made = Result<SessionDirectory, std::string>;
    SessionDirectory directory;
    std::set<std::uint32_t> ids;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        const SessionProfile& profile = profiles[i];
        if (profile.our_comp_id.empty() || profile.their_comp_id.empty()) {
            return Made::failure("session " + profile.name + ": a CompID is empty");
        }
        if (!ids.insert(profile.id.value).second) {
            return Made::failure("session " + profile.name + ": its id is another session's, too");
        }
        const std::string key =
            identity(begin_string(profile.version), profile.their_comp_id, profile.our_comp_id);
        const auto [at, is_new] = directory.by_identity_.emplace(key, i);
        if (!is_new) {
            return Made::failure("session " + profile.name + " has the identity of session " +
                                 profiles[at->second].name);
        }
    }
    directory.profiles_ = std::move(profiles);
    return directory;
}

SessionProfile* SessionDirectory::find(std::string_view begin,
                                       std::string_view sender_comp_id,
                                       std::string_view target_comp_id) {
    const auto found = by_identity_.find(identity(begin, sender_comp_id, target_comp_id));
    return found == by_identity_.end() ? nullptr : &profiles_[found->second];
}

}  // namespace sluice
