#include "gateway/journal/journal.hpp"

#include <algorithm>
#include <thread>

#include "tests/unit/journal/test_journal.hpp"

using namespace sluice::journal;
using namespace sluice::journal::test;

TEST_CASE("records come back in order with what was said about them") {
    TempDir dir;
    {
        auto journal = open_journal(dir.path());
        const RecordMeta meta{.type = RecordType::FixIn,
                              .schema = 3,
                              .order_id = 11,
                              .session = 12,
                              .account = 13,
                              .t_utc_ns = 14,
                              .t_mono_ns = 15};
        CHECK(journal->append(meta, bytes("head"), bytes("tail")).seq == 1);
        CHECK(put(*journal, "").seq == 2);
    }
    JournalReader reader({.dir = dir.path(), .instance = "t1"});
    const auto frame = reader.next();
    REQUIRE(frame);
    CHECK(text(*frame) == "headtail");
    CHECK(frame->seq == 1);
    CHECK(frame->meta.schema == 3);
    CHECK(frame->meta.order_id == 11);
    CHECK(frame->meta.session == 12);
    CHECK(frame->meta.account == 13);
    CHECK(frame->meta.t_utc_ns == 14);
    CHECK(frame->meta.t_mono_ns == 15);
    const auto second = reader.next();
    REQUIRE(second);
    CHECK(second->payload.empty());
}

TEST_CASE("synced: nothing is released before its commit, and everything after it") {
    TempDir dir;
    auto journal = open_journal(dir.path());
    const auto appended = put(*journal, "order");
    CHECK(journal->released() < appended.seq);
    CHECK(journal->written() == appended.seq);
    sync(*journal);
    CHECK(journal->released() >= appended.seq);
}

TEST_CASE("written: a record is released when it is appended") {
    TempDir dir;
    auto journal = open_journal(dir.path(), journal_options(Durability::Written));
    const auto appended = put(*journal, "order");
    CHECK(journal->released() == appended.seq);
    CHECK(journal->durable() < appended.seq);
}

TEST_CASE("written: a commit comes by itself when the interval is over") {
    TempDir dir;
    auto options = journal_options(Durability::Written);
    options.commit_interval_ns = 1'000'000;
    auto journal = open_journal(dir.path(), options);
    const auto appended = put(*journal, "order");
    while (journal->durable() < appended.seq) {
        journal->end_of_batch();
        std::this_thread::yield();
    }
    SUCCEED();
}

TEST_CASE("a journal goes on where it ended, over many starts") {
    TempDir dir;
    std::uint64_t last = 0;
    std::vector<std::string> expected;
    for (int start = 0; start < 5; ++start) {
        auto journal = open_journal(dir.path());
        CHECK(journal->written() == journal->durable());
        for (int i = 0; i < 20; ++i) {
            expected.push_back(std::to_string(start) + "/" + std::to_string(i));
            const auto appended = put(*journal, expected.back());
            CHECK(appended.seq > last);
            last = appended.seq;
        }
        CHECK(journal->close());
    }
    CHECK(read_all(dir.path()) == expected);
    CHECK(verify(dir.path()).ok());
}

TEST_CASE("a journal runs over many segments, and every frame can be viewed by its position") {
    TempDir dir;
    auto options = journal_options();
    options.mapped_segments_max = 2;
    auto journal = open_journal(dir.path(), options);
    std::vector<Position> positions;
    std::vector<std::string> expected;
    for (int i = 0; i < 700; ++i) {
        expected.push_back(std::to_string(i) + std::string(9'000, 'x'));
        const auto appended = put(*journal, expected.back());
        REQUIRE(appended.seq != 0);
        positions.push_back(appended.position);
        journal->end_of_batch();
    }
    CHECK(positions.back().segment_no() >= 6);
    for (std::size_t i = 0; i < positions.size(); i += 7) {
        const auto frame = journal->view(positions[i]);
        REQUIRE(frame);
        CHECK(text(*frame) == expected[i]);
        CHECK(frame->position == positions[i]);
    }
    CHECK(journal->close());
    CHECK(read_all(dir.path()) == expected);
    const auto report = verify(dir.path());
    for (const auto& problem : report.problems) {
        UNSCOPED_INFO(problem.file << " " << problem.offset << ": " << problem.message);
    }
    CHECK(report.ok());
    CHECK(report.segments >= 6);
    CHECK(report.seals >= 1);
}

TEST_CASE("there is no frame at a position that nothing was appended to") {
    TempDir dir;
    auto journal = open_journal(dir.path());
    const auto appended = put(*journal, "order");
    CHECK(journal->view(appended.position));
    CHECK_FALSE(journal->view(Position{}));
    CHECK_FALSE(journal->view(Position{appended.position.value + 8}));
    CHECK_FALSE(journal->view(Position::of(99, 4096)));
}

TEST_CASE("a reader follows the live journal across segments") {
    TempDir dir;
    auto journal = open_journal(dir.path());
    JournalReader reader({.dir = dir.path(), .instance = "t1"});
    const std::string big(100'000, 'y');
    for (int i = 0; i < 40; ++i) {
        const auto appended = put(*journal, big);
        auto frame = reader.next();
        while (frame && frame->meta.type == RecordType::SegmentSeal) {
            frame = reader.next();
        }
        REQUIRE(frame);
        CHECK(frame->seq == appended.seq);
        CHECK(frame->position == appended.position);
        CHECK_FALSE(reader.next());
        sync(*journal);
        journal->end_of_batch();
    }
    CHECK_FALSE(reader.problem());
}

TEST_CASE("a reader begins at the number that it is asked for") {
    TempDir dir;
    auto journal = open_journal(dir.path());
    Appended wanted;
    for (int i = 0; i < 60; ++i) {
        const auto appended = put(*journal, std::string(50'000, 'z'));
        if (i == 45) {
            wanted = appended;
        }
    }
    sync(*journal);
    JournalReader reader({.dir = dir.path(), .instance = "t1", .from_seq = wanted.seq});
    const auto frame = reader.next();
    REQUIRE(frame);
    CHECK(frame->seq == wanted.seq);
    CHECK(frame->position == wanted.position);
}

TEST_CASE("two processes cannot own one journal") {
    TempDir dir;
    auto journal = open_journal(dir.path());
    const auto second = recover(recovery_options(dir.path()));
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().message.find("in use") != std::string::npos);
}

TEST_CASE("a clean end is sealed up to the last record") {
    TempDir dir;
    std::uint64_t last = 0;
    {
        auto journal = open_journal(dir.path());
        for (int i = 0; i < 10; ++i) {
            last = put(*journal, "order " + std::to_string(i)).seq;
        }
        CHECK(journal->close());
    }
    const auto report = verify(dir.path());
    CHECK(report.ok());
    CHECK(report.seals == 1);
    CHECK(report.sealed_through >= last);
}
