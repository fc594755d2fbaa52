// Names to dense ids, in order of first appearance, for the life of the journal. Owner: the core
// thread; a replay that meets the same configuration documents gives the same ids.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/domain/core_config.hpp"
#include "gateway/domain/ids.hpp"

namespace sluice {

class Names {
public:
    // The id of a name, giving it the next free one when it is new.
    std::uint32_t intern(std::string_view name);
    // kNoIndex when the name was never seen. Allocates nothing.
    std::uint32_t find(std::string_view name) const;
    std::string_view name(std::uint32_t id) const;  // GW_CHECK on an id that was never given
    std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> index_;
};

class NameTable {
public:
    // Interns every session, account, group, instrument, trader and venue of the document, in its
    // order.
    void learn(const CoreConfig& config);

    Names sessions;
    Names accounts;
    Names groups;
    Names instruments;
    Names venues;
    Names traders;
    Names markets;
};

}  // namespace sluice
