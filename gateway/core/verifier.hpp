// replay --verify: runs the journal through a core again and compares every decision and every
// venue request with the recorded one byte for byte, in order; messages to clients through a hook
// that knows the encoder. And replay --what-if: the same run with other limits, where only accept
// and reject are compared.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/core/replayer.hpp"
#include "gateway/domain/fix_record.hpp"

namespace sluice {

struct Mismatch {
    enum class Kind : std::uint8_t {
        Differs,    // both have it, and not the same
        Missing,    // the re-run made it, the journal does not have it
        Extra,      // the journal has it, the re-run did not make it
        Unreadable  // a record that could not be read: the run stopped there
    };
    Kind kind = Kind::Differs;
    std::uint64_t seq = 0;    // of the record; of the cause when it is missing
    std::uint64_t cause = 0;  // of the input
    std::string words;        // "DECISION 12 (of input 11): accepted is false, re-run says true"
};

// The first field in which they differ, in words; empty when there is none.
std::string first_difference(const Decision& recorded, const Decision& rerun);
std::string first_difference(const VenueRequest& recorded, const VenueRequest& rerun);

class Verifier {
public:
    // Compares a FIX_OUT record that carries a report with the report: what is wrong, or nothing.
    using CompareFixOut = std::function<std::optional<std::string>(
        const FixOutHead& head, std::span<const std::byte> raw, const Report& report)>;

    struct Counts {
        std::uint64_t records = 0;
        std::uint64_t inputs = 0;
        std::uint64_t decisions = 0;  // compared
        std::uint64_t requests = 0;
        std::uint64_t reports = 0;  // FIX_OUT records that carry a report
        std::uint64_t unsent = 0;   // reports without a FIX_OUT record: not an error, see finish()
        std::uint64_t mismatches = 0;  // all, also those beyond kMismatchesKept
    };
    static constexpr std::size_t kMismatchesKept = 1000;

    Verifier(Core& core, ConfigParser parse, CompareFixOut compare = {});

    // False: the record could not be read and the run is over.
    bool feed(const journal::Frame& frame);
    // The end of the log. Outputs of the very last input may be missing when the process was
    // killed: they are mismatches unless `torn` says that the log ends so.
    void finish(bool torn = false);

    bool ok() const { return counts_.mismatches == 0; }
    const Counts& counts() const { return counts_; }
    const std::vector<Mismatch>& mismatches() const { return mismatches_; }

private:
    template <class T>
    void compare(const journal::Frame& frame,
                 std::deque<T>& expected,
                 std::uint64_t& counter,
                 const char* what);
    void compare_fix_out(const journal::Frame& frame);
    template <class T>
    void miss(const std::deque<T>& expected, const char* what);
    void note(Mismatch mismatch);

    Replayer replayer_;
    CompareFixOut compare_;
    CollectingSink outputs_;
    std::deque<Decision> decisions_;  // made by the re-run, not yet met in the log
    std::deque<VenueRequest> requests_;
    std::map<std::pair<std::uint64_t, std::uint32_t>, Report> reports_;
    Counts counts_;
    std::vector<Mismatch> mismatches_;
};

// A command whose answer is another one under the other limits.
struct Flip {
    std::uint64_t input_seq = 0;
    UtcNanos time;
    Command command;
    Decision recorded;
    Decision rerun;
};

// Only accept and reject are compared: what follows an accepted order in the journal (its fills)
// stays as it was, so later decisions are judged on the recorded course of events. Fills of orders
// that the other limits refuse become unmatched executions and count in the exposure.
class WhatIf {
public:
    WhatIf(Core& core, ConfigParser parse) : replayer_(core, std::move(parse)) {}
    Replayer& replayer() { return replayer_; }  // set_overrides(), set_config()

    // An error text when the record could not be read.
    std::optional<std::string> feed(const journal::Frame& frame);
    const std::vector<Flip>& flips() const { return flips_; }
    std::uint64_t decisions() const { return decisions_; }

private:
    Replayer replayer_;
    CollectingSink outputs_;
    std::optional<Flip> asked_;  // the newest command with the re-run's decision
    std::vector<Flip> flips_;
    std::uint64_t decisions_ = 0;
};

}  // namespace sluice
