#include "gateway/journal/disk.hpp"

#include <algorithm>
#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace sluice::journal {

// msync(MS_SYNC) is fdatasync over a range: pages of the same file that the prefault ahead of the
// appender made dirty are not written with every commit.
int Disk::sync_range(void* from, std::size_t size) {
    return ::msync(from, size, MS_SYNC) == 0 ? 0 : errno;
}

int Disk::sync_file(int fd) {
    return ::fdatasync(fd) == 0 ? 0 : errno;
}

int Disk::sync_directory(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    const int error = ::fsync(fd) == 0 ? 0 : errno;
    ::close(fd);
    return error;
}

int Disk::fill(int fd, std::uint64_t offset, std::uint64_t size) {
    static constexpr std::size_t kStep = 1 << 20;
    const std::vector<char> zeros(kStep, 0);
    for (std::uint64_t done = 0; done < size;) {
        const std::size_t want = std::min<std::uint64_t>(kStep, size - done);
        const ssize_t wrote = ::pwrite(fd, zeros.data(), want, static_cast<off_t>(offset + done));
        if (wrote < 0 && errno == EINTR) {
            continue;
        }
        if (wrote <= 0) {
            return wrote == 0 ? ENOSPC : errno;
        }
        done += static_cast<std::uint64_t>(wrote);
        // In steps, so that a commit of the live segment never waits behind all of it.
        if (const int error = sync_file(fd); error != 0) {
            return error;
        }
    }
    return 0;
}

FreeSpace Disk::free_space(const std::string& path) {
    struct statvfs info {};
    if (::statvfs(path.c_str(), &info) != 0 || info.f_blocks == 0) {
        return {};
    }
    return {.bytes = info.f_bavail * info.f_frsize,
            .percent = static_cast<unsigned>(info.f_bavail * 100 / info.f_blocks)};
}

Disk& Disk::real() {
    static Disk disk;
    return disk;
}

}  // namespace sluice::journal
