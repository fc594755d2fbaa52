#include "sessions/transport/tls.hpp"

#include <array>
#include <cstring>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace sluice::transport {

namespace {

constexpr const char* kCiphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

struct ContextDeleter {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using ContextPointer = std::unique_ptr<SSL_CTX, ContextDeleter>;
using Step = Result<Done, std::string>;

Step fail(const std::string& what) {
    return Step::failure(what + ": " + take_tls_error());
}

// No session tickets and no session cache: resumption would skip the client certificate's check,
// and the memory of an idle session stays small. Renegotiation exists in TLS 1.2 only and is off.
Step set_common(SSL_CTX* context, TlsVersion version_min, const std::string& ciphers) {
    SSL_CTX_set_min_proto_version(
        context, version_min == TlsVersion::Tls13 ? TLS1_3_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
    if (SSL_CTX_set_cipher_list(context, ciphers.empty() ? kCiphers : ciphers.c_str()) != 1) {
        return fail("TLS ciphers '" + ciphers + "'");
    }
    return Done{};
}

Step use_certificate(SSL_CTX* context, const std::string& certificate, const std::string& key) {
    if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) {
        return fail("TLS certificate file '" + certificate + "'");
    }
    if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1) {
        return fail("TLS key file '" + key + "'");
    }
    if (SSL_CTX_check_private_key(context) != 1) {
        return fail("TLS key file '" + key + "' does not belong to certificate file '" +
                    certificate + "'");
    }
    return Done{};
}

Step use_ca(SSL_CTX* context, const std::string& file) {
    if (SSL_CTX_load_verify_locations(context, file.c_str(), nullptr) != 1) {
        return fail("TLS CA file '" + file + "'");
    }
    return Done{};
}

Step ask_client_certificate(SSL_CTX* context, const TlsServerConfig& config) {
    if (config.client_certificate == ClientCertificate::None) {
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
        return Done{};
    }
    if (auto step = use_ca(context, config.ca_file); !step.ok()) {
        return step;
    }
    SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(config.ca_file.c_str()));
    const int must = config.client_certificate == ClientCertificate::Required
                         ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT
                         : 0;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | must, nullptr);
    return Done{};
}

Step trust_servers(SSL_CTX* context, const TlsClientConfig& config) {
    SSL_CTX_set_verify(context, config.verify_peer ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    if (!config.ca_file.empty()) {
        return use_ca(context, config.ca_file);
    }
    if (config.verify_peer && SSL_CTX_set_default_verify_paths(context) != 1) {
        return fail("the system's TLS certificates");
    }
    return Done{};
}

}  // namespace

std::string take_tls_error() {
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (code == 0) {
        return "no reason given";
    }
    if (ERR_SYSTEM_ERROR(code)) {
        return std::strerror(ERR_GET_REASON(code));
    }
    const char* reason = ERR_reason_error_string(code);
    if (reason != nullptr) {
        return reason;
    }
    std::array<char, 256> text{};
    ERR_error_string_n(code, text.data(), text.size());
    return text.data();
}

TlsContext::~TlsContext() {
    SSL_CTX_free(context_);
}

TlsContext::Made TlsContext::server(const TlsServerConfig& config) {
    ERR_clear_error();
    ContextPointer context(SSL_CTX_new(TLS_server_method()));
    if (!context) {
        return Made::failure("TLS context: " + take_tls_error());
    }
    for (auto step : {set_common(context.get(), config.version_min, config.ciphers),
                      use_certificate(context.get(), config.certificate_file, config.key_file),
                      ask_client_certificate(context.get(), config)}) {
        if (!step.ok()) {
            return Made::failure(step.error());
        }
    }
    return std::shared_ptr<const TlsContext>(new TlsContext(
        context.release(), true, config.client_certificate != ClientCertificate::None));
}

TlsContext::Made TlsContext::client(const TlsClientConfig& config) {
    ERR_clear_error();
    ContextPointer context(SSL_CTX_new(TLS_client_method()));
    if (!context) {
        return Made::failure("TLS context: " + take_tls_error());
    }
    Step own = Done{};
    if (!config.certificate_file.empty()) {
        own = use_certificate(context.get(), config.certificate_file, config.key_file);
    }
    for (const auto& step : {set_common(context.get(), config.version_min, config.ciphers), own,
                             trust_servers(context.get(), config)}) {
        if (!step.ok()) {
            return Made::failure(step.error());
        }
    }
    return std::shared_ptr<const TlsContext>(
        new TlsContext(context.release(), false, config.verify_peer));
}

}  // namespace sluice::transport
