#include "sessions/client/sequence_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace sluice::client {

Result<SequenceFile, std::string> SequenceFile::open(std::string path) {
    SequenceFile file;
    file.path_ = std::move(path);
    if (file.path_.empty() || !std::filesystem::exists(file.path_)) {
        return file;
    }
    std::ifstream in(file.path_);
    std::string out_word;
    std::string in_word;
    in >> out_word >> file.next_out_ >> in_word >> file.next_in_;
    if (!in || out_word != "out" || in_word != "in" || file.next_out_ == 0 || file.next_in_ == 0) {
        return Result<SequenceFile, std::string>::failure(
            file.path_ + ": expected 'out N' and 'in N'; delete the file to start over at 1");
    }
    return file;
}

void SequenceFile::set_next_out(unsigned number) {
    next_out_ = number;
}
void SequenceFile::set_next_in(unsigned number) {
    next_in_ = number;
}

std::string SequenceFile::save() const {
    if (path_.empty()) {
        return {};
    }
    // Written beside and renamed, so that a client killed here leaves the old numbers or the new
    // ones.
    const std::string beside = path_ + ".new";
    {
        std::ofstream out(beside, std::ios::trunc);
        out << "out " << next_out_ << "\nin " << next_in_ << "\n";
        if (!out.flush()) {
            return beside + ": " + std::strerror(errno);
        }
    }
    if (std::rename(beside.c_str(), path_.c_str()) != 0) {
        return path_ + ": " + std::strerror(errno);
    }
    return {};
}

}  // namespace sluice::client
