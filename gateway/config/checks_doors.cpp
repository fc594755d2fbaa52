// Who can come in and how: listeners, TLS files, credentials of sessions; and the venues' wires.
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <sys/un.h>

#include "gateway/config/checks.hpp"
#include "gateway/config/scalar.hpp"
#include "gateway/domain/fix_record.hpp"

namespace sluice::config {
namespace {

void check_tls(const TlsSettings& tls, const std::string& path, Findings& findings) {
    check_file(tls.certificate, path + ".certificate", findings);
    check_file(tls.key, path + ".key", findings);
    check_file(tls.ca, path + ".ca", findings);
    if (tls.client_certificate != ClientCertificate::None && tls.ca.empty()) {
        findings.error(code::kContradiction, path + ".client_certificate",
                       path +
                           ": clients are asked for a certificate, and there is no ca to check "
                           "it with");
    }
    if (tls.certificate.empty() != tls.key.empty() && tls.enabled) {
        findings.error(code::kContradiction, path,
                       path + ": certificate and key belong together, and one is missing");
    }
}

bool may_use(const SessionSettings& session, const ListenerSettings& listener) {
    return session.listeners.empty() ||
           std::find(session.listeners.begin(), session.listeners.end(), listener.name) !=
               session.listeners.end();
}

template <class Test>
bool any_listener(const GatewayConfig& config, const SessionSettings& session, Test test) {
    return std::any_of(config.listeners.begin(), config.listeners.end(),
                       [&](const ListenerSettings& listener) {
                           return may_use(session, listener) && test(listener);
                       });
}

void check_password(const SessionSettings& session, const std::string& path, Findings& findings) {
    if (!session.password.empty() && !session.password.starts_with("$scrypt$")) {
        findings.error(code::kPassword, path + "password",
                       path + "password: this is not a salted hash ($scrypt$...)",
                       "make one with: sluice hash-password");
    }
}

bool is_fingerprint(std::string_view text) {
    const auto hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    return text.size() == 64 && std::all_of(text.begin(), text.end(), hex);
}

void check_certificate(const GatewayConfig& config,
                       const SessionSettings& session,
                       const std::string& path,
                       Findings& findings) {
    const std::string_view text = session.certificate;
    if (text.empty()) {
        return;
    }
    const bool name = text.starts_with("CN=") && text.size() > 3;
    const bool print = text.starts_with("sha256:") && is_fingerprint(text.substr(7));
    if (!name && !print) {
        findings.error(code::kType, path + "certificate",
                       fmt::format("{}certificate: '{}' is neither CN=name nor sha256: and 64 hex "
                                   "digits",
                                   path, text));
    }
    if (!any_listener(config, session, [](const ListenerSettings& listener) {
            return listener.tls.client_certificate != ClientCertificate::None;
        })) {
        findings.error(code::kContradiction, path + "certificate",
                       fmt::format("session '{}' has to show a certificate, and none of its "
                                   "listeners asks for one",
                                   session.id),
                       "set tls.client_certificate at a listener");
    }
}

void check_openness(const GatewayConfig& config,
                    const SessionSettings& session,
                    const std::string& path,
                    Findings& findings) {
    const bool open = session.password.empty() && session.certificate.empty() &&
                      !findings.places().says(path + "addresses");
    if (open) {
        findings.warning(code::kOpenSession, path + "id",
                         fmt::format("session '{}' has no password, certificate or addresses; it "
                                     "may log on from this machine only",
                                     session.id));
    }
    const bool exposed = any_listener(config, session, [](const ListenerSettings& listener) {
        return !listener.tls.enabled && !is_loopback(listener.address);
    });
    if (!session.password.empty() && exposed) {
        findings.warning(code::kPlainPassword, path + "password",
                         fmt::format("the password of session '{}' may cross the network in plain "
                                     "text",
                                     session.id));
    }
}

void check_dialect(const GatewayConfig& config,
                   std::size_t index,
                   const std::string& path,
                   Findings& findings) {
    const SessionSettings& session = config.sessions[index];
    if (config.core.sessions[index].version != FixVersion::Fix50Sp2) {
        for (const char* key : {"default_appl_ver_id", "app_dictionary"}) {
            if (findings.places().says(path + key)) {
                findings.error(code::kWrongVariant, path + key,
                               fmt::format("{}{} belongs to sessions of FIXT.1.1 only", path, key));
            }
        }
    }
    check_file(session.dictionary, path + "dictionary", findings);
    check_file(session.app_dictionary, path + "app_dictionary", findings);
    if (session.timestamp_digits % 3 != 0) {
        findings.error(code::kRange, path + "timestamp_digits",
                       path + "timestamp_digits: is none of 0, 3, 6, 9");
    }
    if (session.heartbeat_min > session.heartbeat_max) {
        findings.error(code::kContradiction, path + "heartbeat.min",
                       fmt::format("{}heartbeat: min {}s is above max {}s", path,
                                   session.heartbeat_min, session.heartbeat_max));
    }
}

// Who trades needs accounts; who listens can have none.
void check_purpose(const sluice::SessionConfig& session,
                   const std::string& path,
                   Findings& findings) {
    const bool listens = session.drop_copy.enabled;
    if (!listens && session.accounts.empty()) {
        findings.error(
            code::kRequired, path + "accounts",
            fmt::format("session '{}' has no accounts that it may trade for", session.id));
    }
    if (listens && !session.accounts.empty()) {
        findings.error(code::kContradiction, path + "accounts",
                       fmt::format("session '{}' has accounts to trade for, and drop_copy says "
                                   "that it only listens",
                                   session.id));
    }
    if (!listens && (!session.drop_copy.sessions.empty() || !session.drop_copy.accounts.empty() ||
                     !session.drop_copy.venues.empty())) {
        findings.error(code::kContradiction, path + "drop_copy",
                       path + "drop_copy: says what to copy, and is not enabled");
    }
}

void check_drop_copies(const GatewayConfig& config, Findings& findings) {
    const auto copies = std::count_if(
        config.core.sessions.begin(), config.core.sessions.end(),
        [](const sluice::SessionConfig& session) { return session.drop_copy.enabled; });
    if (static_cast<std::size_t>(copies) > kDropCopiesMax) {
        findings.error(code::kRange, "sessions",
                       fmt::format("there are {} drop copy sessions; at most {} are served", copies,
                                   kDropCopiesMax));
    }
}

void check_lines(const VenueSettings& venue, const std::string& path, Findings& findings) {
    if (venue.fix.more_lines.size() >= kVenueLinesMax) {
        findings.error(code::kRange, path + ".lines",
                       fmt::format("{}: a venue has at most {} lines", path, kVenueLinesMax));
    }
    for (std::size_t k = 0; k < venue.fix.more_lines.size(); ++k) {
        const std::string line = fmt::format("{}.lines[{}]", path, k);
        check_tls(venue.fix.more_lines[k].tls, line + ".tls", findings);
        check_file(venue.fix.more_lines[k].password_file, line + ".password_file", findings);
    }
}

void check_book(const SimBook& book, const std::string& path, Findings& findings) {
    for (const SimLevel& bid : book.bids) {
        for (const SimLevel& ask : book.asks) {
            if (bid.price >= ask.price) {
                findings.error(
                    code::kContradiction, path,
                    fmt::format("{} ({}): the bid {} meets the ask {}", path, book.symbol,
                                bid.price.to_string(), ask.price.to_string()));
                return;
            }
        }
    }
}

}  // namespace

void check_doors(const GatewayConfig& config, Findings& findings) {
    if (config.admin.socket.size() >= sizeof(sockaddr_un{}.sun_path)) {
        findings.error(code::kContradiction, "admin.socket",
                       fmt::format("admin.socket: '{}' is longer than the path of a UNIX socket "
                                   "can be",
                                   config.admin.socket));
    }
    if (config.listeners.empty() && !config.sessions.empty()) {
        findings.warning(code::kNoDoor, "listeners", "there are sessions, but no listeners");
    }
    std::map<std::pair<std::string_view, std::uint16_t>, std::string_view> taken;
    for (std::size_t i = 0; i < config.listeners.size(); ++i) {
        const ListenerSettings& listener = config.listeners[i];
        const std::string path = fmt::format("listeners[{}]", i);
        check_tls(listener.tls, path + ".tls", findings);
        if (!listener.tls.enabled && !is_loopback(listener.address)) {
            findings.warning(code::kPlainListener, path + ".address",
                             fmt::format("listener '{}' takes connections from other machines "
                                         "without TLS",
                                         listener.name));
        }
        const auto [known, fresh] = taken.emplace(
            std::pair<std::string_view, std::uint16_t>(listener.address, listener.port),
            listener.name);
        if (!fresh && listener.port != 0) {
            findings.error(code::kDuplicateName, path + ".port",
                           fmt::format("listeners '{}' and '{}' have the same address and port",
                                       known->second, listener.name));
        }
    }
}

void check_sessions(const GatewayConfig& config, Findings& findings) {
    for (std::size_t i = 0; i < config.sessions.size(); ++i) {
        const std::string path = fmt::format("sessions[{}].", i);
        check_password(config.sessions[i], path, findings);
        check_certificate(config, config.sessions[i], path, findings);
        check_openness(config, config.sessions[i], path, findings);
        check_dialect(config, i, path, findings);
        check_purpose(config.core.sessions[i], path, findings);
    }
    check_drop_copies(config, findings);
}

void check_venues(const GatewayConfig& config, Findings& findings) {
    for (std::size_t i = 0; i < config.venues.size(); ++i) {
        const VenueSettings& venue = config.venues[i];
        const std::string path = fmt::format("venues[{}]", i);
        check_tls(venue.fix.tls, path + ".tls", findings);
        check_file(venue.fix.password_file, path + ".password_file", findings);
        check_lines(venue, path, findings);
        if (venue.type == VenueType::Fix &&
            config.core.venues[i].reconcile == VenueConfig::Reconcile::None) {
            findings.error(code::kContradiction, path + ".reconcile",
                           path + ".reconcile: a venue of type fix can leave orders unanswered",
                           "status, mass_status, poss_resend or flag");
        }
        if (venue.type == VenueType::Fix && venue.fix.version == FixVersion::Fix42 &&
            config.core.venues[i].reconcile == VenueConfig::Reconcile::MassStatus) {
            findings.error(code::kContradiction, path + ".reconcile",
                           path + ".reconcile: FIX.4.2 has no OrderMassStatusRequest(AF)",
                           "status, poss_resend or flag");
        }
        for (std::size_t k = 0; k < venue.sim.books.size(); ++k) {
            check_book(venue.sim.books[k], fmt::format("{}.books[{}]", path, k), findings);
        }
    }
}

}  // namespace sluice::config
