// Journals that somebody changed: each change is named with the sequence number of the record.
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <functional>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/domain/decision.hpp"
#include "gateway/domain/input.hpp"
#include "gateway/journal/seal.hpp"
#include "gateway/journal/segment_file.hpp"
#include "gateway/journal/segment_scan.hpp"
#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

using journal::Frame;
using journal::RecordType;

struct Record {
    Frame frame;
    std::size_t offset = 0;
    std::size_t size = 0;  // with the padding
};

// The one segment of a short journal, to be changed by hand.
class Forgery {
public:
    explicit Forgery(const std::string& journal_dir) {
        const auto names = journal::list_segments(journal_dir, "");
        REQUIRE(!names.empty());
        REQUIRE(!names.front().prepared);
        auto opened = journal::MappedSegment::open(names.front().path, journal::Access::Write);
        REQUIRE(opened.ok());
        segment_ = std::move(opened).value();
        salt_ = segment_->header().salt;
        const auto end = journal::scan_segment(
            segment_->bytes(), segment_->header(),
            [this](const Frame& frame, std::span<const std::byte> bytes) {
                records_.push_back({frame, frame.position.offset(), journal::align8(bytes.size())});
            });
        end_ = end.offset;
    }

    const std::vector<Record>& records() const { return records_; }
    const Record& nth(RecordType type, int n) const {
        const auto found =
            std::find_if(records_.begin(), records_.end(), [&n, type](const Record& record) {
                return record.frame.meta.type == type && n-- == 0;
            });
        REQUIRE(found != records_.end());
        return *found;
    }
    // The first record of this type behind a sequence number.
    const Record& next(RecordType type, std::uint64_t seq) const {
        const auto found =
            std::find_if(records_.begin(), records_.end(), [seq, type](const Record& record) {
                return record.frame.meta.type == type && record.frame.seq > seq;
            });
        REQUIRE(found != records_.end());
        return *found;
    }

    void flip_bit(const Record& record) {
        segment_->data()[record.offset + sizeof(journal::FrameHeader) + 3] ^= std::byte{0x10};
    }
    // Takes the record out; what follows moves up.
    void remove(const Record& record) {
        std::byte* const at = segment_->data() + record.offset;
        const std::size_t behind = end_ - record.offset - record.size;
        std::memmove(at, at + record.size, behind);
        std::memset(at + behind, 0, record.size);
    }
    // The record and everything behind it were never there.
    void cut_from(const Record& record) {
        std::memset(segment_->data() + record.offset, 0, segment_->size() - record.offset);
    }
    // Another payload of the same size under a right sum.
    void rewrite(const Record& record, std::span<const std::byte> payload) {
        std::vector<std::byte> copy(payload.begin(), payload.end());
        const std::span<const std::byte> part(copy);
        journal::write_frame(segment_->data() + record.offset, record.frame.meta,
                             {record.frame.seq, record.frame.durable, salt_}, {&part, 1});
    }
    // Makes all seals anew over what is there now, as a forger who knows the format would.
    void seal_again() {
        std::vector<crypto::Digest> leaves;
        journal::MerkleTree hasher;
        crypto::Digest before{};
        for (const Record& record : records_) {
            if (record.frame.meta.type == RecordType::SegmentSeal) {
                auto seal = record.frame.head<journal::Seal>().value();
                journal::MerkleTree tree;
                for (std::uint64_t seq = seal.first; seq <= seal.last; ++seq) {
                    tree.add_hash(leaves.at(seq - records_.front().frame.seq));
                }
                seal.merkle_root = tree.root();
                seal.prev_seal_hash = before;
                rewrite(record, std::as_bytes(std::span<const journal::Seal, 1>(&seal, 1)));
                before = journal::seal_hash(seal);
            }
            leaves.push_back(hasher.hash_leaf(segment_->bytes().subspan(
                record.offset, sizeof(journal::FrameHeader) + record.frame.payload.size())));
        }
    }

private:
    std::shared_ptr<journal::MappedSegment> segment_;
    std::vector<Record> records_;
    std::uint32_t salt_ = 0;
    std::size_t end_ = 0;
};

std::string set_order_qty(const char* value) {
    return fmt::format(
        R"({{"scope":"account","name":"ACC","key":"max_order_qty","value":"{}","reason":"test"}})",
        value);
}

