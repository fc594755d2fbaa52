// The client's two sequence numbers in a small text file ("out 12\nin 30\n"), so that a second
// `sluice client` goes on where the first stopped. Without a path the numbers live in memory only.
#pragma once

#include <string>

#include "gateway/domain/result.hpp"

namespace sluice::client {

class SequenceFile {
public:
    // A missing file is a new session (1, 1); one that cannot be read or parsed is an error naming
    // it.
    static Result<SequenceFile, std::string> open(std::string path);

    unsigned next_out() const { return next_out_; }
    unsigned next_in() const { return next_in_; }
    void set_next_out(unsigned number);
    void set_next_in(unsigned number);
    // Writes the file; empty, or what went wrong.
    std::string save() const;

private:
    std::string path_;
    unsigned next_out_ = 1;
    unsigned next_in_ = 1;
};

}  // namespace sluice::client
