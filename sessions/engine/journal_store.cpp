#include "sessions/engine/journal_store.hpp"

#include <array>
#include <span>

#include "sessions/engine/raw_message.hpp"

namespace sluice::engine {
namespace {

using journal::RecordType;

template <class T>
std::span<const std::byte> bytes_of(const T& value) {
    return std::as_bytes(std::span<const T, 1>(&value, 1));
}

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span<const char>(text.data(), text.size()));
}

}  // namespace

JournalStore::JournalStore(journal::LogWriter& log,
                           Clock& clock,
                           StoreIndex index,
                           const InFlight& in_flight)
    : log_(log), clock_(clock), index_(std::move(index)), in_flight_(in_flight) {}

journal::RecordMeta JournalStore::meta(RecordType type) const {
    journal::RecordMeta meta;
    meta.type = type;
    meta.session = index_.session();
    meta.t_utc_ns = clock_.utc().value;
    meta.t_mono_ns = clock_.mono_ns();
    return meta;
}

bool JournalStore::append(const FixOutHead& head, std::string_view bytes) {
    if (failed_) {
        return false;
    }
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const std::array<std::span<const std::byte>, 3> parts{bytes_of(head), bytes_of(size),
                                                          bytes_of(bytes)};
    const journal::Appended where = log_.append_parts(meta(RecordType::FixOut), parts);
    if (where.seq == 0) {
        failed_ = true;
        return false;
    }
    index_.sent(head.msg_seq_num, head, where);
    return true;
}

std::uint64_t JournalStore::append_in(std::uint32_t msg_seq_num, std::string_view bytes) {
    if (failed_) {
        return 0;
    }
    const FixInHead head{.msg_seq_num = msg_seq_num, .flags = 0};
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const std::array<std::span<const std::byte>, 3> parts{bytes_of(head), bytes_of(size),
                                                          bytes_of(bytes)};
    const journal::Appended where = log_.append_parts(meta(RecordType::FixIn), parts);
    failed_ = where.seq == 0;
    return where.seq;
}

bool JournalStore::consume(ConsumedBy by) {
    if (by == ConsumedBy::Record) {
        index_.set_next_target(index_.next_target() + 1);
        return !failed_;
    }
    try {
        incrNextTargetMsgSeqNum();
    } catch (const FIX::IOException&) {
        return false;
    }
    return true;
}

journal::Appended JournalStore::append_numbers(SeqReason reason,
                                               std::uint32_t next_sender,
                                               std::uint32_t next_target) {
    const SessionSeqHead head{
        .next_sender = next_sender, .next_target = next_target, .reason = reason, .reserved = {}};
    const journal::Appended where = log_.append_value(meta(RecordType::SessionSeq), head);
    if (where.seq == 0) {
        failed_ = true;
        throw FIX::IOException("the journal takes no more records");
    }
    return where;
}

void JournalStore::write_numbers(SeqReason reason) {
    if (in_flight_.records_in_flight()) {
        owed_ = true;
        owed_reason_ = reason;
        return;
    }
    owed_ = false;
    append_numbers(reason, index_.next_sender(), index_.next_target());
}

void JournalStore::settle() {
    if (!owed_ || failed_ || in_flight_.records_in_flight()) {
        return;
    }
    try {
        write_numbers(owed_reason_);
    } catch (const FIX::IOException&) {
        // latched in failed_; the owner looks at it
    }
}

void JournalStore::set_numbers(std::uint32_t next_sender,
                               std::uint32_t next_target,
                               SeqReason reason) {
    fail_if_broken();
    const journal::Appended where = append_numbers(reason, next_sender, next_target);
    if (reason == SeqReason::Reset) {
        index_.reset(where.seq, clock_.utc().value);
    }
    owed_ = false;
    index_.set_next_sender(next_sender);
    index_.set_next_target(next_target);
}

void JournalStore::fail_if_broken() const {
    if (failed_ || log_.failed()) {
        failed_ = true;
        throw FIX::IOException("the journal has failed");
    }
}

bool JournalStore::set(int msg_seq_num, const std::string& message) {
    fail_if_broken();
    FixOutHead head;
    head.msg_seq_num = static_cast<std::uint32_t>(msg_seq_num);
    const bool stored = append(head, without_secrets(message));
    if (!stored) {
        throw FIX::IOException("the journal takes no more records");
    }
    return true;
}

void JournalStore::get(int begin, int end, std::vector<std::string>& messages) const {
    const auto first = static_cast<std::uint32_t>(std::max(begin, 1));
    const auto last =
        std::min(static_cast<std::uint32_t>(std::max(end, 0)), index_.next_sender() - 1);
    for (std::uint32_t n = first; n <= last; ++n) {
        const journal::Position position = index_.position_of(n);
        if (!position) {
            continue;
        }
        const auto frame = log_.view(position);
        const std::string_view raw =
            frame ? raw_of(*frame, sizeof(FixOutHead)) : std::string_view{};
        if (raw.empty()) {
            failed_ = true;
            throw FIX::IOException("a sent message cannot be read from the journal");
        }
        messages.emplace_back(raw);
    }
}

int JournalStore::getNextSenderMsgSeqNum() const {
    return static_cast<int>(index_.next_sender());
}

int JournalStore::getNextTargetMsgSeqNum() const {
    return static_cast<int>(index_.next_target());
}

void JournalStore::setNextSenderMsgSeqNum(int next) {
    fail_if_broken();
    index_.set_next_sender(static_cast<std::uint32_t>(next));
    write_numbers(SeqReason::Operator);
}

void JournalStore::setNextTargetMsgSeqNum(int next) {
    fail_if_broken();
    index_.set_next_target(static_cast<std::uint32_t>(next));
    write_numbers(SeqReason::GapFill);
}

void JournalStore::incrNextSenderMsgSeqNum() {
    // set() has moved it: the FIX_OUT record is the number.
    fail_if_broken();
}

void JournalStore::incrNextTargetMsgSeqNum() {
    fail_if_broken();
    index_.set_next_target(index_.next_target() + 1);
    if (by_record_) {
        by_record_ = false;
        return;
    }
    write_numbers(SeqReason::Advanced);
}

FIX::UtcTimeStamp JournalStore::getCreationTime() const {
    return FIX::UtcTimeStamp();  // always now: the session never ends by the clock
}

void JournalStore::reset() {
    if (reset_allowed_) {
        set_numbers(1, 1, SeqReason::Reset);
    }
}

}  // namespace sluice::engine
