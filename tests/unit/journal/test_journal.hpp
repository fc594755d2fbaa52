// A journal in a directory of its own for the tests, removed with it.
#pragma once

#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "gateway/journal/journal.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/journal/recovery.hpp"
#include "gateway/journal/verify.hpp"

namespace sluice::journal::test {

class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

inline RecoveryOptions recovery_options(const std::string& dir) {
    return {.dir = dir, .instance = "t1", .segment_bytes = kSegmentBytesMin, .now_utc_ns = 1'000};
}

inline JournalOptions journal_options(Durability durability = Durability::Synced) {
    JournalOptions options;
    options.durability = durability;
    options.segment_bytes = kSegmentBytesMin;
    return options;
}

// Syncs nothing: for tests that make the crash themselves.
class NoSyncDisk : public Disk {
public:
    int sync_range(void*, std::size_t) override { return 0; }
    int sync_file(int) override { return 0; }
    int sync_directory(const std::string&) override { return 0; }
};

std::unique_ptr<Journal> open_journal(const std::string& dir,
                                      JournalOptions options = journal_options());

inline std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}
inline std::string text(const Frame& frame) {
    return {reinterpret_cast<const char*>(frame.payload.data()), frame.payload.size()};
}

Appended put(LogWriter& log, std::string_view payload, RecordType type = RecordType::FixIn);
void sync(Journal& journal);  // turns the loop until all that is written is durable

// Payloads of the FIX_IN records, in order.
std::vector<std::string> read_all(const std::string& dir);

std::vector<char> read_file(const std::string& path);
void write_file(const std::string& path, const std::vector<char>& content);
// Of the segment in use with the highest first number.
std::string last_segment(const std::string& dir);
void flip_bit(const std::string& path, std::uint64_t offset);

}  // namespace sluice::journal::test
