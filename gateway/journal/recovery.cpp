#include "gateway/journal/recovery.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <random>

#include <fmt/format.h>
#include <unistd.h>

#include "gateway/domain/check.hpp"
#include "gateway/journal/durable_mark.hpp"
#include "gateway/journal/journal.hpp"
#include "gateway/journal/segment_scan.hpp"

namespace sluice::journal {
namespace {

namespace fs = std::filesystem;

struct AcceptLoss {
    std::uint64_t seq = 0;
    std::string operator_name;
};

using Step = Result<Done, RecoveryError>;

class Recovery {
public:
    Recovery(const RecoveryOptions& options, const AcceptLoss* accept, DirectoryLock lock)
        : options_(options), accept_(accept), found_(std::move(lock)) {
        found_.dir = options.dir;
        found_.instance = options.instance;
    }

    Result<Recovered, RecoveryError> run();

private:
    using Out = Result<Recovered, RecoveryError>;

    Step walk_named();
    Step walk_prepared();
    Step judge_end();
    Step take_segment(const SegmentName& name, bool last);
    std::string header_fault(const SegmentName& name, const SegmentHeader& header) const;
    void scan(const SegmentHeader& header);
    std::uint64_t lost_bytes() const;
    std::uint64_t proof() const;
    Step cut(std::uint64_t lost, std::uint64_t proof, RecoveryNote::Reason reason);
    Step set_aside(const SegmentName& name) const;
    Step close_off();
    Step make_room();
    void write_tail();
    Step give_name();

    Step refuse(const std::string& file,
                std::size_t offset,
                std::uint64_t proof,
                const std::string& why) const;
    Step world_failed(const std::string& what, int error) const;
    bool accepted() const { return accept_ != nullptr && accept_->seq == expected_; }

