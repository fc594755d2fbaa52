#include "sessions/engine/fast_gate.hpp"

#include <algorithm>
#include <cstdlib>

namespace sluice::engine {

bool FastGate::lets_pass(std::string_view frame, const Now& now, PlainMessage& message) {
    if (now.mono_ns >= open_until_ns_ || now.expected <= highest_ahead_ ||
        !rules_.is_plain(frame, message) || message.msg_seq_num != now.expected ||
        message.sender_comp_id != settings_.their_comp_id ||
        message.target_comp_id != settings_.our_comp_id) {
        return false;
    }
    UtcNanos sent;
    if (!time_.read(message.sending_time, sent)) {
        return false;
    }
    return settings_.max_latency_s <= 0 ||
           std::abs(now.utc - sent) < (settings_.max_latency_s - 1) * kNanosPerSecond;
}

void FastGate::saw(std::uint32_t msg_seq_num, std::uint32_t expected) {
    if (msg_seq_num > expected) {
        highest_ahead_ = std::max(highest_ahead_, msg_seq_num);
    }
}

void FastGate::open_after(std::string_view frame, std::int64_t mono_ns, int heart_bt_int) {
    PlainMessage ignored;
    if (settings_.enabled && heart_bt_int > 0 && rules_.is_plain(frame, ignored)) {
        open_until_ns_ = mono_ns + std::min(kNanosPerSecond, heart_bt_int * kNanosPerSecond / 4);
    }
}

}  // namespace sluice::engine
