// Arbitrary bytes as a segment: as what lies behind the last good frame, or as the whole file. The
// walk, the search for proofs, the reader, verification and recovery must do no harm, and recovery
// must keep the good frame or refuse.
#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <stdlib.h>

#include "gateway/domain/check.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/journal/recovery.hpp"
#include "gateway/journal/segment_scan.hpp"
#include "gateway/journal/verify.hpp"

using namespace sluice::journal;
namespace fs = std::filesystem;

namespace {

class NoSyncDisk final : public Disk {
public:
    int sync_range(void*, std::size_t) override { return 0; }
    int sync_file(int) override { return 0; }
    int sync_directory(const std::string&) override { return 0; }
};

struct Scratch {
    std::string path;
    Scratch() {
        std::string pattern = fs::temp_directory_path() / "sluice-fuzz-XXXXXX";
        GW_CHECK(::mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

constexpr std::uint32_t kSalt = 0x5a17;

// A header and one good frame, then the input.
std::vector<std::byte> segment_with_tail(std::span<const std::byte> tail) {
    alignas(8) static std::array<std::byte, kBlock + 128> start;
    start = {};
    SegmentHeader header;
    header.segment_no = 1;
    header.first_seq = 1;
    header.salt = kSalt;
    finish_header(header);
    std::memcpy(start.data(), &header, sizeof header);
    const std::array<std::byte, 5> payload{};
    const std::array<std::span<const std::byte>, 1> parts{payload};
    const std::size_t used = write_frame(start.data() + kBlock, {.type = RecordType::FixIn},
                                         {.seq = 1, .durable = 0, .salt = kSalt}, parts);
    std::vector<std::byte> bytes(start.begin(), start.begin() + kBlock + used);
    bytes.insert(bytes.end(), tail.begin(), tail.end());
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2 || size > 16'384) {
        return 0;
    }
    static const Scratch scratch;
    static NoSyncDisk disk;
    const auto input = std::as_bytes(std::span(data + 1, size - 1));
    const bool is_tail = data[0] % 2 == 0;
    std::vector<std::byte> bytes =
        is_tail ? segment_with_tail(input) : std::vector<std::byte>(input.begin(), input.end());
    if (data[0] % 4 < 2 || bytes.size() < kBlock) {
        bytes.resize(align_block(bytes.size()) + kBlock);
    }
    for (const auto& entry : fs::directory_iterator(scratch.path)) {
        fs::remove_all(entry.path());
    }
    std::ofstream(segment_path(scratch.path, "f", 1), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));

    (void)verify(scratch.path);
    JournalReader reader({.dir = scratch.path, .instance = "f", .with_fill = true});
    while (reader.next()) {
    }
    RecoveryOptions options{.dir = scratch.path, .instance = "f"};
    options.disk = &disk;
    const bool recovered = recover(options).ok();
    if (recovered && is_tail) {
        JournalReader again({.dir = scratch.path, .instance = "f"});
        const auto frame = again.next();
        GW_CHECK(frame && frame->seq == 1 && frame->payload.size() == 5);
        GW_CHECK(recover(options).ok());
    }
    return 0;
}
