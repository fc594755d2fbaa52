#include "gateway/journal/journal.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>

#include <fmt/format.h>

#include "gateway/domain/check.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace sluice::journal {
namespace {

void copy_text(std::array<char, 64>& to, const std::string& text) {
    std::copy_n(text.begin(), std::min(text.size(), to.size() - 1), to.begin());
}

}  // namespace

Result<std::unique_ptr<Journal>, std::string> Journal::open(JournalOptions options,
                                                            Recovered&& recovered) {
    using Opened = Result<std::unique_ptr<Journal>, std::string>;
    GW_CHECK(options.segment_bytes >= kSegmentBytesMin && options.segment_bytes % kBlock == 0);
    try {
        std::unique_ptr<Journal> journal(new Journal(std::move(options), std::move(recovered)));
        if (journal->failed()) {
            return Opened::failure(fmt::format("cannot write to the journal in {}: {}",
                                               journal->dir_, std::strerror(journal->error())));
        }
        return journal;
    } catch (const std::exception& failure) {
        return Opened::failure(failure.what());
    }
}

Journal::Journal(JournalOptions options, Recovered&& recovered)
    : options_(std::move(options)),
      lock_(std::move(recovered.lock)),
      dir_(recovered.dir),
      instance_(recovered.instance),
      uuid_(recovered.uuid),
      last_seal_(recovered.last_seal),
      last_seq_(recovered.last_seq),
      submitted_(recovered.last_seq),
      last_utc_ns_(recovered.last_utc_ns),
      last_mono_ns_(recovered.last_mono_ns),
      views_(dir_, instance_, options_.mapped_segments_max) {
    progress_.written.store(last_seq_);
    progress_.durable.store(last_seq_);
    start(recovered);
}

void Journal::start(Recovered& recovered) {
    for (const KnownSegment& segment : recovered.segments) {
        views_.know(segment.number, segment.first_seq);
    }
    std::uint64_t number = recovered.segments.empty() ? 0 : recovered.segments.back().number;
    std::shared_ptr<MappedSegment> first;
    if (!recovered.open) {
        ++number;
        auto made = make_segment(*options_.disk, prepared_path(dir_, instance_, number), number,
                                 options_.segment_bytes);
        if (!made) {
            fail(made.error());
            return;
        }
        first = std::move(made).value();
    }
    preparer_ = std::make_unique<Preparer>(PreparerSetup{.disk = options_.disk,
                                                         .dir = dir_,
                                                         .instance = instance_,
                                                         .segment_bytes = options_.segment_bytes,
                                                         .number = number + 1,
                                                         .low_percent = options_.disk_low_percent});
    committer_ = std::make_unique<Committer>(
        CommitterSetup{.disk = options_.disk,
                       .dir = dir_,
                       .instance = instance_,
                       .uuid = uuid_,
                       .interval_ns = options_.commit_interval_ns,
                       .seal_interval_ns = options_.seal_interval_ns,
                       .mark_before_release = options_.mark_before_release,
                       .wake_fd = options_.wake_fd},
        progress_, unsealed(recovered));
    if (recovered.open) {
        current_ = std::move(recovered.open);
        offset_ = recovered.end;
        range_begin_ = offset_;
        views_.keep(current_);
        prefault(*current_, offset_ / kBlock * kBlock, kPrefaultAhead);
    } else {
        begin_segment(std::move(first));
    }
    if (recovered.note) {
        append_value({.type = RecordType::Recovery,
                      .t_utc_ns = recovered.note_utc_ns,
                      .t_mono_ns = last_mono_ns_},
                     *recovered.note);
        commit_all(false);
    }
}

// The frames that no seal covers yet are hashed again.
Sealer Journal::unsealed(const Recovered& recovered) const {
    Sealer sealer;
    sealer.start(recovered.sealed_through, recovered.last_seal);
    JournalReader reader({.dir = dir_,
                          .instance = instance_,
                          .from_seq = recovered.sealed_through + 1,
                          .with_fill = true});
    while (const auto frame = reader.next()) {
        sealer.add(frame->seq, reader.frame_bytes(),
                   !is_fill(frame->meta.type) && frame->meta.type != RecordType::SegmentSeal);
    }
    GW_CHECK(sealer.last() == recovered.last_seq);
    return sealer;
}

Journal::~Journal() {
    close();
    committer_.reset();
    preparer_.reset();
}

Appended Journal::append_parts(const RecordMeta& meta,
                               std::span<const std::span<const std::byte>> parts) {
    std::size_t size = 0;
    for (const auto part : parts) {
        size += part.size();
    }
    GW_CHECK(size <= kPayloadMax && !closed_);
    if (failed() || !make_room(align8(sizeof(FrameHeader) + size))) {
        return {};
    }
    const Position position = Position::of(current_->number, offset_);
    offset_ +=
        write_frame(current_->data() + offset_, meta,
                    {.seq = last_seq_ + 1, .durable = durable(), .salt = current_->salt}, parts);
    ++last_seq_;
    last_utc_ns_ = meta.t_utc_ns;
    last_mono_ns_ = meta.t_mono_ns;
    progress_.written.store(last_seq_, std::memory_order_release);
    return {last_seq_, position};
}

bool Journal::make_room(std::size_t bytes) {
    return offset_ + bytes + kEndReserve <= current_->size() || rotate();
}

bool Journal::rotate() {
    end_segment();
    auto next = next_segment();
    if (!next) {
        return false;
    }
    begin_segment(std::move(next));
    return true;
}

