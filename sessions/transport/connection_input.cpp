// The reading half of Connection: socket → buffer → frames → handler.
#include <algorithm>

#include "sessions/transport/connection.hpp"
#include "sessions/transport/reactor.hpp"

namespace sluice::transport {

void Connection::ready_to_read() {
    read_wants_write_ = false;
    const IoStatus status = read_some();
    at_end_of_input_ = status == IoStatus::EndOfStream;
    read_wants_write_ = status == IoStatus::WantWrite;
    take_input();
    if (status == IoStatus::Failed && phase_ == Phase::Open) {
        fail(stream_.error_text());
    } else if (status == IoStatus::Done && phase_ == Phase::Open && stream_.has_buffered()) {
        reactor_.again(*this);  // the slice is used up, but TLS holds more
    }
}

// At most one slice, so that a flooding peer waits for its turn like everybody. Plain sockets: one
// call.
IoStatus Connection::read_some() {
    std::size_t left = read_limit();
    while (left > 0) {
        const auto room = input_.room();
        if (room.empty()) {
            break;
        }
        const IoResult got = stream_.read(room.first(std::min(room.size(), left)));
        if (got.status != IoStatus::Done) {
            return got.status;
        }
        input_.added(got.bytes);
        stats_.bytes_in += got.bytes;
        left -= got.bytes;
        if (!stream_.is_tls()) {
            break;
        }
    }
    return IoStatus::Done;
}

std::size_t Connection::read_limit() const {
    const std::size_t slice = std::min(limits_.read_bytes_per_turn, BlockPool::kReadBytes);
    if (logged_on_) {
        return slice;
    }
    const std::size_t used = prelogon_bytes_ + input_.view().size();
    return std::min(slice, limits_.prelogon_bytes_max - std::min(used, limits_.prelogon_bytes_max));
}

// After resume_reading(), or when TLS held more than one slice.
void Connection::continue_input() {
    if (phase_ != Phase::Open || paused_) {
        return;
    }
    take_input();
    if (phase_ == Phase::Open && !paused_ && !at_end_of_input_ && stream_.has_buffered()) {
        ready_to_read();
    }
    update_interest();
}

void Connection::take_input() {
    deliver_frames();
    if (phase_ == Phase::Closed) {
        input_.clear();
        return;
    }
    input_.settle();
    if (phase_ != Phase::Open || paused_) {
        return;
    }
    if (at_end_of_input_) {
        begin_flushing(CloseReason::PeerClosed, "the peer closed the connection");
    } else if (!logged_on_ &&
               prelogon_bytes_ + input_.view().size() >= limits_.prelogon_bytes_max) {
        close(CloseReason::TooMuchBeforeLogon, "more bytes than a Logon(A) may have");
    }
}

void Connection::deliver_frames() {
    while (phase_ == Phase::Open && !paused_ && !input_.empty()) {
        const std::size_t frame_max =
            logged_on_ ? limits_.frame_bytes_max
                       : std::min(limits_.frame_bytes_max, limits_.prelogon_bytes_max);
        const FrameStep step = find_frame(input_.view(), frame_max);
        if (step.outcome == FrameStep::Outcome::NeedMore ||
            (step.outcome == FrameStep::Outcome::Bad && !tolerates(step))) {
            return;
        }
        const std::string_view bytes = input_.view().substr(0, step.bytes);
        input_.drop(step.bytes);
        if (step.outcome == FrameStep::Outcome::Frame) {
            garbled_in_a_row_ = 0;
            ++stats_.frames_in;
            prelogon_bytes_ += logged_on_ ? 0 : bytes.size();
            handler_->on_frame(*this, bytes);
        }
    }
}

// FIX ignores a garbled message after Logon(A) and waits for the next; a peer that sends nothing
// else is cut.
bool Connection::tolerates(const FrameStep& step) {
    ++stats_.garbled;
    stats_.last_fault = step.fault;
    if (!logged_on_) {
        close(CloseReason::BadFrameBeforeLogon, text_of(step.fault));
        return false;
    }
    if (++garbled_in_a_row_ > limits_.garbled_in_a_row_max) {
        close(CloseReason::TooManyGarbled, text_of(step.fault));
        return false;
    }
    return true;
}

void Connection::pause_reading() {
    paused_ = true;
    if (phase_ == Phase::Open) {
        update_interest();
    }
}

void Connection::resume_reading() {
    if (!paused_) {
        return;
    }
    paused_ = false;
    if (phase_ == Phase::Open) {
        reactor_.again(*this);
        update_interest();
    }
}

// Our FIN is out; what still comes is thrown away, because closing with unread input would reset
// the connection and could destroy our last message on its way.
void Connection::discard_input() {
    for (int reads = 0; reads < 4; ++reads) {
        const IoResult got = stream_.read({reactor_.pool().read_scratch(), BlockPool::kReadBytes});
        if (got.status == IoStatus::WantRead || got.status == IoStatus::WantWrite) {
            return;
        }
        if (got.status != IoStatus::Done) {
            return close(CloseReason::Flushed, {});
        }
    }
}

}  // namespace sluice::transport
