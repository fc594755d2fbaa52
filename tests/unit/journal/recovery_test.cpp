#include "gateway/journal/recovery.hpp"

#include "gateway/journal/durable_mark.hpp"
#include "gateway/journal/segment_scan.hpp"
#include "tests/unit/journal/test_journal.hpp"

using namespace sluice::journal;
using namespace sluice::journal::test;

namespace {

// A journal of three records, closed or left as kill -9 leaves it: by leaving out close() the
// bytes are the same but for the seal.
std::vector<Appended> three_records(const std::string& dir) {
    auto journal = open_journal(dir);
    std::vector<Appended> appended;
    for (const char* payload : {"one", "two", "three"}) {
        appended.push_back(put(*journal, payload));
        sync(*journal);
    }
    return appended;
}

std::optional<Frame> find(JournalReader& reader, RecordType type) {
    while (auto frame = reader.next()) {
        if (frame->meta.type == type) {
            return frame;
        }
    }
    return std::nullopt;
}

void put_bytes(const std::string& path, std::uint64_t offset, std::string_view what) {
    auto content = read_file(path);
    REQUIRE(offset + what.size() <= content.size());
    std::copy(what.begin(), what.end(), content.begin() + static_cast<std::ptrdiff_t>(offset));
    write_file(path, content);
}

std::uint64_t end_of_frames(const std::string& path) {
    const auto segment = MappedSegment::open(path, Access::Read).value();
    return scan_segment(std::as_const(*segment).bytes(), segment->header()).offset;
}

}  // namespace

TEST_CASE("an empty directory is a new journal that begins with record 1") {
    TempDir dir;
    const auto recovered = recover(recovery_options(dir.path()));
    REQUIRE(recovered.ok());
    CHECK(recovered.value().last_seq == 0);
    CHECK_FALSE(recovered.value().open);
}

TEST_CASE("garbage behind the last durable record is a torn tail: cut, kept, and recorded") {
    TempDir dir;
    three_records(dir.path());
    const std::string path = last_segment(dir.path());
    put_bytes(path, end_of_frames(path), "half a frame");
    {
        auto journal = open_journal(dir.path());
        put(*journal, "four");
    }
    CHECK(read_all(dir.path()) == std::vector<std::string>{"one", "two", "three", "four"});
    JournalReader reader({.dir = dir.path(), .instance = "t1"});
    const auto frame = find(reader, RecordType::Recovery);
    REQUIRE(frame);
    const auto note = frame->head<RecoveryNote>();
    REQUIRE(note);
    CHECK(note->reason == RecoveryNote::Reason::TornTail);
    CHECK(note->lost_bytes == 12);
    CHECK(note->last_good + 1 == frame->seq);
    bool kept = false;
    for (const auto& entry : std::filesystem::directory_iterator(dir.path())) {
        kept = kept || entry.path().extension() == ".broken";
    }
    CHECK(kept);
    CHECK(verify(dir.path()).ok());
}

TEST_CASE("a journal whose end vanished is refused, because the mark knows better") {
    TempDir dir;
    const auto appended = three_records(dir.path());
    const std::string path = last_segment(dir.path());
    auto content = read_file(path);
    std::fill(content.begin() + static_cast<std::ptrdiff_t>(appended[1].position.offset()),
              content.end(), char{0});
    write_file(path, content);
    const auto recovered = recover(recovery_options(dir.path()));
    REQUIRE_FALSE(recovered.ok());
    CHECK(recovered.error().expected_seq == appended[1].seq);
    CHECK(recovered.error().proof_seq >= appended[2].seq);
    CHECK(recovered.error().offset == appended[1].position.offset());
    CHECK(recovered.error().file == path);
}

TEST_CASE("without a mark a later record proves that the damaged one was durable") {
    TempDir dir;
    const auto appended = three_records(dir.path());
    std::filesystem::remove(dir.path() + "/durable.mark");
    flip_bit(last_segment(dir.path()), appended[0].position.offset() + 66);
    const auto recovered = recover(recovery_options(dir.path()));
    REQUIRE_FALSE(recovered.ok());
    CHECK(recovered.error().expected_seq == appended[0].seq);
    CHECK(recovered.error().proof_seq >= appended[0].seq);
}

