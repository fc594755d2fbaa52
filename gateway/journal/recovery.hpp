// What a journal directory holds when a process starts, and the rule that decides whether its end
// is a plain crash (repaired, with a RECOVERY record) or damage to what was acknowledged (refused).
// docs/journal_format.md, section "Recovery". Runs before any other thread of the journal.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "gateway/domain/result.hpp"
#include "gateway/journal/directory_lock.hpp"
#include "gateway/journal/disk.hpp"
#include "gateway/journal/segment_file.hpp"

namespace sluice::journal {

// Payload of RECOVERY.
struct RecoveryNote {
    enum class Reason : std::uint32_t { TornTail = 1, AcceptedLoss = 2 };
    std::uint64_t lost_bytes = 0;  // non-zero bytes behind the last good frame
    std::uint64_t last_good = 0;   // its sequence number
    std::uint64_t proof = 0;       // highest number known to have been durable
    Reason reason = Reason::TornTail;
    std::uint32_t reserved = 0;
    std::array<char, 64> operator_name{};  // of an accepted loss
};
static_assert(sizeof(RecoveryNote) == 96 && std::has_unique_object_representations_v<RecoveryNote>);

// Why a journal was refused: at `file`, `offset` the frame `expected_seq` should be and is not,
// though something proves that `proof_seq` was durable. A failed sealed segment has proof_seq equal
// to expected_seq. Text for the operator in `message`.
struct RecoveryError {
    std::string file;
    std::uint64_t offset = 0;
    std::uint64_t expected_seq = 0;
    std::uint64_t proof_seq = 0;
    std::string message;
};

struct KnownSegment {
    std::uint64_t number = 0;
    std::uint64_t first_seq = 0;
    std::string path;
};

// A recovered directory, locked; Journal takes it over. Everything in it is durable.
struct Recovered {
    explicit Recovered(DirectoryLock held) : lock(std::move(held)) {}

    DirectoryLock lock;
    std::string dir;
    std::string instance;
    Uuid uuid{};
    std::uint64_t first_seq = 1;  // above 1 if early segments were archived
    std::uint64_t last_seq = 0;
    std::int64_t last_utc_ns = 0;  // times of the last frame
    std::int64_t last_mono_ns = 0;
    std::vector<KnownSegment> segments;
    std::shared_ptr<MappedSegment> open;  // the segment to append to; null: begin a new one
    std::size_t end = 0;                  // offset in it
    Digest last_seal{};                   // hash of the last seal in the journal
    std::uint64_t sealed_through = 0;
    std::uint64_t torn_bytes = 0;      // above 0: the end was torn and is now cut, see RECOVERY
    std::optional<RecoveryNote> note;  // a RECOVERY record that Journal::open has still to append
    std::int64_t note_utc_ns = 0;
};

struct RecoveryOptions {
    std::string dir;
    std::string instance;  // letters, digits, _ and .
    std::size_t segment_bytes = 64 << 20;
    std::int64_t now_utc_ns = 0;  // time of a RECOVERY record
    Disk* disk = &Disk::real();
};

Result<Recovered, RecoveryError> recover(const RecoveryOptions& options);

// `journal repair --accept-loss <seq>`: cuts the journal before the frame `seq`, which must be the
// expected_seq of the refusal, keeps copies of what is cut as *.broken, and writes a RECOVERY
// record with the operator's name. The journal can then be recovered.
Result<Done, RecoveryError> repair(const RecoveryOptions& options,
                                   std::uint64_t accept_loss_seq,
                                   const std::string& operator_name);

}  // namespace sluice::journal
