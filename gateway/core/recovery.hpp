// From a journal to a core that stands where the last process stood, and to the effects that still
// have to be made. Once per start, before any thread runs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/core/replayer.hpp"
#include "gateway/domain/fix_record.hpp"

namespace sluice {

// Told in the order of the journal, while it is read.
class RecoverySink {
public:
    virtual ~RecoverySink() = default;
    // For VenueAdapter::recall_request(). journaled: its EGRESS record is in the log, so the
    // adapter may have taken it; without one it certainly never did.
    virtual void on_request(const VenueRequest& request, bool journaled) = 0;
    // For VenueAdapter::recall_event().
    virtual void on_venue_event(const VenueEvent& event) = 0;
    // Every record, inputs included, before it is applied: for the session stores and others that
    // live from the same log.
    virtual void on_frame(const journal::Frame& frame) = 0;
};

struct Recovered {
    std::uint64_t records = 0;
    std::uint64_t inputs = 0;
    std::uint64_t last_seq = 0;
    UtcNanos last_time;
    std::uint64_t epoch = 0;  // of the last process; the next one takes epoch + 1
    // What the process did not live to journal: CoreStage::journal_again(), in this order.
    std::vector<Decision> lost_decisions;
    std::vector<VenueRequest> lost_requests;
    // Reports without a FIX_OUT record: no client holds them and no MsgSeqNum(34) was given. To be
    // sent exactly once, in this order.
    std::vector<Report> unsent_reports;
    // Requests without a FIX_OUT record of kind VenueRequest. Only meaningful for venues that speak
    // FIX; an in-process venue takes everything that on_request() tells.
    std::vector<VenueRequest> unsent_requests;
};

// is_fix_venue says for which venues unsent_requests is kept; null: for none.
Result<Recovered, std::string> recover_core(journal::LogReader& log,
                                            Core& core,
                                            const ConfigParser& parse,
                                            RecoverySink& sink,
                                            const std::function<bool(VenueId)>& is_fix_venue = {});

}  // namespace sluice
