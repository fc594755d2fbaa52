#include "tests/unit/journal/test_journal.hpp"

#include <thread>

#include <stdlib.h>

namespace sluice::journal::test {

TempDir::TempDir() {
    std::string pattern = std::filesystem::temp_directory_path() / "sluice-journal-XXXXXX";
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

TempDir::~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::unique_ptr<Journal> open_journal(const std::string& dir, JournalOptions options) {
    auto recovered = recover(recovery_options(dir));
    if (!recovered) {
        FAIL(recovered.error().message);
    }
    auto journal = Journal::open(std::move(options), std::move(recovered).value());
    if (!journal) {
        FAIL(journal.error());
    }
    return std::move(journal).value();
}

Appended put(LogWriter& log, std::string_view payload, RecordType type) {
    return log.append({.type = type, .order_id = 7, .session = 1, .t_utc_ns = 10, .t_mono_ns = 20},
                      bytes(payload));
}

void sync(Journal& journal) {
    while (journal.durable() < journal.written() && !journal.failed()) {
        journal.end_of_batch();
        std::this_thread::yield();
    }
}

std::vector<std::string> read_all(const std::string& dir) {
    std::vector<std::string> payloads;
    JournalReader reader({.dir = dir, .instance = "t1"});
    while (const auto frame = reader.next()) {
        if (frame->meta.type == RecordType::FixIn) {
            payloads.push_back(text(*frame));
        }
    }
    CHECK_FALSE(reader.problem());
    return payloads;
}

std::vector<char> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, const std::vector<char>& content) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    REQUIRE(file.flush());
}

std::string last_segment(const std::string& dir) {
    std::string path;
    for (const SegmentName& name : list_segments(dir, "t1")) {
        path = name.prepared ? path : name.path;
    }
    return path;
}

void flip_bit(const std::string& path, std::uint64_t offset) {
    auto content = read_file(path);
    REQUIRE(offset < content.size());
    content[offset] = static_cast<char>(content[offset] ^ 1);
    write_file(path, content);
}

}  // namespace sluice::journal::test
