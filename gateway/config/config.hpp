// GatewayConfig: everything a sluice.yaml says, checked, with defaults filled in. `core` is what
// the deterministic core knows and the journal keeps; the rest is how the process is wired. Built
// by load_file() and load_text() (loader.hpp), read by app/. Values are checked once, in the
// loader: who holds a GatewayConfig may rely on them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/calendar/calendar.hpp"
#include "gateway/domain/core_config.hpp"
#include "gateway/venues/pacer.hpp"
#include "gateway/venues/sim_config.hpp"

namespace sluice::config {

using Duration = std::chrono::nanoseconds;

enum class Durability : std::uint8_t { Synced = 0, Written = 1 };

struct JournalSettings {
    Durability durability = Durability::Synced;
    std::uint64_t segment_size = 0;  // bytes
    Duration commit_interval{};      // the longest a record waits for its group
    Duration seal_interval{};        // between two seals of the hash chain
    Duration stall_limit{};          // the journal does not move for so long: halted
};

enum class WaitStrategy : std::uint8_t { Spin = 0, SpinThenPark = 1, Park = 2 };

struct WaitSettings {
    WaitStrategy strategy = WaitStrategy::SpinThenPark;
    Duration spin{};                  // before parking, with SpinThenPark
    std::vector<std::uint32_t> cpus;  // processors that the hot thread is kept on; empty: any
};

// Whether plain messages in sequence pass beside the FIX engine; the answers are the same.
enum class FastPath : std::uint8_t { Off = 0, On = 1 };

enum class TlsVersion : std::uint8_t { Tls12 = 0, Tls13 = 1 };
enum class ClientCertificate : std::uint8_t { None = 0, Optional = 1, Required = 2 };

// Paths of PEM files. `enabled` is false when the document has no tls block.
struct TlsSettings {
    bool enabled = false;
    std::string certificate;
    std::string key;
    std::string ca;           // trusted issuers of the other side; empty with none to check
    std::string server_name;  // venues: name expected in the venue's certificate; empty: host
    TlsVersion min_version = TlsVersion::Tls12;
    ClientCertificate client_certificate = ClientCertificate::None;
};

struct ListenerSettings {
    std::string name;
    std::string address;  // numeric IPv4 or IPv6
    std::uint16_t port = 0;
    TlsSettings tls;
};

struct LogonSettings {
    Duration timeout{};  // from accept, TLS handshake included
    std::uint32_t max_unauthenticated = 0;
    std::uint32_t max_per_address = 0;
    std::uint64_t max_bytes = 0;  // received before a Logon(A) is complete
};

struct WireSettings {
    std::uint64_t max_frame = 0;        // bytes of one FIX message
    std::uint64_t outbound_buffer = 0;  // bytes queued for a client before it is a slow reader
};

struct AdminSettings {
    std::string socket;  // never empty after loading: <data_dir>/admin.sock by default
    std::uint32_t mode = 0600;
};

enum class LogLevel : std::uint8_t { Debug = 0, Info = 1, Warning = 2, Error = 3 };

struct LogSettings {
    LogLevel level = LogLevel::Info;
    std::string file;  // empty: standard error
};

// The FIX side of a trading client's session. sessions[i] belongs to core.sessions[i], which holds
// its version, accounts and limits. SenderCompID(49) is ours, TargetCompID(56) the client's.
struct SessionSettings {
    std::string id;
    std::string sender_comp_id;
    std::string target_comp_id;
    std::string username;     // Username(553); empty: not asked for
    std::string password;     // "$scrypt$..." of Password(554); empty: not asked for
    std::string certificate;  // "CN=..." or "sha256:<hex>" of the client's certificate; empty: any
    std::vector<std::string> addresses;  // CIDR; empty: any address
    std::vector<std::string> listeners;  // names; empty: all
    std::uint32_t heartbeat_min = 0;     // HeartBtInt(108) that is accepted, seconds
    std::uint32_t heartbeat_max = 0;
    std::string dictionary;              // path; empty: our own
    std::string app_dictionary;          // path, FIXT.1.1 only; empty: our own
    Duration max_latency{};              // SendingTime(52) may be off by so much; 0: not checked
    std::uint32_t timestamp_digits = 3;  // of a second, in what we send: 0, 3, 6 or 9
    std::uint32_t cancel_tag = 0;  // field of the Logon(A) that wishes for cancel on disconnect
    bool reset_on_logon = false;
    bool enabled = true;
};

enum class VenueType : std::uint8_t { Sim = 0, Fix = 1 };

// One FIX session to a venue.
struct FixLine {
    std::string sender_comp_id;
    std::string target_comp_id;
    std::string host;
    std::uint16_t port = 0;
    TlsSettings tls;
    std::string username;
    std::string password_file;  // the password is its first line; never in this document
};

// The first line, what all lines have in common, and the other lines.
struct FixVenueSettings : FixLine {
    FixVersion version = FixVersion::Fix44;
    std::uint32_t heartbeat = 0;  // seconds
    Duration reconnect{};
    std::vector<std::uint32_t> custom_tags;  // user-defined tags (5000 and up) of this venue
    Pacing pacing;
    std::vector<FixLine> more_lines;
};

// venues[i] belongs to core.venues[i].
struct VenueSettings {
    std::string id;
    VenueType type = VenueType::Sim;
    SimConfig sim;         // with Sim
    FixVenueSettings fix;  // with Fix
};

// markets[i] belongs to core.markets[i].
struct MarketSettings {
    calendar::Hours hours;
};

struct GatewayConfig {
    CoreConfig core;
    std::string data_dir;
    JournalSettings journal;
    WaitSettings wait;
    LogSettings log;
    AdminSettings admin;
    LogonSettings logon;
    WireSettings wire;
    FastPath fast_path = FastPath::On;
    std::vector<ListenerSettings> listeners;
    std::vector<SessionSettings> sessions;
    std::vector<VenueSettings> venues;
    std::vector<MarketSettings> markets;
    bool accept_changes = true;  // a changed document waits for a person
    std::string day_roll_at;     // "17:00" in core.market_zone; empty: only when asked for
};

}  // namespace sluice::config
