#include "gateway/journal/directory_lock.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace sluice::journal {

Result<DirectoryLock, std::string> DirectoryLock::take(const std::string& dir) {
    using Taken = Result<DirectoryLock, std::string>;
    std::error_code ignored;
    std::filesystem::create_directories(dir, ignored);
    const int fd = ::open((dir + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0) {
        return Taken::failure(fmt::format("cannot open {}/lock: {}", dir, std::strerror(errno)));
    }
    DirectoryLock lock(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        return Taken::failure(fmt::format("{} is in use by another process", dir));
    }
    return lock;
}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

DirectoryLock::~DirectoryLock() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

}  // namespace sluice::journal
