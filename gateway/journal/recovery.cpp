#include "gateway/journal/recovery.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <random>

#include <fmt/format.h>
#include <unistd.h>

#include "gateway/journal/durable_mark.hpp"
#include "gateway/journal/journal.hpp"
#include "gateway/journal/journal_end.hpp"

namespace sluice::journal {
namespace {

namespace fs = std::filesystem;

struct AcceptLoss {
    std::uint64_t seq = 0;
    std::string operator_name;
};

using Step = Result<Done, RecoveryError>;

// Judges the end that was found, and mends it: what is torn is cut, the open block is filled, and
// all of it is made durable.
class Recovery {
public:
    Recovery(const RecoveryOptions& options, const AcceptLoss* accept, JournalEnd end)
        : options_(options), accept_(accept), end_(std::move(end)) {}

    Result<Recovered, RecoveryError> run(DirectoryLock lock);

private:
    Step judge_end(std::uint64_t mark);
    Step cut(std::uint64_t lost, std::uint64_t proof, RecoveryNote::Reason reason);
    Step set_aside(const SegmentName& name) const;
    Step give_name(MappedSegment& segment, KnownSegment& known) const;
    Step give_names();
    Step close_off();
    Step make_room();
    void write_tail();
    Step store_mark() const;
    Step world_failed(const std::string& what, int error) const;

