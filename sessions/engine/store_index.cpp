#include "sessions/engine/store_index.hpp"

#include <algorithm>
#include <tuple>

#include "gateway/domain/command.hpp"

namespace sluice::engine {

using journal::RecordType;

void StoreIndex::learn(const journal::Frame& frame) {
    if (frame.meta.type == RecordType::VenueEvent) {
        if (const auto event = frame.head<VenueEvent>()) {
            learn_event(*event);
        }
        return;
    }
    if (frame.meta.session != session_) {
        return;
    }
    switch (frame.meta.type) {
        case RecordType::FixOut:
            if (const auto head = frame.head<FixOutHead>()) {
                sent(head->msg_seq_num, *head, {frame.seq, frame.position});
            }
            break;
        case RecordType::Command:
            if (const auto command = frame.head<Command>()) {
                if (!command->has(command_flag::kMoreFollow) &&
                    (command->fix_in_seq == 0 || command->fix_in_seq > reset_seq_)) {
                    consumed(command->msg_seq_num);
                }
            }
            break;
        case RecordType::SessionSeq:
            if (const auto head = frame.head<SessionSeqHead>()) {
                learn_numbers(*head, frame);
            }
            break;
        default:
            break;
    }
}

void StoreIndex::learn_event(const VenueEvent& event) {
    if (!is_venue_session(session_) || venue_of_session(session_) != event.venue) {
        return;
    }
    if (event.has(venue_event_flag::kTakeover) && event.kind == VenueEventKind::SessionUp) {
        supersede_sent();
    }
    if (event.venue_seq != 0 && event.line == line_of_session(session_)) {
        consumed(static_cast<std::uint32_t>(event.venue_seq));
    }
}

void StoreIndex::learn_numbers(const SessionSeqHead& head, const journal::Frame& frame) {
    if (head.reason == SeqReason::Reset) {
        reset(frame.seq, frame.meta.t_utc_ns);
    }
    set_next_sender(head.next_sender);
    next_target_ = head.next_target;
}

void StoreIndex::consumed(std::uint32_t msg_seq_num) {
    next_target_ = std::max(next_target_, msg_seq_num + 1);
}

void StoreIndex::sent(std::uint32_t msg_seq_num,
                      const FixOutHead& head,
                      const journal::Appended& where) {
    if (msg_seq_num == 0) {
        return;
    }
    positions_.resize(msg_seq_num - 1U);  // a number set back by an operator forgets what follows
    positions_.push_back(where.position);
    next_sender_ = msg_seq_num + 1;
    last_out_seq_ = where.seq;
    if (head.kind != FixOutKind::SessionMessage) {
        last_given_ = {head.cause, head.ordinal};
    }
}

void StoreIndex::set_next_sender(std::uint32_t next) {
    if (next <= positions_.size()) {
        positions_.resize(next == 0 ? 0 : next - 1U);
    }
    next_sender_ = next;
}

void StoreIndex::reset(std::uint64_t at_seq, std::int64_t now_ns) {
    positions_.clear();
    next_sender_ = 1;
    next_target_ = 1;
    superseded_below_ = 0;
    reset_seq_ = at_seq;
    created_ns_ = now_ns;
}

journal::Position StoreIndex::position_of(std::uint32_t msg_seq_num) const {
    if (msg_seq_num == 0 || msg_seq_num > positions_.size()) {
        return {};
    }
    return positions_[msg_seq_num - 1U];
}

bool StoreIndex::gave(std::uint64_t cause, std::uint32_t ordinal) const {
    return std::tie(cause, ordinal) <= std::tie(last_given_.cause, last_given_.ordinal);
}

}  // namespace sluice::engine