// Orders, a limit of 5 that refuses those of 6, a cancel, a clean end.
void short_day(GatewayProcess& gateway) {
    gateway.start();
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    for (int i = 0; i < 40; ++i) {
        if (i == 20) {
            REQUIRE(gateway.call("POST", "/risk/limits", set_order_qty("5"))["http_status"] == 200);
        }
        const std::string id = fmt::format("A{}", i);
        trader->send("D", order(FixVersion::Fix44, id, '1', "6", "9.00"));
        expect(*trader, (i < 20 ? "35=8|39=0|11=" : "35=8|39=8|11=") + id);
    }
    trader->send("F", "11=C1|41=A1|55=XYZ|54=1|38=6|60=" + now_text());
    expect(*trader, "35=8|11=C1|39=4");
    trader->logout();
    REQUIRE(gateway.stop() == 0);
}

bool names(const Ran& ran, const std::string& words) {
    return ran.output.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("what was changed in a journal is named with its sequence number") {
    const TempDir dir;
    GatewayProcess gateway(dir, ConfigText{.sessions = session("T1", FixVersion::Fix44)}.text());
    short_day(gateway);
    const std::string changed = dir.path() + "/changed";
    std::filesystem::create_directories(changed);
    std::filesystem::copy(gateway.journal(), changed + "/journal",
                          std::filesystem::copy_options::recursive);
    const auto verify = [&changed] {
        return run_sluice({"audit", "verify", "--data-dir", changed});
    };
    const auto replay = [&changed] {
        return run_sluice({"replay", "--verify", "--data-dir", changed});
    };
    REQUIRE(verify().exit_code == 0);
    REQUIRE(replay().exit_code == 0);
    Forgery forgery(changed + "/journal");

    SECTION("one flipped bit") {
        const Record record = forgery.nth(RecordType::Command, 7);
        forgery.flip_bit(record);
        const Ran verified = verify();
        INFO(verified.output);
        CHECK(verified.exit_code == 10);
        CHECK(names(verified,
                    fmt::format("at byte {}, record {}:", record.offset, record.frame.seq)));
        const Ran replayed = replay();
        INFO(replayed.output);
        CHECK(replayed.exit_code == 10);
        CHECK(names(replayed, fmt::format("where record {} should be", record.frame.seq)));
    }
    SECTION("a removed record") {
        const Record record = forgery.nth(RecordType::Decision, 7);
        forgery.remove(record);
        const Ran verified = verify();
        INFO(verified.output);
        CHECK(verified.exit_code == 10);
        CHECK(names(verified, fmt::format("record {}:", record.frame.seq)));
        const Ran replayed = replay();
        INFO(replayed.output);
        CHECK(replayed.exit_code == 10);
        CHECK(names(replayed, fmt::format("where record {} should be", record.frame.seq)));
    }
    SECTION("a tail that is gone, which also keeps the gateway from starting") {
        const Record record = forgery.nth(RecordType::Command, 30);
        forgery.cut_from(record);
        const Ran verified = verify();
        INFO(verified.output);
        CHECK(verified.exit_code == 10);
        CHECK(names(verified, fmt::format("record {}: the journal ends with record {}, but",
                                          record.frame.seq, record.frame.seq - 1)));
        const Ran started = run_program({"timeout", "10", SLUICE_BINARY, "run", "--config",
                                         dir.path() + "/sluice.yaml", "--data-dir", changed});
        INFO(started.output);
        CHECK(started.exit_code == 1);
        CHECK(names(started, fmt::format("{}", record.frame.seq)));
    }
    SECTION("a limit that was changed under a right sum: the seal and the replay both see it") {
        const Record record = forgery.nth(RecordType::LimitChange, 0);
        auto change = record.frame.head<LimitChange>().value();
        change.value = Decimal::parse("50").value();
        forgery.rewrite(record, std::as_bytes(std::span<const LimitChange, 1>(&change, 1)));
        const Ran verified = verify();
        INFO(verified.output);
        CHECK(verified.exit_code == 10);
        CHECK(names(verified, "are not those that were sealed"));
        CHECK(replay().exit_code == 10);
    }
    SECTION("a limit that was changed and sealed anew: the sums are right, the replay is not") {
        const Record record = forgery.nth(RecordType::LimitChange, 0);
        auto change = record.frame.head<LimitChange>().value();
        change.value = Decimal::parse("50").value();
        forgery.rewrite(record, std::as_bytes(std::span<const LimitChange, 1>(&change, 1)));
        forgery.seal_again();
        const Ran verified = verify();
        INFO(verified.output);
        REQUIRE(verified.exit_code == 0);
        const Record& first_refusal = forgery.next(RecordType::Decision, record.frame.seq);
        REQUIRE_FALSE(first_refusal.frame.head<Decision>().value().accepted);
        const Ran replayed = replay();
        INFO(replayed.output);
        CHECK(replayed.exit_code == 10);
        CHECK(replayed.output.find(
                  fmt::format("MISMATCH  DECISION {} ", first_refusal.frame.seq)) == 0);
    }
}

}  // namespace sluice::system_test
