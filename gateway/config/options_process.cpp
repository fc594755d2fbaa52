// Rows of the process: data directory, journal, waiting, log, admin socket, listeners.
#include "gateway/config/option.hpp"

namespace sluice::config {
namespace {

constexpr std::int64_t kMicro = 1'000;
constexpr std::int64_t kMilli = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kKiB = 1 << 10;
constexpr std::int64_t kMiB = 1 << 20;

template <class E>
WordRef word(E& field) {
    static_assert(sizeof(E) == 1);
    return {reinterpret_cast<std::uint8_t*>(&field)};
}

void add_top(Table& table) {
    auto& rows = table.options;
    rows.push_back({.path = "instance",
                    .type = Type::Letters,
                    .bind = [](Scope& s) -> Target { return &s.config->core.instance; },
                    .help = "Prefix of each OrderID(37) and ExecID(17) that this gateway gives.",
                    .part = Part::Core,
                    .fallback = "G"});
    rows.push_back({.path = "version",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &s.config->core.version; },
                    .help = "Counts applied configurations; written by the gateway.",
                    .part = Part::Core,
                    .core_only = true});
    rows.push_back({.path = "data_dir",
                    .type = Type::Path,
                    .bind = [](Scope& s) -> Target { return &s.config->data_dir; },
                    .help = "Directory of the journal, the admin socket and everything else that "
                            "is kept. Made at the first start.",
                    .fallback = "sluice-data"});
    rows.push_back({.path = "market_zone",
                    .type = Type::Text,
                    .bind = [](Scope& s) -> Target { return &s.config->core.market_zone; },
                    .help = "Time zone of the risk day, a name of the tz database.",
                    .part = Part::Core,
                    .fallback = "UTC"});
    rows.push_back({.path = "max_orders",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &s.config->core.max_orders; },
                    .help = "Orders of one day, live or done. Tables are sized for it at start.",
                    .part = Part::Core,
                    .fallback = "262144",
                    .min = 1024,
                    .max = 1 << 26});
    rows.push_back({.path = "max_pending_replaces",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &s.config->core.max_pending_replaces; },
                    .help = "Replaces in flight on one order; the next gets CxlRejReason(102)=3.",
                    .part = Part::Core,
                    .fallback = "1",
                    .min = 1,
                    .max = 8});
    rows.push_back({.path = "cl_ord_id_days",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &s.config->core.cl_ord_id_days; },
                    .help = "For so many days after its own a ClOrdID(11) may not be used again. "
                            "Ids of orders that are alive never may.",
                    .part = Part::Core,
                    .fallback = "0",
                    .min = 0,
                    .max = 366});
}

void add_journal(Table& table) {
    table.sections.push_back({.path = "journal", .help = "The audit journal on disk."});
    auto& rows = table.options;
    rows.push_back({.path = "journal.durability",
                    .type = Type::Word,
                    .bind = [](Scope& s) -> Target { return word(s.config->journal.durability); },
                    .help = "When an effect may leave: synced, its cause is on the disk; written, "
                            "its cause is with the kernel (survives a killed process, not a power "
                            "cut).",
                    .fallback = "synced",
                    .words = {"synced", "written"}});
    rows.push_back({.path = "journal.segment_size",
                    .type = Type::Size,
                    .bind = [](Scope& s) -> Target { return &s.config->journal.segment_size; },
                    .help = "A segment file is closed at this size.",
                    .fallback = "64MiB",
                    .min = kMiB,
                    .max = 4096 * kMiB});
    rows.push_back({.path = "journal.commit_interval",
                    .type = Type::Interval,
                    .bind = [](Scope& s) -> Target { return &s.config->journal.commit_interval; },
                    .help = "The longest that a record waits for others to share its disk write. "
                            "0: as soon as the disk is free; with written, after 50ms.",
                    .fallback = "0",
                    .min = 0,
                    .max = kSecond});
    rows.push_back({.path = "journal.seal_interval",
                    .type = Type::Interval,
                    .bind = [](Scope& s) -> Target { return &s.config->journal.seal_interval; },
                    .help = "Time between two seals of the hash chain.",
                    .fallback = "1s",
                    .min = 10 * kMilli,
                    .max = 3600 * kSecond});
    rows.push_back({.path = "journal.stall_limit",
                    .type = Type::Interval,
                    .bind = [](Scope& s) -> Target { return &s.config->journal.stall_limit; },
                    .help = "A journal that does not move for so long halts trading: new orders "
                            "are refused, cancels still taken.",
                    .fallback = "2s",
                    .min = 10 * kMilli,
                    .max = 600 * kSecond});
}

