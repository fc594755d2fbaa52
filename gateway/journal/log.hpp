// The seam of the journal: an append side and a read side. The local journal (journal.hpp,
// journal_reader.hpp) is the first implementation; with a standby, "durable" may mean "held there".
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>

#include "gateway/domain/extras.hpp"
#include "gateway/journal/record_types.hpp"

namespace sluice::journal {

// Where a frame lies: segment number and byte offset in that segment, in one word. Order of
// positions is order of sequence numbers. 0 is no position.
struct Position {
    std::uint64_t value = 0;
    static constexpr Position of(std::uint64_t segment_no, std::size_t offset) {
        return {(segment_no << 32U) | offset};
    }
    constexpr std::uint64_t segment_no() const { return value >> 32U; }
    constexpr std::size_t offset() const { return value & 0xffff'ffffU; }
    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Position, Position) = default;
};

// What the writer of a record says about it, beside the payload. Times are the caller's: one clock
// reading serves a whole batch.
struct RecordMeta {
    RecordType type = RecordType::None;
    std::uint16_t schema = 1;    // version of the payload's layout
    std::uint64_t order_id = 0;  // 0: none
    std::uint32_t session = 0;
    std::uint32_t account = 0;
    std::int64_t t_utc_ns = 0;
    std::int64_t t_mono_ns = 0;
};

struct Appended {
    std::uint64_t seq = 0;  // 0: not appended, the journal has failed
    Position position;
};

// A record as it is read. The payload points into mapped memory; see who gave it for how long.
struct Frame {
    RecordMeta meta;
    std::uint64_t seq = 0;
    std::uint64_t durable = 0;  // highest sequence number known durable when it was appended
    Position position;
    std::span<const std::byte> payload;

    // The payload begins with a T; the rest of it is payload.subspan(sizeof(T)).
    // Nothing if it is too short. Of a T with extras, those that were in use.
    template <class T>
    std::optional<T> head() const {
        static_assert(std::is_trivially_copyable_v<T>);
        if (payload.size() < fixed_bytes<T>()) {
            return std::nullopt;
        }
        std::array<std::byte, sizeof(T)> bytes{};
        std::memcpy(bytes.data(), payload.data(), std::min(payload.size(), sizeof(T)));
        const T value = std::bit_cast<T>(bytes);
        if (payload.size() < journaled_bytes(value)) {
            return std::nullopt;
        }
        return value;
    }
};

class LogWriter {
public:
    virtual ~LogWriter() = default;

    // Appends one record whose payload is the parts one after the other; no copy but the one into
    // the journal. At most kPayloadMax bytes (frame.hpp), else GW_CHECK. May wait when a segment is
    // full and the next one is not prepared.
    virtual Appended append_parts(const RecordMeta& meta,
                                  std::span<const std::span<const std::byte>> parts) = 0;

    Appended append(const RecordMeta& meta,
                    std::span<const std::byte> fixed,
                    std::span<const std::byte> tail = {}) {
        const std::array<std::span<const std::byte>, 2> parts{fixed, tail};
        return append_parts(meta, parts);
    }
    template <class T>
    requires(std::is_trivially_copyable_v<T>&& std::has_unique_object_representations_v<T>) Appended
        append_value(const RecordMeta& meta, const T& value, std::span<const std::byte> tail = {}) {
        return append(meta,
                      std::as_bytes(std::span<const T, 1>(&value, 1)).first(journaled_bytes(value)),
                      tail);
    }

    // Once per turn of the owner's loop, cheap: gives what is new to the disk.
    virtual void end_of_batch() = 0;

    virtual std::uint64_t written() const = 0;   // survives kill -9
    virtual std::uint64_t durable() const = 0;   // survives a power cut
    virtual std::uint64_t released() const = 0;  // the release gate: effects of seq <= it may leave
    virtual bool failed() const = 0;             // for good: halt, exit, recover

    // The frame at a position that append or a reader gave; nothing if there is none there.
    virtual std::optional<Frame> view(Position position) = 0;
};

class LogReader {
public:
    virtual ~LogReader() = default;
    // The next record; nothing at the present end of the log, or after a problem (the
    // implementation tells which). May be called again later to get what came since. The frame's
    // payload is good until the next call.
    virtual std::optional<Frame> next() = 0;
};

}  // namespace sluice::journal
