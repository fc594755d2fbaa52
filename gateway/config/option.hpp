// The option table: each key that a sluice.yaml may have, once, with its type, default, range, help
// and the field that it fills. The reader, the writer of effective documents, the reference page
// and the completion of commands all work from these rows and from nothing else.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/config/config.hpp"

namespace sluice::config {

enum class Type : std::uint8_t {
    Text,      // any printable text
    Name,      // 1 to 24 letters, digits and _ . : -
    Symbol,    // 1 to 24 printable characters without blanks
    Currency,  // three capital letters
    Letters,   // 1 to 4 letters
    Path,      // a relative path starts at the directory of the document
    Address,   // numeric IPv4 or IPv6
    Cidr,
    Int,
    Octal,
    Decimal,
    Interval,
    Size,
    Bool,
    Word,           // one of Option::words
    Limit,          // decimal, or the word unlimited
    LimitInterval,  // duration, or the word unlimited; kept in milliseconds
};
std::string_view to_text(Type type);

// Where in the configuration the reader or writer stands: the indexes of the list items around it.
struct Scope {
    GatewayConfig* config = nullptr;
    InstrumentConfig* instrument_defaults = nullptr;
    std::uint8_t* ignored = nullptr;  // for words that are checked and not kept
    std::array<std::size_t, 3> at{};  // outermost first
};

// Present or absent: a decimal that may be left out.
struct OptionalDecimal {
    Decimal* value;
    bool* present;
};
struct WordRef {
    std::uint8_t* value;  // an enumeration; its first word stands for Option::first_word
};
struct Nanos {
    std::int64_t* value;  // negative: the word never
};

using Target = std::variant<std::string*,
                            std::vector<std::string>*,
                            std::vector<std::uint32_t>*,
                            std::uint16_t*,
                            std::uint32_t*,
                            std::uint64_t*,
                            bool*,
                            Duration*,
                            Nanos,
                            Decimal*,
                            OptionalDecimal,
                            LimitValue*,
                            WordRef>;

enum class Need : std::uint8_t { Optional, Required };
// Kept: part of the core's document, too. Process: only how the process is wired.
enum class Part : std::uint8_t { Process, Core };

struct Option {
    std::string path{};  // "sessions[].throttle.rate"
    Type type = Type::Text;
    std::function<Target(Scope&)> bind{};
    std::string help{};  // one or two sentences

    Need need = Need::Optional;
    Part part = Part::Process;
    bool list = false;       // a list of values of this type
    bool secret = false;     // never shown
    bool core_only = false;  // not for people: only in the journaled document
    // What an absent key means, as it would be written. Empty optional: nothing is done.
    std::optional<std::string> fallback{};
    // In units of the type: the number, nanoseconds, bytes, 10^-8; for texts the length.
    std::optional<std::int64_t> min{};
    std::optional<std::int64_t> max{};
    std::int64_t unit_ns = 1;  // durations in an integer field: nanoseconds of one
    std::vector<std::string_view> words{};
    std::uint8_t first_word = 0;
    std::optional<VenueType> only{};  // of venues: belongs to this type
};

// A block of keys, or a list of blocks (path ends in "[]").
struct Section {
    std::string path{};
    std::string help{};
    Part part = Part::Process;
    bool optional = false;                      // an absent block gets no defaults
    std::function<std::size_t(Scope&)> size{};  // lists
    std::function<void(Scope&)> append{};
    std::function<bool*(Scope&)> present{};  // optional blocks
    std::optional<VenueType> only{};
};

struct Table {
    std::vector<Section> sections;
    std::vector<Option> options;
};

// The table, in the order of the reference page. Made once, never changed.
const Table& table();

// Rows of one theme each, in options_*.cpp.
void add_process_options(Table& table);
void add_risk_options(Table& table);
void add_instrument_options(Table& table);
void add_session_options(Table& table);
void add_venue_options(Table& table);
void add_tls_options(Table& table,
                     const std::string& path,
                     const std::function<TlsSettings&(Scope&)>& tls,
                     bool server);

// Rows of the limits and of the throttle at one place; path ends in a dot.
using LimitsOf = std::function<Limits&(Scope&)>;
void add_limit_options(Table& table, const std::string& path, const LimitsOf& limits);
void add_throttle_options(Table& table, const std::string& path, const LimitsOf& limits);
// Firm, groups, accounts.
void add_tree_options(Table& table, const std::string& path, const LimitsOf& limits);
// Sessions, accounts.
void add_ratio_options(Table& table, const std::string& path, const LimitsOf& limits);
void add_trader_options(Table& table);
void add_market_options(Table& table);
// Sessions, accounts, traders.
void add_execution_option(Table& table, const std::string& path, const LimitsOf& limits);
// Instruments, instruments of an account.
void add_locate_option(Table& table, const std::string& path, const LimitsOf& limits);
using TypesOf = std::function<PermittedTypes&(Scope&)>;
void add_type_options(Table& table, const std::string& path, const TypesOf& types);
using RestrictedOf = std::function<RestrictedLists&(Scope&)>;
void add_restricted_options(Table& table, const std::string& path, const RestrictedOf& lists);

// The table as a tree: what keys a block may have.
struct Branch {
    std::string name{};                // the key
    const Option* option = nullptr;    // a value, or
    const Section* section = nullptr;  // a block; with Section::size a list of blocks
    std::vector<Branch> children{};

    bool is_list() const { return section != nullptr && section->size != nullptr; }
    Part part() const { return option != nullptr ? option->part : section->part; }
};
const Branch& root();

}  // namespace sluice::config