void add_wait_and_log(Table& table) {
    table.sections.push_back({.path = "wait", .help = "What the hot thread does when idle."});
    auto& rows = table.options;
    rows.push_back({.path = "wait.strategy",
                    .type = Type::Word,
                    .bind = [](Scope& s) -> Target { return word(s.config->wait.strategy); },
                    .help = "spin: never sleep, one processor is always busy; park: sleep at once; "
                            "spin_then_park: spin for a while first.",
                    .fallback = "spin_then_park",
                    .words = {"spin", "spin_then_park", "park"}});
    rows.push_back({.path = "wait.spin",
                    .type = Type::Interval,
                    .bind = [](Scope& s) -> Target { return &s.config->wait.spin; },
                    .help = "How long spin_then_park spins.",
                    .fallback = "20us",
                    .min = kMicro,
                    .max = kSecond});
    rows.push_back({.path = "wait.cpus",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &s.config->wait.cpus; },
                    .help = "Numbers of the processors that the hot thread is kept on, best one "
                            "that nothing else uses. Without it: any.",
                    .list = true,
                    .min = 0,
                    .max = 1023});
    table.sections.push_back(
        {.path = "log", .help = "The operator's log; never on the order path."});
    rows.push_back({.path = "log.level",
                    .type = Type::Word,
                    .bind = [](Scope& s) -> Target { return word(s.config->log.level); },
                    .help = "The least important message that is written.",
                    .fallback = "info",
                    .words = {"debug", "info", "warning", "error"}});
    rows.push_back({.path = "log.file",
                    .type = Type::Path,
                    .bind = [](Scope& s) -> Target { return &s.config->log.file; },
                    .help = "File that the log is appended to. Without it: standard error."});
}

void add_admin(Table& table) {
    table.sections.push_back({.path = "admin", .help = "The UNIX socket of the command line."});
    auto& rows = table.options;
    rows.push_back({.path = "admin.socket",
                    .type = Type::Path,
                    .bind = [](Scope& s) -> Target { return &s.config->admin.socket; },
                    .help = "Path of the socket. Without it: admin.sock in data_dir."});
    rows.push_back({.path = "admin.mode",
                    .type = Type::Octal,
                    .bind = [](Scope& s) -> Target { return &s.config->admin.mode; },
                    .help = "Permissions of the socket.",
                    .fallback = "0600",
                    .min = 0600,
                    .max = 0660});
}

void add_doors(Table& table) {
    table.sections.push_back({.path = "logon", .help = "Connections that have not logged on yet."});
    auto& rows = table.options;
    rows.push_back({.path = "logon.timeout",
                    .type = Type::Interval,
                    .bind = [](Scope& s) -> Target { return &s.config->logon.timeout; },
                    .help = "From accept to a complete Logon(A), TLS handshake included.",
                    .fallback = "3s",
                    .min = 100 * kMilli,
                    .max = 60 * kSecond});
    rows.push_back({.path = "logon.max_unauthenticated",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &s.config->logon.max_unauthenticated; },
                    .help = "Connections without Logon(A) at one time, in all.",
                    .fallback = "256",
                    .min = 1,
                    .max = 65536});
    rows.push_back({.path = "logon.max_per_address",
                    .type = Type::Int,
                    .bind = [](Scope& s) -> Target { return &s.config->logon.max_per_address; },
                    .help = "The same, from one address.",
                    .fallback = "16",
                    .min = 1,
                    .max = 65536});
    rows.push_back({.path = "logon.max_bytes",
                    .type = Type::Size,
                    .bind = [](Scope& s) -> Target { return &s.config->logon.max_bytes; },
                    .help = "Bytes that are taken before the Logon(A) is complete.",
                    .fallback = "4KiB",
                    .min = 256,
                    .max = 64 * kKiB});
    table.sections.push_back({.path = "wire", .help = "Bounds on the FIX byte streams."});
    rows.push_back({.path = "wire.max_frame",
                    .type = Type::Size,
                    .bind = [](Scope& s) -> Target { return &s.config->wire.max_frame; },
                    .help = "Size of the largest FIX message that is taken.",
                    .fallback = "64KiB",
                    .min = kKiB,
                    .max = 900 * kKiB});
    rows.push_back({.path = "wire.outbound_buffer",
                    .type = Type::Size,
                    .bind = [](Scope& s) -> Target { return &s.config->wire.outbound_buffer; },
                    .help = "What may wait for a client that reads slowly. Beyond it the client is "
                            "disconnected and gets its reports by resend.",
                    .fallback = "4MiB",
                    .min = 64 * kKiB,
                    .max = 1024 * kMiB});
    rows.push_back({.path = "fast_path",
                    .type = Type::Word,
                    .bind = [](Scope& s) -> Target { return word(s.config->fast_path); },
                    .help = "Plain order messages in sequence do not pass the FIX engine, which "
                            "gets everything else. off: it gets all of them; nothing that is sent "
                            "differs.",
                    .fallback = "on",
                    .words = {"off", "on"}});
}

