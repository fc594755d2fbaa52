// The system calls by which a journal becomes durable, in one place, so that a test can make them
// fail. Real ones by default. Every call answers 0 or an errno. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace sluice::journal {

struct FreeSpace {
    std::uint64_t bytes = 0;
    unsigned percent = 100;
};

class Disk {
public:
    virtual ~Disk() = default;
    // Makes mapped bytes durable: an fdatasync of that range of the file.
    virtual int sync_range(void* from, std::size_t size);
    virtual int sync_file(int fd);
    virtual int sync_directory(const std::string& path);
    // Writes zeros from `offset` on: the blocks are allocated and never change again.
    virtual int fill(int fd, std::uint64_t offset, std::uint64_t size);
    virtual FreeSpace free_space(const std::string& path);

    static Disk& real();
};

}  // namespace sluice::journal
