#include "gateway/app/journal_rows.hpp"

#include <fmt/format.h>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/other_rooms.hpp"
#include "gateway/domain/fix_record.hpp"
#include "gateway/journal/segment_file.hpp"
#include "sessions/client/fix_text.hpp"

namespace sluice::app {
namespace {

using journal::RecordType;

constexpr std::size_t kCommandsKept = 65'536;  // a decision follows its command closely

void fill_empty(std::string& cell, const std::string& value) {
    if (cell.empty()) {
        cell = value;
    }
}

}  // namespace

JournalRows::JournalRows(const std::string& journal_dir,
                         RecordView::ParseConfig parse,
                         RecordView::Describe describe)
    : reader_({.dir = journal_dir, .instance = {}, .from_seq = 0, .with_fill = false}),
      parse_(parse),
      view_(std::move(parse), std::move(describe)) {}

std::optional<RecordRow> JournalRows::next() {
    frame_ = reader_.next();
    if (!frame_) {
        return std::nullopt;
    }
    RecordRow row = view_.row(*frame_);
    complete(row);
    return row;
}

void JournalRows::complete(RecordRow& row) {
    switch (row.type) {
        case RecordType::ConfigDoc:
            learn_accounts();
            return;
        case RecordType::Command:
            if (const auto found = default_accounts_.find(row.session);
                found != default_accounts_.end()) {
                fill_empty(row.account, found->second);
            }
            remember(row.seq, row);
            return;
        case RecordType::Decision:
            if (const auto decision = frame_->head<Decision>()) {
                const Subject* subject = command_of(decision->input_seq);
                if (subject == nullptr) {
                    return;
                }
                fill(row, *subject);
                if (decision->order.value != 0) {
                    row.order = order_id_text(view_.instance(), decision->order).view();
                    if (decision->accepted) {
                        orders_[decision->order.value] = *subject;
                    }
                }
            }
            return;
        case RecordType::Egress:
            if (const auto request = frame_->head<VenueRequest>()) {
                if (const auto found = orders_.find(request->order.value); found != orders_.end()) {
                    fill(row, found->second);
                }
            }
            return;
        case RecordType::VenueEvent:
            if (const auto event = frame_->head<VenueEvent>()) {
                if (const auto found = orders_.find(event->order.value); found != orders_.end()) {
                    fill(row, found->second);
                }
            }
            return;
        case RecordType::FixIn:
        case RecordType::FixOut:
            complete_message(row);
            return;
        default:
            return;
    }
}

// Whose account an order without Account(1) is.
void JournalRows::learn_accounts() {
    const auto bytes = frame_->payload;
    const auto config = parse_({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (config.ok()) {
        for (const SessionConfig& session : config.value().sessions) {
            default_accounts_[session.id] = session.default_account;
        }
    }
}

// A client's message names the order itself; a venue's names it by our ClOrdID(11) there.
void JournalRows::complete_message(RecordRow& row) {
    const auto value = [&row](int tag) { return std::string(client::field(row.raw, tag)); };
    if (is_venue_session(frame_->meta.session)) {
        row.venue = row.session.substr(0, row.session.find('/'));
        const auto ours = parse_venue_cl_ord_id(view_.instance(), value(11));
        if (ours) {
            row.order = order_id_text(view_.instance(), ours->order).view();
            if (const auto found = orders_.find(ours->order.value); found != orders_.end()) {
                const std::string venue_session = row.session;
                fill(row, found->second);
                row.session = venue_session;
            }
        }
        return;
    }
    fill_empty(row.cl_ord_id, value(11));
    fill_empty(row.orig_cl_ord_id, value(41));
    fill_empty(row.account, value(1));
    fill_empty(row.symbol, value(55));
    const std::string order = value(37);
    if (parse_order_id(view_.instance(), order)) {
        fill_empty(row.order, order);
    }
}

void JournalRows::remember(std::uint64_t command_seq, const RecordRow& row) {
    if (recent_.size() == kCommandsKept) {
        commands_.erase(recent_.front());
        recent_.pop_front();
    }
    recent_.push_back(command_seq);
    commands_[command_seq] = {row.session, row.account, row.symbol, row.cl_ord_id,
                              row.orig_cl_ord_id};
}

const JournalRows::Subject* JournalRows::command_of(std::uint64_t input_seq) const {
    const auto found = commands_.find(input_seq);
    return found == commands_.end() ? nullptr : &found->second;
}

void JournalRows::fill(RecordRow& row, const Subject& subject) {
    fill_empty(row.session, subject.session);
    fill_empty(row.account, subject.account);
    fill_empty(row.symbol, subject.symbol);
    fill_empty(row.cl_ord_id, subject.cl_ord_id);
    fill_empty(row.orig_cl_ord_id, subject.orig_cl_ord_id);
}

JournalRows open_journal(const std::string& journal_dir) {
    if (journal::list_segments(journal_dir, "").empty()) {
        throw CliFailure{kNotFound, fmt::format("no journal in {}", journal_dir),
                         "the same command with --data-dir DIR"};
    }
    return JournalRows(journal_dir, parse_journaled_config, describe_fix);
}

void require_sound(const JournalRows& rows) {
    if (const auto& problem = rows.problem()) {
        throw CliFailure{kFailed,
                         fmt::format("{}: at byte {}, where record {} should be: {}", problem->file,
                                     problem->offset, problem->expected_seq, problem->message),
                         "sluice audit verify"};
    }
}

}  // namespace sluice::app
