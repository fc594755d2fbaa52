// Stream: one connected non-blocking socket, plain or under TLS, as read and write calls that never
// block and never raise SIGPIPE. Owner: the connection, on the reactor's thread.
//
// TLS goes through a small BIO of our own over the socket instead of OpenSSL's: OpenSSL writes with
// write(2), which raises SIGPIPE on a closed peer. Memory BIOs would copy every byte once more.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include <sys/uio.h>

#include "sessions/transport/fd.hpp"
#include "sessions/transport/tls.hpp"

struct ssl_st;

namespace sluice::transport {

enum class IoStatus { Done, WantRead, WantWrite, EndOfStream, Failed };
struct IoResult {
    IoStatus status = IoStatus::Done;
    std::size_t bytes = 0;
};

class Stream {
public:
    Stream() = default;
    explicit Stream(Fd fd) : fd_(std::move(fd)) {}
    // server_name: a client asks for it (SNI) and checks the certificate against it; may be an
    // address. Empty: neither. The answer of start_tls is false when OpenSSL has no memory or the
    // name is unusable.
    bool start_tls(const TlsContext& context, const std::string& server_name);
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    int fd() const { return fd_.get(); }
    bool is_tls() const { return ssl_ != nullptr; }
    IoStatus handshake();
    IoResult read(std::span<char> into);
    // Plain: one sendmsg of all parts. TLS: the first part only, so the caller gathers.
    IoResult write(std::span<const iovec> parts);
    bool has_buffered() const;  // TLS holds bytes that epoll does not know of
    void shutdown_write();      // close_notify, then FIN
    void close(bool reset = false);
    std::string error_text() const { return error_; }
    TlsPeer tls_peer() const;  // after the handshake

private:
    IoResult plain_result(ssize_t n);
    IoStatus tls_status(int result);

    Fd fd_;
    ssl_st* ssl_ = nullptr;
    std::string error_;
};

}  // namespace sluice::transport
