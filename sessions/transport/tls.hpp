// TLS settings and contexts (OpenSSL 3): TLS 1.2 and 1.3, RSA or EC keys, client certificates.
// A context is made at start or when the configuration is reloaded, and shared by all connections
// of a listener or of a venue session; it is immutable afterwards. Errors name the file and
// OpenSSL's reason.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "gateway/domain/result.hpp"

struct ssl_ctx_st;

namespace sluice::transport {

enum class TlsVersion : std::uint8_t { Tls12, Tls13 };
enum class ClientCertificate : std::uint8_t { None, Optional, Required };

struct TlsServerConfig {
    std::string certificate_file{};  // PEM, leaf first, then the chain
    std::string key_file{};          // PEM
    std::string ca_file{};           // who may sign client certificates; needed unless None
    ClientCertificate client_certificate = ClientCertificate::None;
    TlsVersion version_min = TlsVersion::Tls12;
    std::string ciphers{};  // TLS 1.2 list in OpenSSL's words; empty: ECDHE with AEAD
};

struct TlsClientConfig {
    std::string ca_file{};           // empty: the system's certificates
    std::string certificate_file{};  // our own, when the peer asks for one; may be empty
    std::string key_file{};
    TlsVersion version_min = TlsVersion::Tls12;
    std::string ciphers{};
    bool verify_peer = true;  // false only for tests and closed networks
};

class TlsContext {
public:
    using Made = Result<std::shared_ptr<const TlsContext>, std::string>;
    static Made server(const TlsServerConfig& config);
    static Made client(const TlsClientConfig& config);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    bool is_server() const { return server_; }
    bool verifies_peer() const { return verifies_peer_; }
    ssl_ctx_st* get() const { return context_; }

private:
    TlsContext(ssl_ctx_st* context, bool server, bool verifies_peer)
        : context_(context), server_(server), verifies_peer_(verifies_peer) {}
    ssl_ctx_st* context_;
    bool server_;
    bool verifies_peer_;
};

// What the peer's certificate says, read once after the handshake.
struct TlsPeer {
    std::string common_name;         // of the subject; empty when it has none
    std::string fingerprint_sha256;  // of the certificate (DER), lower-case hex without colons
    std::string protocol;            // "TLSv1.3"
    std::string cipher;
    bool has_certificate = false;
};

// The oldest error in OpenSSL's queue of this thread as text, and the queue emptied.
std::string take_tls_error();

}  // namespace sluice::transport