void add_listeners(Table& table) {
    table.sections.push_back({.path = "listeners[]",
                              .help = "Where trading clients connect.",
                              .size = [](Scope& s) { return s.config->listeners.size(); },
                              .append = [](Scope& s) { s.config->listeners.emplace_back(); }});
    const auto listener = [](Scope& s) -> ListenerSettings& {
        return s.config->listeners[s.at[0]];
    };
    auto& rows = table.options;
    rows.push_back({.path = "listeners[].name",
                    .type = Type::Name,
                    .bind = [listener](Scope& s) -> Target { return &listener(s).name; },
                    .help = "Name of the listener; sessions may refer to it.",
                    .need = Need::Required});
    rows.push_back({.path = "listeners[].address",
                    .type = Type::Address,
                    .bind = [listener](Scope& s) -> Target { return &listener(s).address; },
                    .help = "Address to bind to; 0.0.0.0 or :: for all.",
                    .fallback = "127.0.0.1"});
    rows.push_back({.path = "listeners[].port",
                    .type = Type::Int,
                    .bind = [listener](Scope& s) -> Target { return &listener(s).port; },
                    .help = "TCP port; 0 takes a free one.",
                    .need = Need::Required,
                    .min = 0,
                    .max = 65535});
    add_tls_options(
        table, "listeners[].tls", [listener](Scope& s) -> TlsSettings& { return listener(s).tls; },
        true);
}

}  // namespace

void add_tls_options(Table& table,
                     const std::string& path,
                     const std::function<TlsSettings&(Scope&)>& tls,
                     bool server) {
    const std::optional<VenueType> only = server ? std::nullopt : std::optional(VenueType::Fix);
    table.sections.push_back({.path = path,
                              .help = "TLS. Without this block the stream is plain.",
                              .optional = true,
                              .present = [tls](Scope& s) { return &tls(s).enabled; },
                              .only = only});
    auto& rows = table.options;
    rows.push_back({.path = path + ".certificate",
                    .type = Type::Path,
                    .bind = [tls](Scope& s) -> Target { return &tls(s).certificate; },
                    .help = "PEM file of our certificate and its chain.",
                    .need = server ? Need::Required : Need::Optional});
    rows.push_back({.path = path + ".key",
                    .type = Type::Path,
                    .bind = [tls](Scope& s) -> Target { return &tls(s).key; },
                    .help = "PEM file of its private key.",
                    .need = server ? Need::Required : Need::Optional});
    rows.push_back({.path = path + ".ca",
                    .type = Type::Path,
                    .bind = [tls](Scope& s) -> Target { return &tls(s).ca; },
                    .help = server ? "PEM file of the issuers whose client certificates are taken."
                                   : "PEM file of the issuers whose server certificates are taken. "
                                     "Without it: those of the system."});
    rows.push_back({.path = path + ".min_version",
                    .type = Type::Word,
                    .bind = [tls](Scope& s) -> Target { return word(tls(s).min_version); },
                    .help = "Oldest TLS version that is spoken.",
                    .fallback = "1.2",
                    .words = {"1.2", "1.3"}});
    if (server) {
        rows.push_back(
            {.path = path + ".client_certificate",
             .type = Type::Word,
             .bind = [tls](Scope& s) -> Target { return word(tls(s).client_certificate); },
             .help = "Whether clients are asked for a certificate.",
             .fallback = "none",
             .words = {"none", "optional", "required"}});
        return;
    }
    rows.push_back({.path = path + ".server_name",
                    .type = Type::Text,
                    .bind = [tls](Scope& s) -> Target { return &tls(s).server_name; },
                    .help = "Name that the venue's certificate has to carry. Without it: host."});
}

void add_process_options(Table& table) {
    add_top(table);
    add_journal(table);
    add_wait_and_log(table);
    add_admin(table);
    add_doors(table);
    add_listeners(table);
}

}  // namespace sluice::config
