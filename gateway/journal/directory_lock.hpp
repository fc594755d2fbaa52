// One process owns a journal directory: an flock on <dir>/lock, let go by the kernel when the
// process ends, however it ends.
#pragma once

#include <string>
#include <utility>

#include "gateway/domain/result.hpp"

namespace sluice::journal {

class DirectoryLock {
public:
    // Does not wait. Makes the directory if need be.
    static Result<DirectoryLock, std::string> take(const std::string& dir);
    DirectoryLock(DirectoryLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    DirectoryLock& operator=(DirectoryLock&& other) noexcept;
    ~DirectoryLock();

private:
    explicit DirectoryLock(int fd) : fd_(fd) {}
    int fd_;
};

}  // namespace sluice::journal
