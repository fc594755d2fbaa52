// The records of a journal directory as rows in words, in order, with what neighbouring records say
// about them filled in: a decision gets the ClOrdID(11), session, account and symbol of its
// command, a venue event those of its order. Reads while a gateway writes; needs none. For the
// audit verbs.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "gateway/app/record_view.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace sluice::app {

class JournalRows {
public:
    JournalRows(const std::string& journal_dir,
                RecordView::ParseConfig parse,
                RecordView::Describe describe);

    // Nothing at the present end, or after a problem; may be called again later.
    std::optional<RecordRow> next();
    // Of the row that next() gave last; good until the next call.
    const journal::Frame& frame() const { return *frame_; }
    const std::optional<journal::ReadProblem>& problem() const { return reader_.problem(); }
    const RecordView& view() const { return view_; }

private:
    // What a command or an order is about.
    struct Subject {
        std::string session;
        std::string account;
        std::string symbol;
        std::string cl_ord_id;
        std::string orig_cl_ord_id;
    };
    void complete(RecordRow& row);
    void complete_message(RecordRow& row);
    void learn_accounts();
    void remember(std::uint64_t command_seq, const RecordRow& row);
    const Subject* command_of(std::uint64_t input_seq) const;
    static void fill(RecordRow& row, const Subject& subject);

    journal::JournalReader reader_;
    RecordView::ParseConfig parse_;
    RecordView view_;
    std::unordered_map<std::string, std::string> default_accounts_;  // by session
    std::optional<journal::Frame> frame_;
    std::deque<std::uint64_t> recent_;  // commands in subjects_, oldest first
    std::unordered_map<std::uint64_t, Subject> commands_;
    std::unordered_map<std::uint64_t, Subject> orders_;
};

// Throws CliFailure when the directory holds no journal.
JournalRows open_journal(const std::string& journal_dir);
// Throws CliFailure when reading ended at a damaged record.
void require_sound(const JournalRows& rows);

}  // namespace sluice::app
