// The writing half of Connection: queue → release gate → socket, and the way out through a last
// flush.
#include <algorithm>
#include <array>
#include <cstring>

#include "sessions/transport/connection.hpp"
#include "sessions/transport/reactor.hpp"

namespace sluice::transport {

namespace {
constexpr std::size_t kPartsMax = 32;  // blocks in one sendmsg
constexpr std::size_t kPlainBytesPerTurn = 128 * 1024;
constexpr std::size_t kTlsBytesPerTurn = 16 * 1024;  // one TLS record
static_assert(kTlsBytesPerTurn <= BlockPool::kWriteScratchBytes);
}  // namespace

bool Connection::send(std::string_view bytes, std::uint64_t journal_seq) {
    if (phase_ != Phase::Open) {
        return false;
    }
    if (output_.size() + bytes.size() > limits_.output_bytes_max) {
        close(CloseReason::SlowReader, "the outbound buffer is full");
        return false;
    }
    output_.append(bytes, journal_seq);
    if (!output_.empty() && !wants_write_ && !write_wants_read_) {
        reactor_.pending(*this);
    }
    return true;
}

std::size_t Connection::flush(std::uint64_t released_seq) {
    reactor_.release(released_seq);
    if ((phase_ != Phase::Open && phase_ != Phase::Flushing) || wants_write_ || write_wants_read_) {
        return 0;
    }
    const std::size_t sent = write_some();
    update_interest();
    return sent;
}

std::size_t Connection::write_some() {
    std::array<iovec, kPartsMax> space;
    const auto parts = gather(space);
    if (parts.empty()) {
        after_write();
        return 0;
    }
    const IoResult sent = stream_.write(parts);
    switch (sent.status) {
        case IoStatus::Done:
            stats_.bytes_out += sent.bytes;
            output_.consume(sent.bytes);
            break;
        case IoStatus::WantWrite:
            wants_write_ = true;
            return 0;
        case IoStatus::WantRead:
            write_wants_read_ = true;
            return 0;
        case IoStatus::EndOfStream:
        case IoStatus::Failed:
            fail(stream_.error_text());
            return 0;
    }
    after_write();
    return sent.bytes;
}

// TLS takes one stretch of memory; a repeated call finds the same bytes at the front, as OpenSSL
// demands, because nothing is consumed before it was written and released_seq does not go down.
std::span<const iovec> Connection::gather(std::span<iovec> space) {
    const std::size_t bytes_max = stream_.is_tls() ? kTlsBytesPerTurn : kPlainBytesPerTurn;
    const auto parts = space.first(output_.gather(reactor_.released(), bytes_max, space));
    if (!stream_.is_tls() || parts.size() < 2) {
        return parts;
    }
    char* const scratch = reactor_.pool().write_scratch();
    std::size_t size = 0;
    for (const iovec& part : parts) {
        std::memcpy(scratch + size, part.iov_base, part.iov_len);
        size += part.iov_len;
    }
    space[0] = {scratch, size};
    return space.first(1);
}

// More released bytes than one turn sends: EPOLLOUT brings us back. Bytes behind the gate:
// flush_all() does.
void Connection::after_write() {
    if (output_.empty()) {
        if (phase_ == Phase::Flushing) {
            finish_flushing();
        }
    } else if (output_.has_released(reactor_.released())) {
        wants_write_ = true;
    } else {
        reactor_.pending(*this);
    }
}

void Connection::close_after_flush(std::string_view text) {
    if (phase_ == Phase::Handshake) {
        close(CloseReason::Asked, text);
    } else if (phase_ == Phase::Open) {
        begin_flushing(CloseReason::Flushed, text);
        update_interest();
    }
}

void Connection::begin_flushing(CloseReason reason, std::string_view text) {
    phase_ = Phase::Flushing;
    read_wants_write_ = false;
    close_reason_ = reason;
    close_text_ = text;
    leave_admission();
    if (output_.empty()) {
        finish_flushing();
        return;
    }
    set_deadline(limits_.flush_deadline,
                 reason == CloseReason::Flushed ? CloseReason::FlushDeadline : reason,
                 close_text_ + "; not everything could be sent");
}

// The owner is told now, so that the session may log on again at once; the socket lingers on its
// own.
void Connection::finish_flushing() {
    if (at_end_of_input_) {
        close(close_reason_, std::string(close_text_));
        return;
    }
    stream_.shutdown_write();
    phase_ = Phase::Lingering;
    set_deadline(limits_.linger_deadline, close_reason_, {});
    reactor_.retire(*this);
}

void Connection::fail(std::string_view what) {
    if (phase_ == Phase::Flushing && close_reason_ == CloseReason::PeerClosed) {
        close(CloseReason::PeerClosed, std::string(close_text_));
    } else {
        close(CloseReason::IoError, what);
    }
}

}  // namespace sluice::transport
