// JournalStore: QuickFIX's message store as a view of the journal. There is no second durable
// truth: what was sent is FIX_OUT records, what was consumed is COMMAND and VENUE_EVENT records of
// the core, and SESSION_SEQ records for everything else. Owner: the I/O thread.
//
// When a number is consumed. A message that became a command (or a venue event) is consumed by the
// core's own record of it, never by one of ours: after a crash between the two the number is still
// free, the peer is asked for the message again, and it is taken once. For the same reason a
// SESSION_SEQ that would overtake a command still on its way to the core is owed and written when
// the way is clear (settle()). A recovered session may so expect a lower number than it had
// reached; session messages are then gap-filled by the peer, commands are taken for the first time.
//
// A failed journal latches: every call from then on throws FIX::IOException, the owner disconnects.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sessions/engine/clock.hpp"
#include "sessions/engine/consumed_by.hpp"
#include "sessions/engine/in_flight.hpp"
#include "sessions/engine/quickfix.hpp"
#include "sessions/engine/store_index.hpp"

namespace sluice::engine {

class JournalStore final : public FIX::MessageStore {
public:
    JournalStore(journal::LogWriter& log,
                 Clock& clock,
                 StoreIndex index,
                 const InFlight& in_flight);

    // Appends FIX_OUT and moves the next outgoing number: for reports and venue requests, which we
    // encode ourselves. False when the journal has failed.
    bool append(const FixOutHead& head, std::string_view bytes);
    // Appends FIX_IN; its journal sequence number, 0 when the journal has failed.
    std::uint64_t append_in(std::uint32_t msg_seq_num, std::string_view bytes);

    // Consumes the expected number beside QuickFIX. False when the journal has failed.
    bool consume(ConsumedBy by);
    // The number that QuickFIX is about to consume belongs to a command or event in flight.
    void consume_by_record() { by_record_ = true; }
    void forget_consume_by_record() { by_record_ = false; }
    // QuickFIX resets the numbers when its own clock says that a new session day began. Ours has no
    // days: only a reset that the host expects is done, any other is ignored.
    void allow_reset(bool allowed) { reset_allowed_ = allowed; }
    // Writes the SESSION_SEQ record that is owed, if nothing is in flight any more.
    void settle();
    bool owes() const { return owed_; }

    const StoreIndex& index() const { return index_; }
    void supersede_sent() { index_.supersede_sent(); }
    bool failed() const { return failed_; }
    // FIX::IOException is QuickFIX's; these set both numbers for an operator.
    void set_numbers(std::uint32_t next_sender, std::uint32_t next_target, SeqReason reason);

    bool set(int msg_seq_num, const std::string& message) override;
    void get(int begin, int end, std::vector<std::string>& messages) const override;
    int getNextSenderMsgSeqNum() const override;
    int getNextTargetMsgSeqNum() const override;
    void setNextSenderMsgSeqNum(int next) override;
    void setNextTargetMsgSeqNum(int next) override;
    void incrNextSenderMsgSeqNum() override;
    void incrNextTargetMsgSeqNum() override;
    FIX::UtcTimeStamp getCreationTime() const override;
    void reset() override;
    void refresh() override {}

private:
    journal::RecordMeta meta(journal::RecordType type) const;
    void write_numbers(SeqReason reason);
    journal::Appended append_numbers(SeqReason reason,
                                     std::uint32_t next_sender,
                                     std::uint32_t next_target);
    void fail_if_broken() const;

    journal::LogWriter& log_;
    Clock& clock_;
    StoreIndex index_;
    const InFlight& in_flight_;
    SeqReason owed_reason_ = SeqReason::Advanced;
    bool owed_ = false;
    bool by_record_ = false;
    bool reset_allowed_ = false;
    mutable bool failed_ = false;
};

}  // namespace sluice::engine
