#include "sessions/transport/stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include "sessions/transport/socket_address.hpp"
#include "sessions/transport/socket_bio.hpp"

namespace sluice::transport {

namespace {

// SNI carries names only; an address is checked against the certificate's addresses.
bool set_server_name(SSL* ssl, const std::string& name) {
    if (name.empty()) {
        return true;
    }
    if (SocketAddress::parse(name, 0)) {
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name.c_str()) == 1;
    }
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    // SSL_set_tlsext_host_name() without the macro's C cast.
    const bool asked = SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                                const_cast<char*>(name.c_str())) == 1;
    return asked && SSL_set1_host(ssl, name.c_str()) == 1;
}

std::string hex(std::span<const unsigned char> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const unsigned char byte : bytes) {
        out += kDigits[byte >> 4];
        out += kDigits[byte & 0xfU];
    }
    return out;
}

std::string common_name(X509* certificate) {
    std::array<char, 256> text{};
    const int length = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName,
                                                 text.data(), int{text.size()});
    return length > 0 ? std::string(text.data(), static_cast<std::size_t>(length)) : std::string();
}

}  // namespace

bool Stream::start_tls(const TlsContext& context, const std::string& server_name) {
    ERR_clear_error();
    ssl_ = SSL_new(context.get());
    BIO* bio = ssl_ == nullptr ? nullptr : make_socket_bio(fd_.get());
    if (bio == nullptr) {
        error_ = "TLS session: " + take_tls_error();
        return false;
    }
    SSL_set_bio(ssl_, bio, bio);
    if (context.is_server()) {
        SSL_set_accept_state(ssl_);
        return true;
    }
    SSL_set_connect_state(ssl_);
    if (!set_server_name(ssl_, server_name)) {
        error_ = "TLS server name '" + server_name + "': " + take_tls_error();
        return false;
    }
    return true;
}

Stream::~Stream() {
    close();
}

void Stream::close(bool reset) {
    if (ssl_ != nullptr) {
        SSL_free(ssl_);
        ssl_ = nullptr;
    }
    if (reset && fd_.is_open()) {
        const linger now{1, 0};
        ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    fd_.reset();
}

IoStatus Stream::tls_status(int result) {
    switch (SSL_get_error(ssl_, result)) {
        case SSL_ERROR_WANT_READ:
            return IoStatus::WantRead;
        case SSL_ERROR_WANT_WRITE:
            return IoStatus::WantWrite;
        case SSL_ERROR_ZERO_RETURN:
            return IoStatus::EndOfStream;
        case SSL_ERROR_SYSCALL:
            if (errno == 0) {
                return IoStatus::EndOfStream;
            }
            error_ = std::strerror(errno);
            ERR_clear_error();
            return IoStatus::Failed;
        default:
            break;
    }
    const long verify = SSL_get_verify_result(ssl_);
    error_ = "TLS: " + take_tls_error();
    if (!SSL_is_init_finished(ssl_) && verify != X509_V_OK) {
        error_ += std::string(" (") + X509_verify_cert_error_string(verify) + ")";
    }
    return IoStatus::Failed;
}

IoStatus Stream::handshake() {
    if (ssl_ == nullptr) {
        return IoStatus::Done;
    }
    ERR_clear_error();
    errno = 0;
    const int result = SSL_do_handshake(ssl_);
    return result == 1 ? IoStatus::Done : tls_status(result);
}

IoResult Stream::plain_result(ssize_t n) {
    if (n >= 0) {
        return {IoStatus::Done, static_cast<std::size_t>(n)};
    }
    if (errno == EINTR) {
        return {IoStatus::WantRead, 0};  // level-triggered: the next turn tries again
    }
    error_ = std::strerror(errno);
    return {IoStatus::Failed, 0};
}

IoResult Stream::read(std::span<char> into) {
    if (ssl_ != nullptr) {
        ERR_clear_error();
        errno = 0;
        const int n = SSL_read(ssl_, into.data(),
                               static_cast<int>(std::min<std::size_t>(into.size(), INT_MAX)));
        return n > 0 ? IoResult{IoStatus::Done, static_cast<std::size_t>(n)}
                     : IoResult{tls_status(n), 0};
    }
    const auto n = ::recv(fd_.get(), into.data(), into.size(), 0);
    if (n == 0) {
        return {IoStatus::EndOfStream, 0};
    }
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        return {IoStatus::WantRead, 0};
    }
    return plain_result(n);
}

IoResult Stream::write(std::span<const iovec> parts) {
    if (ssl_ != nullptr) {
        ERR_clear_error();
        errno = 0;
        const int n = SSL_write(ssl_, parts[0].iov_base, static_cast<int>(parts[0].iov_len));
        return n > 0 ? IoResult{IoStatus::Done, static_cast<std::size_t>(n)}
                     : IoResult{tls_status(n), 0};
    }
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(parts.data());
    message.msg_iovlen = parts.size();
    const auto n = ::sendmsg(fd_.get(), &message, MSG_NOSIGNAL);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
        return {IoStatus::WantWrite, 0};
    }
    return plain_result(n);
}

bool Stream::has_buffered() const {
    return ssl_ != nullptr && SSL_has_pending(ssl_) == 1;
}

void Stream::shutdown_write() {
    if (ssl_ != nullptr && SSL_is_init_finished(ssl_)) {
        ERR_clear_error();
        SSL_shutdown(ssl_);
        ERR_clear_error();
    }
    ::shutdown(fd_.get(), SHUT_WR);
}

TlsPeer Stream::tls_peer() const {
    TlsPeer peer;
    if (ssl_ == nullptr) {
        return peer;
    }
    peer.protocol = SSL_get_version(ssl_);
    peer.cipher = SSL_get_cipher_name(ssl_);
    X509* certificate = SSL_get0_peer_certificate(ssl_);
    if (certificate == nullptr) {
        return peer;
    }
    peer.has_certificate = true;
    peer.common_name = common_name(certificate);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &length) == 1) {
        peer.fingerprint_sha256 = hex(std::span(digest).first(length));
    }
    return peer;
}

}  // namespace sluice::transport
