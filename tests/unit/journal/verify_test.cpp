#include "gateway/journal/verify.hpp"

#include "gateway/journal/segment_scan.hpp"
#include "tests/unit/journal/test_journal.hpp"

using namespace sluice::journal;
using namespace sluice::journal::test;
namespace fs = std::filesystem;

namespace {

// Several sealed segments; the records' positions.
std::vector<Appended> long_journal(const std::string& dir) {
    std::vector<Appended> appended;
    auto journal = open_journal(dir);
    for (int i = 0; i < 100; ++i) {
        appended.push_back(put(*journal, std::to_string(i) + std::string(40'000, 'v')));
        journal->end_of_batch();
    }
    CHECK(journal->close());
    return appended;
}

std::string path_of(const std::string& dir, std::uint64_t segment_no) {
    return list_segments(dir, "t1").at(segment_no - 1).path;
}

bool mentions(const VerifyReport& report, const std::string& what) {
    for (const VerifyProblem& problem : report.problems) {
        if (problem.message.find(what) != std::string::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("a journal as it was written verifies, sealed up to its last records") {
    TempDir dir;
    const auto appended = long_journal(dir.path());
    const auto report = verify(dir.path());
    CHECK(report.ok());
    CHECK(report.warnings.empty());
    CHECK(report.segments >= 4);
    CHECK(report.first_seq == 1);
    CHECK(report.records == report.last_seq);
    CHECK(report.sealed_through >= appended.back().seq);
    CHECK(report.unsealed_records == report.last_seq - report.sealed_through);
    CHECK(report.unsealed_records <= 4);
}

TEST_CASE("verification names the record whose byte was flipped") {
    TempDir dir;
    const auto appended = long_journal(dir.path());
    const Appended& victim = appended[40];
    flip_bit(path_of(dir.path(), victim.position.segment_no()), victim.position.offset() + 100);
    const auto report = verify(dir.path());
    REQUIRE_FALSE(report.ok());
    CHECK(report.problems.front().seq == victim.seq);
    CHECK(report.problems.front().offset == victim.position.offset());
    CHECK(report.problems.front().file == path_of(dir.path(), victim.position.segment_no()));
}

TEST_CASE("a record that was rewritten with a right sum is found by its seal") {
    TempDir dir;
    const auto appended = long_journal(dir.path());
    const Appended& victim = appended[40];
    {
        auto segment =
            MappedSegment::open(path_of(dir.path(), victim.position.segment_no()), Access::Write)
                .value();
        std::byte* at = segment->data() + victim.position.offset();
        FrameHeader header;
        std::memcpy(&header, at, sizeof header);
        std::vector<std::byte> forged(at + sizeof header, at + header.len);
        forged[0] = std::byte{'9'};
        const std::array<std::span<const std::byte>, 1> parts{forged};
        write_frame(at,
                    {.type = static_cast<RecordType>(header.type),
                     .schema = header.schema,
                     .order_id = header.order_id,
                     .session = header.session,
                     .account = header.account,
                     .t_utc_ns = header.t_utc_ns,
                     .t_mono_ns = header.t_mono_ns},
                    {.seq = header.seq, .durable = header.durable, .salt = header.salt}, parts);
    }
    const auto report = verify(dir.path());
    CHECK(report.problems.size() == 1);
    CHECK(mentions(report, "not those that were sealed"));
}

TEST_CASE("a removed record is found") {
    TempDir dir;
    const auto appended = long_journal(dir.path());
    const Appended& victim = appended[3];
    auto content = read_file(path_of(dir.path(), 1));
    const auto from = content.begin() + static_cast<std::ptrdiff_t>(victim.position.offset());
    const auto size =
        static_cast<std::ptrdiff_t>(appended[4].position.value - victim.position.value);
    content.erase(from, from + size);
    content.resize(kSegmentBytesMin, 0);
    write_file(path_of(dir.path(), 1), content);
    const auto report = verify(dir.path());
    REQUIRE_FALSE(report.ok());
    CHECK(report.problems.front().seq == victim.seq);
}

TEST_CASE("a removed segment is found, be it the first, one between or the last") {
    TempDir dir;
    long_journal(dir.path());
    const auto names = list_segments(dir.path(), "t1");
    SECTION("first") {
        fs::remove(names.front().path);
        CHECK(mentions(verify(dir.path()), "earlier ones are not here"));
    }
    SECTION("between") {
        fs::remove(names[1].path);
        CHECK(mentions(verify(dir.path()), "follows where segment 2"));
    }
    SECTION("last") {
        fs::remove(names.back().path);
        CHECK(mentions(verify(dir.path()), "was durable"));
    }
}

TEST_CASE("two segments that changed places are found") {
    TempDir dir;
    long_journal(dir.path());
    const auto names = list_segments(dir.path(), "t1");
    fs::rename(names[0].path, dir.path() + "/aside");
    fs::rename(names[1].path, names[0].path);
    fs::rename(dir.path() + "/aside", names[1].path);
    CHECK(mentions(verify(dir.path()), "name and its header disagree"));
    CHECK(mentions(verify(dir.path()), "begins with segment 2"));
}

TEST_CASE("a live journal verifies, and so does a copy of it") {
    TempDir dir;
    TempDir copy;
    auto journal = open_journal(dir.path());
    for (int i = 0; i < 50; ++i) {
        put(*journal, std::string(50'000, 'l'));
        journal->end_of_batch();
    }
    const auto live = verify(dir.path());
    INFO((live.problems.empty() ? "" : live.problems[0].file + ": " + live.problems[0].message));
    CHECK(live.ok());
    sync(*journal);
    for (const auto& entry : fs::directory_iterator(dir.path())) {
        if (entry.path().filename().string().find("prepared") == std::string::npos) {
            fs::copy(entry.path(), copy.path());
        }
    }
    CHECK(verify(copy.path()).ok());
}

TEST_CASE("a clock that was set back is a warning, not damage") {
    TempDir dir;
    {
        auto journal = open_journal(dir.path());
        put(*journal, "at 10");
        journal->append({.type = RecordType::FixIn, .t_utc_ns = 9}, bytes("at 9"));
    }
    const auto report = verify(dir.path());
    CHECK(report.ok());
    CHECK(report.warnings.size() == 1);
}