TEST_CASE("a damaged sealed segment, a missing one and a foreign one are refused") {
    TempDir dir;
    {
        auto journal = open_journal(dir.path());
        for (int i = 0; i < 60; ++i) {
            put(*journal, std::string(50'000, 'q'));
        }
    }
    const auto names = list_segments(dir.path(), "t1");
    REQUIRE(names.size() >= 3);
    SECTION("a flipped bit") {
        flip_bit(names[0].path, 5'000);
    }
    SECTION("a flipped bit in the header") {
        flip_bit(names[1].path, 300);
    }
    SECTION("a removed segment") {
        std::filesystem::remove(names[1].path);
    }
    SECTION("a segment twice") {
        std::filesystem::copy_file(names[0].path, names[1].path,
                                   std::filesystem::copy_options::overwrite_existing);
    }
    SECTION("the last segment removed") {
        std::filesystem::remove(names.back().path);
    }
    const auto recovered = recover(recovery_options(dir.path()));
    CHECK_FALSE(recovered.ok());
}

TEST_CASE("an operator may accept a loss, by number and name, and the journal says so for ever") {
    TempDir dir;
    const auto appended = three_records(dir.path());
    flip_bit(last_segment(dir.path()), appended[1].position.offset() + 65);
    const auto refused = recover(recovery_options(dir.path()));
    REQUIRE_FALSE(refused.ok());
    CHECK_FALSE(repair(recovery_options(dir.path()), appended[0].seq, "kim").ok());
    CHECK_FALSE(repair(recovery_options(dir.path()), appended[1].seq, "").ok());
    REQUIRE(repair(recovery_options(dir.path()), appended[1].seq, "kim").ok());
    REQUIRE(recover(recovery_options(dir.path())).ok());
    CHECK(read_all(dir.path()) == std::vector<std::string>{"one"});
    JournalReader reader({.dir = dir.path(), .instance = "t1"});
    const auto frame = find(reader, RecordType::Recovery);
    REQUIRE(frame);
    const auto note = frame->head<RecoveryNote>();
    CHECK(note->reason == RecoveryNote::Reason::AcceptedLoss);
    CHECK(std::string(note->operator_name.data()) == "kim");
    CHECK(note->proof >= appended[2].seq);
}

TEST_CASE("a loss in a sealed segment can be accepted: what came after it is set aside") {
    TempDir dir;
    {
        auto journal = open_journal(dir.path());
        for (int i = 0; i < 60; ++i) {
            put(*journal, std::string(50'000, 'q'));
        }
    }
    const auto names = list_segments(dir.path(), "t1");
    SECTION("damaged frames") {
        flip_bit(names[1].path, 400'000);
    }
    SECTION("damaged header") {
        flip_bit(names[1].path, 60);
    }
    const auto refused = recover(recovery_options(dir.path()));
    REQUIRE_FALSE(refused.ok());
    REQUIRE(repair(recovery_options(dir.path()), refused.error().expected_seq, "kim").ok());
    {
        auto journal = open_journal(dir.path());
        CHECK(journal->written() >= refused.error().expected_seq);
    }
    const auto payloads = read_all(dir.path());
    CHECK(payloads.size() >= 10);
    CHECK(payloads.size() < 60);
}

TEST_CASE("a prepared segment that was begun is taken over, with or without its final name") {
    TempDir dir;
    std::vector<std::string> expected;
    TempDir copy;
    {
        NoSyncDisk disk;
        auto options = journal_options(Durability::Written);
        options.disk = &disk;
        options.commit_interval_ns = 3'600'000'000'000;
        auto journal = open_journal(dir.path(), options);
        for (int i = 0; i < 30; ++i) {
            expected.push_back(std::to_string(i) + std::string(50'000, 'p'));
            put(*journal, expected.back());
        }
        // What kill -9 leaves: the page cache, nothing named but what was committed.
        for (const SegmentName& name : list_segments(dir.path(), "t1")) {
            std::filesystem::copy(name.path, copy.path());
        }
    }
    {
        auto journal = open_journal(copy.path());
        expected.push_back("after");
        put(*journal, "after");
    }
    CHECK(read_all(copy.path()) == expected);
    CHECK(verify(copy.path()).ok());
}

TEST_CASE("of the two slots of the mark the torn one is passed over") {
    TempDir dir;
    const Uuid uuid{1, 2, 3};
    {
        DurableMark mark(Disk::real());
        REQUIRE(mark.open(dir.path()) == 0);
        REQUIRE(mark.store(41, uuid) == 0);
        REQUIRE(mark.store(42, uuid) == 0);
    }
    CHECK(read_mark(dir.path()) == 42);
    flip_bit(dir.path() + "/durable.mark", 512);
    CHECK(read_mark(dir.path()) == 41);
    const Uuid other{9};
    CHECK(read_mark(dir.path(), &other) == 0);
}
