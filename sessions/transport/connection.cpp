#include "sessions/transport/connection.hpp"

#include <netinet/tcp.h>

#include "sessions/transport/admission.hpp"
#include "sessions/transport/reactor.hpp"

namespace sluice::transport {

Connection::Connection(Reactor& reactor, ConnectionId id, NewConnection&& setup)
    : reactor_(reactor),
      id_(id),
      name_(std::move(setup.name)),
      peer_(setup.peer),
      limits_(setup.limits),
      handler_(setup.handler),
      admission_(setup.admission),
      stream_(std::move(setup.fd)),
      input_(reactor.pool()),
      output_(reactor.pool()) {}

// One that was not closed goes with its reactor; the admission may be gone already.
Connection::~Connection() {
    reactor_.timers().cancel(deadline_);
    if (phase_ != Phase::Closed) {
        reactor_.unwatch(stream_.fd(), *this);
    }
}

void Connection::start(const TlsContext* tls, const std::string& server_name) {
    const int on = 1;
    ::setsockopt(stream_.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    interest_ = EPOLLIN;
    reactor_.watch(stream_.fd(), interest_, *this);
    set_deadline(limits_.logon_deadline, CloseReason::LogonDeadline, "no Logon(A) in time");
    if (tls == nullptr) {
        opened();
    } else if (!stream_.start_tls(*tls, server_name)) {
        close(CloseReason::HandshakeFailed, stream_.error_text());
    } else {
        shake_hands();
    }
}

void Connection::shake_hands() {
    const IoStatus status = stream_.handshake();
    read_wants_write_ = status == IoStatus::WantWrite;
    if (status == IoStatus::Done) {
        tls_peer_ = std::make_unique<TlsPeer>(stream_.tls_peer());
        opened();
    } else if (status == IoStatus::EndOfStream) {
        close(CloseReason::HandshakeFailed, "the peer closed during the TLS handshake");
    } else if (status == IoStatus::Failed) {
        close(CloseReason::HandshakeFailed, stream_.error_text());
    }
    update_interest();
}

// The last flight of the handshake may have brought the first bytes of data along.
void Connection::opened() {
    phase_ = Phase::Open;
    handler_->on_open(*this);
    if (phase_ == Phase::Open && stream_.has_buffered()) {
        reactor_.again(*this);
    }
}

void Connection::on_ready(std::uint32_t events) {
    const bool readable = (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0;
    const bool writable = (events & EPOLLOUT) != 0;
    switch (phase_) {
        case Phase::Closed:
            return;
        case Phase::Handshake:
            return shake_hands();
        case Phase::Lingering:
            return discard_input();
        case Phase::Flushing:
            break;
        case Phase::Open:
            if ((readable && !paused_) || (writable && read_wants_write_)) {
                ready_to_read();
            }
            break;
    }
    const bool writing = phase_ == Phase::Open || phase_ == Phase::Flushing;
    if (writing && ((writable && wants_write_) || (readable && write_wants_read_))) {
        wants_write_ = write_wants_read_ = false;
        write_some();
    } else if (writing && (events & EPOLLERR) != 0) {
        fail("the connection was reset");
    }
    update_interest();
}

void Connection::update_interest() {
    std::uint32_t wanted = 0;
    if (phase_ == Phase::Closed) {
        return;
    }
    if (phase_ == Phase::Handshake || phase_ == Phase::Lingering ||
        (phase_ == Phase::Open && !paused_ && !at_end_of_input_) || write_wants_read_) {
        wanted |= EPOLLIN;
    }
    if (wants_write_ || read_wants_write_) {
        wanted |= EPOLLOUT;
    }
    if (wanted != interest_) {
        interest_ = wanted;
        reactor_.rewatch(stream_.fd(), wanted, *this);
    }
}

void Connection::set_deadline(std::chrono::milliseconds delay,
                              CloseReason reason,
                              std::string text) {
    reactor_.timers().cancel(deadline_);
    deadline_ = reactor_.timers().after(delay, [this, reason, why = std::move(text)] {
        const bool shaking = phase_ == Phase::Handshake;
        close(reason, shaking ? "the TLS handshake was not done in time" : std::string_view(why));
    });
}

void Connection::leave_admission() {
    if (admission_ != nullptr) {
        admission_->leave(peer_);
        admission_ = nullptr;
    }
}

void Connection::mark_logged_on() {
    if (phase_ == Phase::Open && !logged_on_) {
        logged_on_ = true;
        reactor_.timers().cancel(deadline_);
        deadline_ = TimerId::None;
        leave_admission();
    }
}

// The input stays until the turn ends: the frame that the caller may be looking at lies in it.
void Connection::close(CloseReason reason, std::string_view text) {
    if (phase_ == Phase::Closed) {
        return;
    }
    if (phase_ != Phase::Lingering) {
        close_reason_ = reason;
        close_text_ = text;
        stream_.shutdown_write();
    }
    phase_ = Phase::Closed;
    reactor_.timers().cancel(deadline_);
    deadline_ = TimerId::None;
    leave_admission();
    reactor_.unwatch(stream_.fd(), *this);
    stream_.close();
    output_.clear();
    reactor_.retire(*this);
}

std::string_view text_of(CloseReason reason) {
    switch (reason) {
        case CloseReason::Asked:
            return "closed by us";
        case CloseReason::Flushed:
            return "closed by us after the last message";
        case CloseReason::FlushDeadline:
            return "last messages not taken in time";
        case CloseReason::PeerClosed:
            return "closed by the peer";
        case CloseReason::IoError:
            return "connection failed";
        case CloseReason::HandshakeFailed:
            return "TLS handshake failed";
        case CloseReason::SlowReader:
            return "slow reader";
        case CloseReason::LogonDeadline:
            return "no Logon(A) in time";
        case CloseReason::TooMuchBeforeLogon:
            return "too many bytes before Logon(A)";
        case CloseReason::BadFrameBeforeLogon:
            return "not a FIX message before Logon(A)";
        case CloseReason::TooManyGarbled:
            return "too many garbled messages";
        case CloseReason::Shutdown:
            return "shutdown";
    }
    return "unknown reason";
}

}  // namespace sluice::transport
