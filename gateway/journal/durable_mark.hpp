// durable.mark: the highest sequence number that a finished commit made durable, in a file of its
// own. Recovery refuses a journal that ends before it. Two slots of 512 bytes are written in turn,
// so that a torn write leaves the other one. Owner: the journal thread; recovery before it.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/journal/disk.hpp"
#include "gateway/journal/frame.hpp"

namespace sluice::journal {

class DurableMark {
public:
    explicit DurableMark(Disk& disk) : disk_(disk) {}
    ~DurableMark();
    DurableMark(const DurableMark&) = delete;
    DurableMark& operator=(const DurableMark&) = delete;

    // Opens or makes <dir>/durable.mark; 0 or an errno.
    int open(const std::string& dir);
    // Writes and syncs; 0 or an errno.
    int store(std::uint64_t seq, const Uuid& uuid);

private:
    Disk& disk_;
    int fd_ = -1;
    unsigned turn_ = 0;
};

// The higher of the valid slots; 0 if there is none. With a uuid only slots of that journal count.
std::uint64_t read_mark(const std::string& dir, const Uuid* uuid = nullptr);

}  // namespace sluice::journal
