#include "gateway/journal/frame.hpp"

#include "gateway/journal/segment_scan.hpp"
#include "tests/unit/journal/test_journal.hpp"

using namespace sluice::journal;
using namespace sluice::journal::test;

namespace {

struct Memory {
    alignas(8) std::array<std::byte, 3 * kBlock> data{};
    std::size_t end = kBlock;
    void put(std::uint64_t seq, std::string_view payload, std::uint64_t durable = 0) {
        const std::array<std::span<const std::byte>, 1> parts{bytes(payload)};
        end += write_frame(data.data() + end, {.type = RecordType::FixIn},
                           {.seq = seq, .durable = durable, .salt = 5}, parts);
    }
};

SegmentHeader header_of(std::uint64_t first_seq) {
    SegmentHeader header;
    header.segment_no = 1;
    header.first_seq = first_seq;
    header.salt = 5;
    finish_header(header);
    return header;
}

}  // namespace

TEST_CASE("every bit of a frame is covered by its sum") {
    Memory memory;
    memory.put(1, "payload");
    const std::size_t len = frame_len(memory.data, kBlock);
    REQUIRE(len == 71);
    REQUIRE(check_frame(memory.data, kBlock, 5));
    for (std::size_t at = 0; at < len; ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            const std::byte flip{static_cast<unsigned char>(1U << bit)};
            memory.data[kBlock + at] ^= flip;
            CHECK_FALSE(check_frame(memory.data, kBlock, 5));
            memory.data[kBlock + at] ^= flip;
        }
    }
}

TEST_CASE("a frame with another segment's salt is none") {
    Memory memory;
    memory.put(1, "payload");
    CHECK_FALSE(check_frame(memory.data, kBlock, 6));
    CHECK(check_frame(memory.data, kBlock, std::nullopt));
}

TEST_CASE("a length that reaches beyond the segment is no frame") {
    Memory memory;
    memory.put(1, "payload");
    for (const std::uint32_t len : {1U, 63U, 2 * 4096U + 1, 0xffff'ffffU}) {
        std::memcpy(memory.data.data() + kBlock, &len, sizeof len);
        CHECK_FALSE(check_frame(memory.data, kBlock, 5));
    }
    CHECK(frame_len(memory.data, memory.data.size()) == 0);
    CHECK(frame_len(memory.data, memory.data.size() - 8) == 0);
}

TEST_CASE("every bit of a segment's header is covered by its sum") {
    const SegmentHeader header = header_of(1);
    REQUIRE(header_ok(header));
    for (std::size_t at = 0; at < sizeof header; at += 3) {
        SegmentHeader damaged = header;
        reinterpret_cast<unsigned char*>(&damaged)[at] ^= 0x10;
        CHECK_FALSE(header_ok(damaged));
    }
}

TEST_CASE("a walk stops at the first number that does not follow") {
    Memory memory;
    memory.put(1, "one");
    memory.put(2, "two");
    const std::size_t here = memory.end;
    memory.put(4, "four");
    const ScanEnd end = scan_segment(memory.data, header_of(1));
    CHECK(end.next_seq == 3);
    CHECK(end.offset == here);
    CHECK_FALSE(end.complete);
}

TEST_CASE("a later record proves what it says was durable, an earlier one proves nothing") {
    Memory memory;
    memory.put(1, "one");
    const std::size_t damaged = memory.end;
    memory.put(2, "two", 1);
    memory.data[damaged + 66] ^= std::byte{1};
    CHECK(find_proof(memory.data, damaged, 5, 2) == 0);
    memory.put(3, "three", 2);
    CHECK(find_proof(memory.data, damaged, 5, 2) == 2);
    CHECK(find_proof(memory.data, damaged, 5, 3) == 0);
}

TEST_CASE("record types have names that parse back") {
    unsigned known = 0;
    for (std::uint16_t number = 1; number < 100; ++number) {
        const auto type = static_cast<RecordType>(number);
        if (name(type) != "UNKNOWN") {
            CHECK(parse_record_type(name(type)) == type);
            ++known;
        }
    }
    CHECK(known == 35);
    CHECK_FALSE(parse_record_type("FIX_BOTH"));
}