// Fill up to the end, so that a full segment shows that nothing is missing from it.
void Journal::end_segment() {
    if (!current_) {
        return;
    }
    if (offset_ < current_->size()) {
        fill(RecordType::SegmentEnd, current_->size() - offset_);
    }
    note_range(current_->size());
    if (pending_.count == Batch::kRangesMax - 1) {
        // The disk is several segments behind.
        committer_->wait_idle();
        submit(false);
    }
}

std::shared_ptr<MappedSegment> Journal::next_segment() {
    if (auto next = preparer_->take()) {
        return next;
    }
    const std::int64_t began_ns = steady_now_ns();
    stalls_.fetch_add(1, std::memory_order_relaxed);
    std::shared_ptr<MappedSegment> next;
    std::int64_t waited_ns = 0;
    while (!next && waited_ns < options_.stall_limit_ns) {
        preparer_->wait(std::min<std::int64_t>(options_.stall_limit_ns - waited_ns, 100'000'000));
        next = preparer_->take();
        waited_ns = steady_now_ns() - began_ns;
    }
    stalled_ns_.fetch_add(static_cast<std::uint64_t>(waited_ns), std::memory_order_relaxed);
    if (!next) {
        fail(preparer_->error() != 0 ? preparer_->error() : ETIMEDOUT);
    }
    return next;
}

void Journal::begin_segment(std::shared_ptr<MappedSegment> segment) {
    SegmentHeader header{.uuid = uuid_,
                         .segment_no = segment->number,
                         .first_seq = last_seq_ + 1,
                         .created_ns = last_utc_ns_,
                         .salt = segment->salt,
                         .prev_seal = last_seal_,
                         .config_sha = options_.config_sha};
    copy_text(header.instance, instance_);
    copy_text(header.build, options_.build);
    finish_header(header);
    std::memcpy(segment->data(), &header, sizeof header);
    current_ = std::move(segment);
    offset_ = kBlock;
    range_begin_ = 0;
    fresh_seq_ = header.first_seq;
    views_.know(current_->number, fresh_seq_);
    views_.keep(current_);
}

void Journal::note_range(std::size_t end) {
    if (end > range_begin_) {
        GW_CHECK(pending_.count < Batch::kRangesMax);
        pending_.ranges[pending_.count++] = {current_, range_begin_, end, fresh_seq_};
        range_begin_ = end;
        fresh_seq_ = 0;
    }
}

void Journal::end_of_batch() {
    if (failed() || closed_) {
        return;
    }
    append_seal();
    const bool wanted = options_.durability == Durability::Synced || committer_->due();
    if (last_seq_ == submitted_ || !wanted || !committer_->idle()) {
        return;
    }
    pad();
    note_range(offset_);
    submit(false);
}

bool Journal::wants_batch() const {
    return !failed() && committer_->idle() && last_seq_ != submitted_ &&
           (options_.durability == Durability::Synced || committer_->due());
}

// A commit ends on a block boundary, so that no later one writes a durable sector again.
void Journal::pad() {
    std::size_t end = align_block(offset_);
    if (end == offset_) {
        return;
    }
    if (end - offset_ < sizeof(FrameHeader)) {
        end += kBlock;
    }
    fill(end == current_->size() ? RecordType::SegmentEnd : RecordType::Pad, end - offset_);
}

void Journal::fill(RecordType type, std::size_t bytes) {
    write_fill(current_->data() + offset_, own_meta(type),
               {.seq = last_seq_ + 1, .durable = durable(), .salt = current_->salt}, bytes);
    offset_ += bytes;
    ++last_seq_;
    progress_.written.store(last_seq_, std::memory_order_release);
}

void Journal::submit(bool last) {
    Batch batch = std::exchange(pending_, Batch{});
    if (failed()) {
        return;  // never a second try
    }
    batch.last_seq = last_seq_;
    batch.last = last;
    submitted_ = last_seq_;
    committer_->submit(std::move(batch));
}

bool Journal::append_seal() {
    const auto seal = committer_->take_seal();
    if (!seal) {
        return false;
    }
    append_value(own_meta(RecordType::SegmentSeal), *seal);
    last_seal_ = seal_hash(*seal);  // behind append: a segment that it opens does not follow it
    return true;
}

RecordMeta Journal::own_meta(RecordType type) const {
    return {.type = type, .t_utc_ns = last_utc_ns_, .t_mono_ns = last_mono_ns_};
}

std::uint64_t Journal::released() const {
    if (failed()) {
        return durable();
    }
    return options_.durability == Durability::Written ? written() : durable();
}

std::optional<Frame> Journal::view(Position position) {
    return views_.view(position);
}

std::uint64_t Journal::room() const {
    const std::uint64_t here = current_->size() - offset_;
    return (here > kEndReserve ? here - kEndReserve : 0) +
           (preparer_->ready() ? options_.segment_bytes - kBlock - kEndReserve : 0);
}

void Journal::fail(int error) {
    progress_.error.store(error, std::memory_order_relaxed);
    progress_.failed.store(true, std::memory_order_seq_cst);
}

bool Journal::close() {
    if (closed_ || !committer_ || !current_) {
        return !failed();
    }
    // Each commit may bring a seal, and that one more record; when only seals and fill are left,
    // none comes.
    do {
        commit_all(true);
    } while (append_seal());
    closed_ = true;
    return !failed();
}

// With `last` even when nothing is new, for the sake of the seal.
void Journal::commit_all(bool last) {
    committer_->wait_idle();
    if (failed() || (last_seq_ == submitted_ && !last)) {
        return;
    }
    pad();
    note_range(offset_);
    submit(last);
    committer_->wait_idle();
}

}  // namespace sluice::journal
