#include "gateway/journal/durable_mark.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/crypto/crc32c.hpp"

namespace sluice::journal {
namespace {

constexpr std::size_t kSlotBytes = 512;

struct Slot {
    std::uint64_t seq = 0;
    Uuid uuid{};
    std::uint32_t crc = 0;  // masked, over bytes 0..23
    std::uint32_t reserved = 0;
};
static_assert(sizeof(Slot) == 32);

std::uint32_t slot_sum(const Slot& slot) {
    return crypto::crc32c_mask(crypto::crc32c_extend(0, &slot, 24));
}

std::string mark_path(const std::string& dir) {
    return dir + "/durable.mark";
}

}  // namespace

DurableMark::~DurableMark() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

int DurableMark::open(const std::string& dir) {
    fd_ = ::open(mark_path(dir).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (fd_ < 0) {
        return errno;
    }
    struct stat info {};
    if (::fstat(fd_, &info) != 0) {
        return errno;
    }
    if (info.st_size >= static_cast<off_t>(2 * kSlotBytes)) {
        // Never first the slot that holds the higher number.
        Slot first;
        Slot second;
        if (::pread(fd_, &first, sizeof first, 0) == static_cast<ssize_t>(sizeof first) &&
            ::pread(fd_, &second, sizeof second, kSlotBytes) ==
                static_cast<ssize_t>(sizeof second)) {
            turn_ = first.crc == slot_sum(first) && first.seq > second.seq ? 1 : 0;
        }
        return 0;
    }
    if (const int error = disk_.fill(fd_, 0, 2 * kSlotBytes); error != 0) {
        return error;
    }
    return disk_.sync_directory(dir);
}

int DurableMark::store(std::uint64_t seq, const Uuid& uuid) {
    std::array<std::byte, kSlotBytes> bytes{};
    Slot slot{.seq = seq, .uuid = uuid};
    slot.crc = slot_sum(slot);
    std::copy_n(reinterpret_cast<const std::byte*>(&slot), sizeof slot, bytes.begin());
    const ssize_t wrote =
        ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(turn_ * kSlotBytes));
    if (wrote != static_cast<ssize_t>(bytes.size())) {
        return wrote < 0 ? errno : EIO;
    }
    turn_ ^= 1U;
    return disk_.sync_file(fd_);
}

std::uint64_t read_mark(const std::string& dir, const Uuid* uuid) {
    std::ifstream file(mark_path(dir), std::ios::binary);
    std::uint64_t seq = 0;
    for (unsigned turn = 0; turn < 2; ++turn) {
        Slot slot;
        file.clear();
        file.seekg(turn * static_cast<std::streamoff>(kSlotBytes));
        if (file.read(reinterpret_cast<char*>(&slot), sizeof slot) && slot.crc == slot_sum(slot) &&
            (uuid == nullptr || slot.uuid == *uuid)) {
            seq = std::max(seq, slot.seq);
        }
    }
    return seq;
}

}  // namespace sluice::journal
