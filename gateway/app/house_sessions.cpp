// The doors of the house: who may log on where.
#include <fmt/format.h>

#include "gateway/app/exit_code.hpp"
#include "gateway/app/house_rooms.hpp"

namespace sluice::app {
namespace {

Result<SessionProfile, std::string> profile_of(const config::SessionSettings& settings,
                                               const SessionConfig& core,
                                               SessionId id,
                                               config::FastPath fast_path) {
    const FixVersion version = core.version;
    SessionProfile profile;
    profile.fast_path = fast_path == config::FastPath::On;
    profile.id = id;
    profile.name = settings.id;
    profile.version = version;
    profile.our_comp_id = settings.sender_comp_id;
    profile.their_comp_id = settings.target_comp_id;
    profile.dictionaries = builtin_dictionaries(version);
    const bool fixt = version == FixVersion::Fix50Sp2;
    if (!settings.dictionary.empty()) {
        profile.dictionaries.transport = settings.dictionary;
    }
    if (fixt && !settings.app_dictionary.empty()) {
        profile.dictionaries.application = settings.app_dictionary;
    }
    profile.dictionaries.custom_tags = core.custom_tags;
    profile.enabled = settings.enabled;
    profile.username = settings.username;
    profile.password_hash = settings.password;
    auto allowed = transport::AllowList::parse(settings.addresses);
    if (!allowed.ok()) {
        return Result<SessionProfile, std::string>::failure(
            fmt::format("session {}: {}", settings.id, allowed.error()));
    }
    profile.allowed = allowed.value();
    constexpr std::string_view kCommonName = "CN=";
    constexpr std::string_view kFingerprint = "sha256:";
    if (settings.certificate.starts_with(kCommonName)) {
        profile.certificate_name = settings.certificate.substr(kCommonName.size());
    } else if (settings.certificate.starts_with(kFingerprint)) {
        profile.certificate_fingerprint = settings.certificate.substr(kFingerprint.size());
    }
    profile.listeners = settings.listeners;
    profile.heart_bt_min_s = static_cast<int>(settings.heartbeat_min);
    profile.heart_bt_max_s = static_cast<int>(settings.heartbeat_max);
    profile.reset_on_logon = settings.reset_on_logon;
    profile.cancel_tag = settings.cancel_tag;
    profile.max_latency_s = static_cast<int>(
        std::chrono::duration_cast<std::chrono::seconds>(settings.max_latency).count());
    profile.timestamp_digits = settings.timestamp_digits;
    return profile;
}

transport::ClientCertificate client_certificate(config::ClientCertificate wanted) {
    switch (wanted) {
        case config::ClientCertificate::None:
            return transport::ClientCertificate::None;
        case config::ClientCertificate::Optional:
            return transport::ClientCertificate::Optional;
        case config::ClientCertificate::Required:
            return transport::ClientCertificate::Required;
    }
    return transport::ClientCertificate::None;
}

}  // namespace

std::optional<StartError> House::Rooms::make_acceptor() {
    std::vector<SessionProfile> profiles;
    for (std::size_t i = 0; i < config.sessions.size(); ++i) {
        const SessionId id{core.names().sessions.find(config.sessions[i].id)};
        auto profile =
            profile_of(config.sessions[i], config.core.sessions[i], id, config.fast_path);
        if (!profile.ok()) {
            return StartError{kInvalidConfiguration, profile.error()};
        }
        profiles.push_back(profile.value());
        profiles.back().output_bytes_max = config.wire.outbound_buffer;
    }
    facts.sessions = profiles.size();
    auto directory = SessionDirectory::make(std::move(profiles));
    if (!directory.ok()) {
        return StartError{kInvalidConfiguration, directory.error()};
    }
    verifier = std::make_unique<CredentialVerifier>(reactor.waker());
    AcceptorSettings settings;
    settings.on_refused = [this](const RefusedLogon& refused) {
        log(fmt::format("logon refused: {} from {} (49={} 56={}): {} {}",
                        refused.session.empty() ? "unknown session" : refused.session, refused.peer,
                        refused.sender_comp_id, refused.target_comp_id, to_text(refused.why),
                        refused.detail));
    };
    acceptor = std::make_unique<Acceptor>(
        reactor, *verifier, std::move(directory).value(), dictionaries, *journal, clock,
        [this](FixVersion version) -> ClientWords& { return words.client(version); },
        Sender<Command>(commands), Sender<SessionEvent>(session_events), Receiver<Report>(reports),
        [this](SessionId id) { return indexes.try_emplace(id.value, id.value).first->second; },
        settings);
    return std::nullopt;
}

std::optional<StartError> House::Rooms::open_listeners() {
    for (const auto& settings : config.listeners) {
        transport::ListenerConfig listener;
        listener.name = settings.name;
        listener.address = settings.address;
        listener.port = settings.port;
        listener.limits.frame_bytes_max = config.wire.max_frame;
        listener.limits.output_bytes_max = config.wire.outbound_buffer;
        listener.limits.prelogon_bytes_max = config.logon.max_bytes;
        listener.limits.logon_deadline =
            std::chrono::duration_cast<std::chrono::milliseconds>(config.logon.timeout);
        if (settings.tls.enabled) {
            auto context = transport::TlsContext::server(
                {.certificate_file = settings.tls.certificate,
                 .key_file = settings.tls.key,
                 .ca_file = settings.tls.ca,
                 .client_certificate = client_certificate(settings.tls.client_certificate),
                 .version_min = settings.tls.min_version == config::TlsVersion::Tls13
                                    ? transport::TlsVersion::Tls13
                                    : transport::TlsVersion::Tls12,
                 .ciphers = {}});
            if (!context.ok()) {
                return StartError{kInvalidConfiguration,
                                  fmt::format("listener {}: {}", settings.name, context.error())};
            }
            listener.tls = context.value();
        }
        auto opened = transport::Listener::open(reactor, admission, *acceptor, listener);
        if (!opened.ok()) {
            return StartError{kFailed,
                              fmt::format("listener {}: {}", settings.name, opened.error())};
        }
        facts.addresses.push_back(opened.value()->address().text());
        listeners.push_back(std::move(opened).value());
    }
    return std::nullopt;
}

// Admin before the acceptors: whoever can trade can be stopped.
std::optional<StartError> House::Rooms::start() {
    inputs = std::make_unique<AdminInputs>(Sender<Event>(admin_events),
                                           Receiver<AdminReply>(admin_replies),
                                           [this] { return journal->released(); });
    admin_events.on_send(&wake);
    admin_replies.on_send(inputs.get());
    HouseViews house_views = views();
    if (auto failed = open_listeners()) {
        return failed;
    }
    house_views.address = facts.addresses.empty() ? std::string() : facts.addresses.front();
    api = std::make_unique<AdminApi>(core, calls, *inputs, std::move(house_views));
    facts.admin_socket = config.admin.socket;
    auto started =
        AdminServer::start(config.admin.socket, config.admin.mode,
                           [this](const AdminRequest& request) { return api->handle(request); });
    if (!started.ok()) {
        return StartError{kFailed, started.error()};
    }
    admin = std::move(started).value();
    return std::nullopt;
}

}  // namespace sluice::app