    const RecoveryOptions& options_;
    const AcceptLoss* accept_;
    JournalEnd end_;
    std::uint64_t torn_bytes_ = 0;
    std::optional<RecoveryNote> note_;  // a RECOVERY record that is not written yet
};

Step Recovery::world_failed(const std::string& what, int error) const {
    return Step::failure({.file = options_.dir,
                          .expected_seq = end_.expected,
                          .message = fmt::format("{}: {}", what, std::strerror(error))});
}

Step Recovery::judge_end(std::uint64_t mark) {
    const std::uint64_t lost = lost_bytes(end_);
    const std::uint64_t proof = lost == 0 ? mark : durable_proof(end_, mark);
    const bool misses_durable = proof >= end_.expected;
    if (end_.given_up || (misses_durable && accept_ != nullptr && accept_->seq == end_.expected)) {
        return cut(lost, proof, RecoveryNote::Reason::AcceptedLoss);
    }
    if (misses_durable) {
        return Step::failure(
            refusal(end_.last ? end_.last->path : options_.dir, end_.scan.offset, end_.expected,
                    proof, lost == 0 ? "the journal ends" : "the bytes are not a valid frame"));
    }
    return lost == 0 ? Step(Done{}) : cut(lost, proof, RecoveryNote::Reason::TornTail);
}

Step Recovery::set_aside(const SegmentName& name) const {
    std::error_code error;
    fs::rename(name.path, fmt::format("{}.{}.broken", name.path, end_.expected), error);
    return error ? world_failed("cannot set aside " + name.path, error.value()) : Step(Done{});
}

Step Recovery::cut(std::uint64_t lost, std::uint64_t proof, RecoveryNote::Reason reason) {
    if (end_.last && used_bytes(std::as_const(*end_.last).bytes(), end_.scan.offset) > 0) {
        MappedSegment& last = *end_.last;
        std::error_code error;
        fs::copy_file(last.path, fmt::format("{}.{}.broken", last.path, end_.expected),
                      fs::copy_options::overwrite_existing, error);
        if (error) {
            return world_failed("cannot copy " + last.path, error.value());
        }
        std::memset(last.data() + end_.scan.offset, 0, last.size() - end_.scan.offset);
    }
    for (const SegmentName& name : end_.rest) {
        const auto opened = MappedSegment::open(name.path, Access::Read);
        if (opened && all_zero(opened.value()->bytes())) {
            continue;
        }
        if (Step step = set_aside(name); !step) {
            return step;
        }
    }
    note_ = RecoveryNote{
        .lost_bytes = lost, .last_good = end_.expected - 1, .proof = proof, .reason = reason};
    if (accept_ != nullptr) {
        std::copy_n(accept_->operator_name.begin(),
                    std::min(accept_->operator_name.size(), note_->operator_name.size() - 1),
                    note_->operator_name.begin());
    }
    torn_bytes_ = lost;
    return Done{};
}

Step Recovery::give_name(MappedSegment& segment, KnownSegment& known) const {
    if (const int error = options_.disk->sync_file(segment.fd()); error != 0) {
        return world_failed("cannot sync " + segment.path, error);
    }
    std::string path = segment_path(options_.dir, options_.instance, known.first_seq);
    if (std::rename(segment.path.c_str(), path.c_str()) != 0) {
        return world_failed("cannot rename " + segment.path, errno);
    }
    segment.path = path;
    known.path = std::move(path);
    if (const int error = options_.disk->sync_directory(options_.dir); error != 0) {
        return world_failed("cannot sync " + options_.dir, error);
    }
    return Done{};
}

// Prepared segments that are full, in order; the last one has its turn when its end is written.
Step Recovery::give_names() {
    auto known = end_.segments.end() - 1 - static_cast<std::ptrdiff_t>(end_.unnamed.size());
    for (const auto& segment : end_.unnamed) {
        if (Step step = give_name(*segment, *known++); !step) {
            return step;
        }
    }
    return Done{};
}

// Writes the RECOVERY record and fills the open block, then makes all of it durable: what comes
// later never rewrites a sector that holds an older record.
Step Recovery::close_off() {
    if (Step step = give_names(); !step) {
        return step;
    }
    if (!end_.scan.complete) {
        if (Step step = make_room(); !step) {
            return step;
        }
        write_tail();
    }
    if (end_.last_is_unnamed) {
        return give_name(*end_.last, end_.segments.back());
    }
    if (const int error = options_.disk->sync_file(end_.last->fd()); error != 0) {
        return world_failed("cannot sync " + end_.last->path, error);
    }
    return Done{};
}

// A copy that was cut short by something else has no room for the tail: it grows again.
Step Recovery::make_room() {
    const std::size_t size = end_.last->size();
    if (size % kBlock == 0 && size - end_.scan.offset >= kEndReserve) {
        return Done{};
    }
    if (::ftruncate(end_.last->fd(), static_cast<off_t>(align_block(size) + kBlock)) != 0) {
        return world_failed("cannot extend " + end_.last->path, errno);
    }
    auto opened = MappedSegment::open(end_.last->path, Access::Write);
    if (!opened) {
        return world_failed(opened.error(), EIO);
    }
    end_.last = std::move(opened).value();
    return Done{};
}

void Recovery::write_tail() {
    static constexpr std::size_t kNoteBytes = sizeof(FrameHeader) + sizeof(RecoveryNote);
    MappedSegment& last = *end_.last;
    std::size_t at = end_.scan.offset;
    const auto stamp = [&] {
        return FrameStamp{.seq = end_.expected, .durable = 0, .salt = last.salt};
    };
    RecordMeta meta{.t_utc_ns = end_.scan.last_utc_ns, .t_mono_ns = end_.scan.last_mono_ns};
    if (note_ && at + kNoteBytes + sizeof(FrameHeader) <= last.size()) {
        meta.type = RecordType::Recovery;
        meta.t_utc_ns = std::max(options_.now_utc_ns, end_.scan.last_utc_ns);
        const auto payload = std::as_bytes(std::span<const RecoveryNote, 1>(&*note_, 1));
        const std::array<std::span<const std::byte>, 1> parts{payload};
        at += write_frame(last.data() + at, meta, stamp(), parts);
        ++end_.expected;
        note_.reset();
    }
    std::size_t block_end = align_block(at);
    block_end += block_end != at && block_end - at < sizeof(FrameHeader) ? kBlock : 0;
    if (block_end != at) {
        meta.type = block_end == last.size() ? RecordType::SegmentEnd : RecordType::Pad;
        write_fill(last.data() + at, meta, stamp(), block_end - at);
        ++end_.expected;
    }
    end_.scan.offset = block_end;
    end_.scan.last_utc_ns = meta.t_utc_ns;
}

Step Recovery::store_mark() const {
    DurableMark mark(*options_.disk);
    int error = mark.open(options_.dir);
    for (int slot = 0; slot < 2 && error == 0; ++slot) {  // both: an accepted loss lowers it
        error = mark.store(end_.expected - 1, end_.uuid);
    }
    return error == 0 ? Step(Done{}) : world_failed("cannot write durable.mark", error);
}

Result<Recovered, RecoveryError> Recovery::run(DirectoryLock lock) {
    using Out = Result<Recovered, RecoveryError>;
    const bool is_new = end_.segments.empty();
    if (Step step = judge_end(read_mark(options_.dir, is_new ? nullptr : &end_.uuid)); !step) {
        return Out::failure(step.error());
    }
    for (const SegmentName& name : end_.rest) {  // zeros, never used
        std::error_code ignored;
        fs::remove(name.path, ignored);
    }
    if (is_new) {
        std::random_device random;
        for (auto& byte : end_.uuid) {
            byte = static_cast<std::uint8_t>(random());
        }
    } else {
        if (Step step = close_off(); !step) {
            return Out::failure(step.error());
        }
        if (Step step = store_mark(); !step) {
            return Out::failure(step.error());
        }
    }
    if (const int error = options_.disk->sync_directory(options_.dir); error != 0) {
        return Out::failure(world_failed("cannot sync " + options_.dir, error).error());
    }

    Recovered out(std::move(lock));
    out.dir = options_.dir;
    out.instance = options_.instance;
    out.uuid = end_.uuid;
    out.first_seq = end_.first_seq;
    out.last_seq = end_.expected - 1;
    out.last_utc_ns = end_.scan.last_utc_ns;
    out.last_mono_ns = end_.scan.last_mono_ns;
    out.segments = std::move(end_.segments);
    out.last_seal = end_.last_seal;
    out.sealed_through = end_.sealed_through;
    out.torn_bytes = torn_bytes_;
    out.note = note_;
    out.note_utc_ns = options_.now_utc_ns;
    if (end_.last) {
        out.end = end_.scan.offset;
        out.open = out.end < end_.last->size() ? end_.last : nullptr;
    }
    return out;
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
    auto end = find_end(options.dir, options.instance, accept == nullptr ? 0 : accept->seq);
    if (!end) {
        return Out::failure(end.error());
    }
    return Recovery(options, accept, std::move(end).value()).run(std::move(lock).value());
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
