// What the world does to a disk.
#include <atomic>
#include <cerrno>
#include <thread>

#include "tests/unit/journal/test_journal.hpp"

using namespace sluice::journal;
using namespace sluice::journal::test;

namespace {

class BadDisk final : public NoSyncDisk {
public:
    int sync_range(void*, std::size_t) override {
        ++syncs;
        return sync_error;
    }
    int fill(int fd, std::uint64_t offset, std::uint64_t size) override {
        if (fills_left == 0) {
            return ENOSPC;
        }
        --fills_left;
        return NoSyncDisk::fill(fd, offset, size);
    }
    FreeSpace free_space(const std::string&) override { return {.bytes = 0, .percent = percent}; }

    std::atomic<int> sync_error{0};
    std::atomic<unsigned> syncs{0};
    std::atomic<unsigned> fills_left{1'000};
    std::atomic<unsigned> percent{50};
};

JournalOptions on(BadDisk& disk) {
    auto options = journal_options();
    options.disk = &disk;
    return options;
}

}  // namespace

TEST_CASE("a failed sync is for good: nothing more is released, and it is not tried again") {
    TempDir dir;
    BadDisk disk;
    auto journal = open_journal(dir.path(), on(disk));
    put(*journal, "one");
    sync(*journal);
    const std::uint64_t released = journal->released();
    disk.sync_error = EIO;
    put(*journal, "two");
    sync(*journal);
    CHECK(journal->failed());
    CHECK(journal->error() == EIO);
    CHECK(journal->released() == released);
    const unsigned syncs = disk.syncs;
    disk.sync_error = 0;
    CHECK(put(*journal, "three").seq == 0);
    journal->end_of_batch();
    CHECK_FALSE(journal->close());
    CHECK(disk.syncs == syncs);
    CHECK(journal->released() == released);
}

TEST_CASE("a failed sync closes the gate in mode written too") {
    TempDir dir;
    BadDisk disk;
    auto options = on(disk);
    options.durability = Durability::Written;
    options.commit_interval_ns = 1'000'000;
    auto journal = open_journal(dir.path(), options);
    disk.sync_error = EIO;
    const auto appended = put(*journal, "one");
    sync(*journal);
    CHECK(journal->failed());
    CHECK(journal->released() < appended.seq);
}

TEST_CASE("a full disk is announced, and the prepared reserve is used to its end") {
    TempDir dir;
    BadDisk disk;
    auto options = on(disk);
    options.stall_limit_ns = 300'000'000;
    disk.fills_left = 3;  // durable.mark, the first segment, its successor
    auto journal = open_journal(dir.path(), options);
    while (journal->room() < kSegmentBytesMin) {
        std::this_thread::yield();
    }
    unsigned appended = 0;
    while (put(*journal, std::string(50'000, 'f')).seq != 0) {
        ++appended;
        journal->end_of_batch();
        REQUIRE(appended < 1'000);
    }
    CHECK(appended >= 38);
    CHECK(journal->failed());
    CHECK(journal->error() == ENOSPC);
    CHECK(journal->disk_low());
    CHECK(journal->stalls() == 1);
    journal.reset();
    CHECK(recover(recovery_options(dir.path())).ok());
    CHECK(read_all(dir.path()).size() == appended);
}

TEST_CASE("an append that waited for a segment goes on when there is room again") {
    TempDir dir;
    BadDisk disk;
    disk.fills_left = 3;
    auto journal = open_journal(dir.path(), on(disk));
    std::thread operator_makes_room([&] {
        while (!journal->disk_low()) {
            std::this_thread::yield();
        }
        disk.fills_left = 1'000;
    });
    for (int i = 0; i < 60; ++i) {
        REQUIRE(put(*journal, std::string(50'000, 'f')).seq != 0);
        sync(*journal);
    }
    operator_makes_room.join();
    CHECK_FALSE(journal->failed());
}

TEST_CASE("little free space is said before it is none") {
    TempDir dir;
    BadDisk disk;
    disk.percent = 4;
    auto journal = open_journal(dir.path(), on(disk));
    while (!journal->disk_low()) {
        std::this_thread::yield();
    }
    CHECK(put(*journal, "a cancel").seq != 0);
}

TEST_CASE("a journal that cannot make its first segment says why") {
    TempDir dir;
    BadDisk disk;
    disk.fills_left = 0;
    const auto options = on(disk);
    auto recovered = recover(recovery_options(dir.path()));
    REQUIRE(recovered.ok());
    const auto journal = Journal::open(options, std::move(recovered).value());
    REQUIRE_FALSE(journal.ok());
    CHECK(journal.error().find("No space left") != std::string::npos);
}