    const RecoveryOptions& options_;
    const AcceptLoss* accept_;
    Recovered found_;
    std::vector<SegmentName> named_;
    std::vector<SegmentName> rest_;  // files behind the open one: prepared, or given up
    std::uint64_t mark_ = 0;
    std::uint64_t expected_ = 1;
    std::shared_ptr<MappedSegment> segment_;  // the last one that was scanned
    bool prepared_name_ = false;              // and it still has its prepared name
    bool given_up_ = false;                   // damage was accepted by the operator
    ScanEnd end_;
};

Step Recovery::refuse(const std::string& file,
                      std::size_t offset,
                      std::uint64_t proof,
                      const std::string& why) const {
    return Step::failure(
        {.file = file,
         .offset = offset,
         .expected_seq = expected_,
         .proof_seq = proof,
         .message = fmt::format("{} at offset {}: {}; record {} should be here, and record {} was "
                                "durable. Restore the file, or accept the loss with `journal "
                                "repair --accept-loss {}`",
                                file, offset, why, expected_, proof, expected_)});
}

Step Recovery::world_failed(const std::string& what, int error) const {
    return Step::failure({.file = options_.dir,
                          .expected_seq = expected_,
                          .message = fmt::format("{}: {}", what, std::strerror(error))});
}

std::string Recovery::header_fault(const SegmentName& name, const SegmentHeader& header) const {
    if (!header_ok(header)) {
        return "the header's magic, version or sum is wrong";
    }
    if (found_.segments.empty()) {
        return name.prepared || header.first_seq == name.first_seq ? "" : "the file was renamed";
    }
    if (header.uuid != found_.uuid) {
        return "the segment belongs to another journal";
    }
    if (header.segment_no != found_.segments.back().number + 1 || header.first_seq != expected_) {
        return fmt::format("segment {} beginning with record {} does not follow", header.segment_no,
                           header.first_seq);
    }
    if (header.prev_seal != found_.last_seal) {
        return "the seal before the segment is not the one that its header names";
    }
    return "";
}

// The segment's good frames; afterwards end_ and expected_ tell where they stop.
void Recovery::scan(const SegmentHeader& header) {
    if (found_.segments.empty()) {
        found_.uuid = header.uuid;
        found_.first_seq = header.first_seq;
        found_.last_seal = header.prev_seal;
        found_.sealed_through = header.first_seq - 1;
    }
    const ScanEnd before = end_;
    end_ = scan_segment(std::as_const(*segment_).bytes(), header);
    if (end_.next_seq == header.first_seq) {
        end_.last_utc_ns = before.last_utc_ns;
        end_.last_mono_ns = before.last_mono_ns;
    }
    if (end_.last_seal) {
        found_.last_seal = seal_hash(*end_.last_seal);
        found_.sealed_through = end_.last_seal->last;
    }
    expected_ = end_.next_seq;
    found_.segments.push_back({header.segment_no, header.first_seq, segment_->path});
}

// A segment with its final name: all before it is durable and complete.
Step Recovery::take_segment(const SegmentName& name, bool last) {
    auto opened = MappedSegment::open(name.path, Access::Write);
    if (!opened) {
        return refuse(name.path, 0, expected_, opened.error());
    }
    auto segment = std::move(opened).value();
    const SegmentHeader header = segment->header();
    if (found_.segments.empty() && header_ok(header)) {
        expected_ = header.first_seq;
    }
    if (const std::string fault = header_fault(name, header); !fault.empty()) {
        return refuse(name.path, 0, expected_, fault);
    }
    segment_ = std::move(segment);
    scan(header);
    if (!last && !end_.complete) {
        return refuse(name.path, end_.offset, expected_, "a sealed segment is damaged");
    }
    return Done{};
}

Step Recovery::walk_named() {
    for (std::size_t i = 0; i < named_.size(); ++i) {
        const std::size_t known = found_.segments.size();
        if (Step step = take_segment(named_[i], i + 1 == named_.size()); !step) {
            if (!accepted()) {
                return step;
            }
            given_up_ = true;
            const std::size_t first_given_up = found_.segments.size() > known ? i + 1 : i;
            rest_.insert(rest_.begin(),
                         named_.begin() + static_cast<std::ptrdiff_t>(first_given_up),
                         named_.end());
            return Done{};
        }
    }
    return Done{};
}

// A prepared segment goes on where the one before it is complete.
Step Recovery::walk_prepared() {
    while (!given_up_ && !rest_.empty() && (found_.segments.empty() || end_.complete)) {
        auto opened = MappedSegment::open(rest_.front().path, Access::Write);
        if (!opened) {
            break;
        }
        auto segment = std::move(opened).value();
        const SegmentHeader header = segment->header();
        const bool first_ok = !found_.segments.empty() || header.first_seq == 1;
        if (!first_ok || !header_fault(rest_.front(), header).empty() ||
            header.first_seq != expected_) {
            break;
        }
        if (prepared_name_) {
            if (Step step = give_name(); !step) {
                return step;
            }
        }
        segment_ = std::move(segment);
        prepared_name_ = true;
        scan(header);
        rest_.erase(rest_.begin());
    }
    return Done{};
}

std::uint64_t Recovery::lost_bytes() const {
    std::uint64_t lost = segment_ ? used_bytes(std::as_const(*segment_).bytes(), end_.offset) : 0;
    for (const SegmentName& name : rest_) {
        if (const auto opened = MappedSegment::open(name.path, Access::Read)) {
            lost += used_bytes(opened.value()->bytes(), 0);
        }
    }
    return lost;
}

std::uint64_t Recovery::proof() const {
    std::uint64_t proof = mark_;
    if (segment_) {
        proof = std::max(proof, find_proof(std::as_const(*segment_).bytes(), end_.offset,
                                           segment_->salt, expected_));
    }
    for (const SegmentName& name : rest_) {
        if (const auto opened = MappedSegment::open(name.path, Access::Read)) {
            // Its header, and with it the salt, may be torn.
            const SegmentHeader header = opened.value()->header();
            const auto salt = header_ok(header) ? std::optional(header.salt) : std::nullopt;
            proof = std::max(proof, find_proof(opened.value()->bytes(), kBlock, salt, expected_));
        }
    }
    return proof;
}

Step Recovery::judge_end() {
    const std::uint64_t lost = lost_bytes();
    const std::uint64_t known = lost == 0 ? mark_ : proof();
    const std::string file = segment_ ? segment_->path : options_.dir;
    if (given_up_ || (known >= expected_ && accepted())) {
        return cut(lost, known, RecoveryNote::Reason::AcceptedLoss);
    }
    if (known >= expected_) {
        return refuse(file, end_.offset, known,
                      lost == 0 ? "the journal ends" : "the bytes are not a valid frame");
    }
    return lost == 0 ? Step(Done{}) : cut(lost, known, RecoveryNote::Reason::TornTail);
}

Step Recovery::set_aside(const SegmentName& name) const {
    std::error_code error;
    fs::rename(name.path, fmt::format("{}.{}.broken", name.path, expected_), error);
    return error ? world_failed("cannot set aside " + name.path, error.value()) : Step(Done{});
}

Step Recovery::cut(std::uint64_t lost, std::uint64_t proof, RecoveryNote::Reason reason) {
    if (segment_ && used_bytes(std::as_const(*segment_).bytes(), end_.offset) > 0) {
        std::error_code error;
        fs::copy_file(segment_->path, fmt::format("{}.{}.broken", segment_->path, expected_),
                      fs::copy_options::overwrite_existing, error);
        if (error) {
            return world_failed("cannot copy " + segment_->path, error.value());
        }
        std::memset(segment_->data() + end_.offset, 0, segment_->size() - end_.offset);
    }
    for (const SegmentName& name : rest_) {
        const auto opened = MappedSegment::open(name.path, Access::Read);
        if (opened && all_zero(opened.value()->bytes())) {
            continue;
        }
        if (Step step = set_aside(name); !step) {
            return step;
        }
    }
    RecoveryNote note{
        .lost_bytes = lost, .last_good = expected_ - 1, .proof = proof, .reason = reason};
    if (accept_ != nullptr) {
        std::copy_n(accept_->operator_name.begin(),
                    std::min(accept_->operator_name.size(), note.operator_name.size() - 1),
                    note.operator_name.begin());
    }
    found_.torn_bytes = lost;
    found_.note = note;
    found_.note_utc_ns = options_.now_utc_ns;
    return Done{};
}

Step Recovery::give_name() {
    if (const int error = options_.disk->sync_file(segment_->fd()); error != 0) {
        return world_failed("cannot sync " + segment_->path, error);
    }
    std::string path =
        segment_path(options_.dir, options_.instance, found_.segments.back().first_seq);
    if (std::rename(segment_->path.c_str(), path.c_str()) != 0) {
        return world_failed("cannot rename " + segment_->path, errno);
    }
    segment_->path = path;
    found_.segments.back().path = path;
    prepared_name_ = false;
    if (const int error = options_.disk->sync_directory(options_.dir); error != 0) {
        return world_failed("cannot sync " + options_.dir, error);
    }
    return Done{};
}

// Writes the RECOVERY record and fills the open block, then makes all of it durable: what comes
// later never rewrites a sector that holds an older record.
Step Recovery::close_off() {
    if (!end_.complete) {
        if (Step step = make_room(); !step) {
            return step;
        }
        write_tail();
    }
    found_.last_utc_ns = end_.last_utc_ns;
    found_.last_mono_ns = end_.last_mono_ns;
    if (prepared_name_) {
        return give_name();
    }
    if (const int error = options_.disk->sync_file(segment_->fd()); error != 0) {
        return world_failed("cannot sync " + segment_->path, error);
    }
    return Done{};
}

// A copy that was cut short by something else has no room for the tail: it grows again.
Step Recovery::make_room() {
    const std::size_t size = segment_->size();
    if (size % kBlock == 0 && size - end_.offset >= kEndReserve) {
        return Done{};
    }
    if (::ftruncate(segment_->fd(), static_cast<off_t>(align_block(size) + kBlock)) != 0) {
        return world_failed("cannot extend " + segment_->path, errno);
    }
    auto opened = MappedSegment::open(segment_->path, Access::Write);
    if (!opened) {
        return world_failed(opened.error(), EIO);
    }
    segment_ = std::move(opened).value();
    return Done{};
}

void Recovery::write_tail() {
    static constexpr std::size_t kNoteBytes = sizeof(FrameHeader) + sizeof(RecoveryNote);
    std::byte* data = segment_->data();
    std::size_t at = end_.offset;
    const auto stamp = [&] {
        return FrameStamp{.seq = expected_, .durable = 0, .salt = segment_->salt};
    };
    RecordMeta meta{.t_utc_ns = end_.last_utc_ns, .t_mono_ns = end_.last_mono_ns};
    if (found_.note && at + kNoteBytes + sizeof(FrameHeader) <= segment_->size()) {
        meta.type = RecordType::Recovery;
        meta.t_utc_ns = std::max(options_.now_utc_ns, end_.last_utc_ns);
        const auto payload = std::as_bytes(std::span<const RecoveryNote, 1>(&*found_.note, 1));
        const std::array<std::span<const std::byte>, 1> parts{payload};
        at += write_frame(data + at, meta, stamp(), parts);
        ++expected_;
        found_.note.reset();
    }
    std::size_t block_end = align_block(at);
    block_end += block_end != at && block_end - at < sizeof(FrameHeader) ? kBlock : 0;
    if (block_end != at) {
        meta.type = block_end == segment_->size() ? RecordType::SegmentEnd : RecordType::Pad;
        write_fill(data + at, meta, stamp(), block_end - at);
        ++expected_;
    }
    end_.offset = block_end;
    end_.last_utc_ns = meta.t_utc_ns;
}

Result<Recovered, RecoveryError> Recovery::run() {
    for (SegmentName& name : list_segments(options_.dir, options_.instance)) {
        (name.prepared ? rest_ : named_).push_back(std::move(name));
    }
    if (Step step = walk_named(); !step) {
        return Out::failure(step.error());
    }
    if (Step step = walk_prepared(); !step) {
        return Out::failure(step.error());
    }
    mark_ = read_mark(options_.dir, found_.segments.empty() ? nullptr : &found_.uuid);
    if (Step step = judge_end(); !step) {
        return Out::failure(step.error());
    }
    for (const SegmentName& name : rest_) {  // zeros, never used
        std::error_code ignored;
        fs::remove(name.path, ignored);
    }
    if (segment_) {
        if (Step step = close_off(); !step) {
            return Out::failure(step.error());
        }
        found_.end = end_.offset;
        if (found_.end < segment_->size()) {
            found_.open = segment_;
        }
        DurableMark mark(*options_.disk);
        int error = mark.open(options_.dir);
        for (int slot = 0; slot < 2 && error == 0; ++slot) {  // both: an accepted loss lowers it
            error = mark.store(expected_ - 1, found_.uuid);
        }
        if (error != 0) {
            return Out::failure(world_failed("cannot write durable.mark", error).error());
        }
    } else {
        std::random_device random;
        for (auto& byte : found_.uuid) {
            byte = static_cast<std::uint8_t>(random());
        }
    }
    if (const int error = options_.disk->sync_directory(options_.dir); error != 0) {
        return Out::failure(world_failed("cannot sync " + options_.dir, error).error());
    }
    found_.last_seq = expected_ - 1;
    return std::move(found_);
}

Result<Recovered, RecoveryError> recover_with(const RecoveryOptions& options,
                                              const AcceptLoss* accept) {
    using Out = Result<Recovered, RecoveryError>;
    if (options.instance.empty()) {
        return Out::failure(
            {.file = options.dir, .message = "a journal needs the name of its instance"});
    }
    auto lock = DirectoryLock::take(options.dir);
    if (!lock) {
        return Out::failure({.file = options.dir, .message = lock.error()});
    }
    return Recovery(options, accept, std::move(lock).value()).run();
}

}  // namespace

Result<Recovered, RecoveryError> recover(const RecoveryOptions& options) {
    return recover_with(options, nullptr);
}

Result<Done, RecoveryError> repair(const RecoveryOptions& options,
                                   std::uint64_t accept_loss_seq,
                                   const std::string& operator_name) {
    if (operator_name.empty()) {
        return Step::failure({.file = options.dir, .message = "a repair needs an operator's name"});
    }
    const AcceptLoss accept{accept_loss_seq, operator_name};
    auto recovered = recover_with(options, &accept);
    if (!recovered) {
        return Step::failure(recovered.error());
    }
    JournalOptions with;
    with.segment_bytes = options.segment_bytes;
    with.disk = options.disk;
    auto journal = Journal::open(std::move(with), std::move(recovered).value());
    if (!journal) {
        return Step::failure({.file = options.dir, .message = journal.error()});
    }
    if (!journal.value()->close()) {
        return Step::failure({.file = options.dir, .message = "the journal could not be closed"});
    }
    return Done{};
}

}  // namespace sluice::journal
