// Format version 1, as a file that was written once. If this test fails the format has changed:
// give it a new version number and keep this one readable.
#include <cstdlib>

#include "gateway/journal/segment_scan.hpp"
#include "tests/unit/journal/test_journal.hpp"
#include "tests/unit/source_dir.hpp"

using namespace sluice::journal;
using namespace sluice::journal::test;
namespace fs = std::filesystem;

namespace {

const std::string kGolden = sluice::source_dir() +
                            "/tests/unit/journal/golden/"
                            "audit-t1-00000000000000000001.slj.head";

template <class T>
T at(const std::vector<char>& content, std::size_t offset) {
    T value{};
    std::memcpy(&value, content.data() + offset, sizeof value);
    return value;
}

}  // namespace

// Writes the golden file anew: only for a new version of the format.
TEST_CASE("write the golden file", "[.golden]") {
    TempDir dir;
    {
        auto journal = open_journal(dir.path());
        journal->append({.type = RecordType::FixIn,
                         .schema = 1,
                         .order_id = 0x0102030405060708,
                         .session = 9,
                         .account = 10,
                         .t_utc_ns = 1'767'225'600'000'000'000,
                         .t_mono_ns = 77},
                        bytes("8=FIX.4.4|35=D|11=A1|"));
        journal->append(
            {.type = RecordType::Decision, .t_utc_ns = 1'767'225'600'000'000'001, .t_mono_ns = 78},
            bytes("accept"));
        CHECK(journal->close());
    }
    auto content = read_file(last_segment(dir.path()));
    while (content.back() == 0) {
        content.pop_back();
    }
    write_file(kGolden, content);
}

TEST_CASE("a segment of format version 1 reads as it was written") {
    TempDir dir;
    auto content = read_file(kGolden);
    REQUIRE(content.size() > kBlock);
    content.resize(kSegmentBytesMin, 0);
    write_file(segment_path(dir.path(), "t1", 1), content);

    JournalReader reader({.dir = dir.path(), .instance = "t1"});
    auto frame = reader.next();
    REQUIRE(frame);
    CHECK(frame->seq == 1);
    CHECK(frame->meta.type == RecordType::FixIn);
    CHECK(frame->meta.order_id == 0x0102030405060708);
    CHECK(frame->meta.session == 9);
    CHECK(frame->meta.account == 10);
    CHECK(frame->meta.t_utc_ns == 1'767'225'600'000'000'000);
    CHECK(frame->meta.t_mono_ns == 77);
    CHECK(text(*frame) == "8=FIX.4.4|35=D|11=A1|");
    frame = reader.next();
    REQUIRE(frame);
    CHECK(frame->meta.type == RecordType::Decision);
    CHECK(text(*frame) == "accept");
    frame = reader.next();
    REQUIRE(frame);
    CHECK(frame->meta.type == RecordType::SegmentSeal);
    const auto report = verify(dir.path());
    CHECK(report.ok());
    CHECK(report.seals == 1);
    CHECK(recover(recovery_options(dir.path())).ok());
}

TEST_CASE("the fields of format version 1 lie where the document says") {
    const auto content = read_file(kGolden);
    REQUIRE(content.size() > kBlock + 64);
    CHECK(std::string(content.data(), 8) == "SLUICEJ1");
    CHECK(at<std::uint16_t>(content, 8) == 1);
    CHECK(at<std::uint32_t>(content, 12) == 4096);
    CHECK(at<std::uint64_t>(content, 32) == 1);  // segment_no
    CHECK(at<std::uint64_t>(content, 40) == 1);  // first_seq
    CHECK(std::string(content.data() + 128) == "t1");
    CHECK(at<std::uint32_t>(content, 4096) == 64 + 21);  // len
    CHECK(at<std::uint64_t>(content, 4096 + 8) == 1);    // seq
    CHECK(at<std::uint64_t>(content, 4096 + 16) == 0);   // durable
    CHECK(at<std::int64_t>(content, 4096 + 24) == 1'767'225'600'000'000'000);
    CHECK(at<std::int64_t>(content, 4096 + 32) == 77);
    CHECK(at<std::uint32_t>(content, 4096 + 40) == at<std::uint32_t>(content, 56));  // salt
    CHECK(at<std::uint16_t>(content, 4096 + 44) == 30);                              // FIX_IN
    CHECK(at<std::uint16_t>(content, 4096 + 46) == 1);
    CHECK(at<std::uint64_t>(content, 4096 + 48) == 0x0102030405060708);
    CHECK(at<std::uint32_t>(content, 4096 + 56) == 9);
    CHECK(at<std::uint32_t>(content, 4096 + 60) == 10);
    CHECK(std::string(content.data() + 4096 + 64, 21) == "8=FIX.4.4|35=D|11=A1|");
}
