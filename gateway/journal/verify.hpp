// Checks a whole journal, or a copy of one: every sum, number and time, every seal recomputed and
// the chain of seals followed. Needs no lock; of a live journal it checks what is there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/crypto/sha256.hpp"

namespace sluice::journal {

struct VerifyProblem {
    std::string file;
    std::uint64_t offset = 0;
    std::uint64_t seq = 0;  // that is concerned or expected
    std::string message;
};

struct VerifyReport {
    std::uint64_t segments = 0;
    std::uint64_t records = 0;  // all frames, fill included
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
    std::uint64_t seals = 0;
    std::uint64_t sealed_through = 0;
    std::uint64_t unsealed_records = 0;
    crypto::Digest last_seal{};  // to compare with a copy kept elsewhere
    std::vector<VerifyProblem> problems;
    std::vector<VerifyProblem> warnings;  // the time went back: a clock was set
    bool ok() const { return problems.empty(); }
};

VerifyReport verify(const std::string& dir, const std::string& instance = "");

}  // namespace sluice::journal
