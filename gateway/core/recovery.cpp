#include "gateway/core/recovery.hpp"

#include <map>
#include <set>

#include "gateway/core/input_codec.hpp"

namespace sluice {

namespace {

using Name2 = std::pair<std::uint64_t, std::uint32_t>;  // cause, ordinal

class Recovery {
public:
    Recovery(Core& core,
             const ConfigParser& parse,
             RecoverySink& sink,
             const std::function<bool(VenueId)>& is_fix_venue)
        : replayer_(core, parse), sink_(sink), is_fix_venue_(is_fix_venue) {}

    // An error text, empty when all is well.
    std::string take(const journal::Frame& frame) {
        ++result_.records;
        result_.last_seq = frame.seq;
        result_.last_time = std::max(result_.last_time, UtcNanos{frame.meta.t_utc_ns});
        sink_.on_frame(frame);
        if (is_event(frame.meta.type) || frame.meta.type == journal::RecordType::ConfigDoc) {
            return take_input(frame);
        }
        take_output(frame);
        return {};
    }

    Recovered finish() {
        for (std::size_t i = decisions_seen_; i < outputs_.decisions.size(); ++i) {
            result_.lost_decisions.push_back(outputs_.decisions[i]);
        }
        for (std::size_t i = 0; i < outputs_.requests.size(); ++i) {
            if (!is_journaled(outputs_.requests[i])) {
                result_.lost_requests.push_back(outputs_.requests[i]);
            }
        }
        flush_requests();
        result_.inputs = replayer_.inputs();
        for (auto& [name, report] : reports_) {
            result_.unsent_reports.push_back(report);
        }
        for (auto& [name, request] : requests_) {
            result_.unsent_requests.push_back(request);
        }
        return std::move(result_);
    }

private:
    std::string take_input(const journal::Frame& frame) {
        flush_requests();
        outputs_.clear();
        journaled_.clear();
        decisions_seen_ = 0;
        const auto step = replayer_.feed(frame, outputs_);
        if (!step.ok()) {
            return step.error();
        }
        if (const auto* event = std::get_if<VenueEvent>(&step.value().event);
            event != nullptr && !step.value().is_config) {
            sink_.on_venue_event(*event);
        }
        if (const auto* start = std::get_if<ProcessStart>(&step.value().event); start != nullptr) {
            result_.epoch = start->epoch;
        }
        for (const auto& report : outputs_.reports) {
            reports_.emplace(Name2{report.cause, report.ordinal}, report);
        }
        for (const auto& request : outputs_.requests) {
            if (is_fix_venue_ && is_fix_venue_(request.venue)) {
                requests_.emplace(Name2{request.cause, request.ordinal}, request);
            }
        }
        return {};
    }

    void take_output(const journal::Frame& frame) {
        if (frame.meta.type == journal::RecordType::Decision) {
            ++decisions_seen_;
        } else if (frame.meta.type == journal::RecordType::Egress) {
            if (const auto request = frame.head<VenueRequest>(); request) {
                journaled_.insert({request->cause, request->ordinal});
            }
        } else if (frame.meta.type == journal::RecordType::FixOut) {
            if (const auto head = frame.head<FixOutHead>(); head) {
                const Name2 name{head->cause, head->ordinal};
                if (head->kind == FixOutKind::Report) {
                    reports_.erase(name);
                } else if (head->kind == FixOutKind::VenueRequest) {
                    requests_.erase(name);
                }
            }
        }
    }

    bool is_journaled(const VenueRequest& request) const {
        return journaled_.contains({request.cause, request.ordinal});
    }
    void flush_requests() {
        for (const auto& request : outputs_.requests) {
            sink_.on_request(request, is_journaled(request));
        }
        outputs_.requests.clear();
    }

    Replayer replayer_;
    RecoverySink& sink_;
    const std::function<bool(VenueId)>& is_fix_venue_;
    CollectingSink outputs_;  // of the newest input
    std::set<Name2> journaled_;
    std::size_t decisions_seen_ = 0;
    std::map<Name2, Report> reports_;  // no FIX_OUT seen yet
    std::map<Name2, VenueRequest> requests_;
    Recovered result_;
};

}  // namespace

Result<Recovered, std::string> recover_core(journal::LogReader& log,
                                            Core& core,
                                            const ConfigParser& parse,
                                            RecoverySink& sink,
                                            const std::function<bool(VenueId)>& is_fix_venue) {
    Recovery recovery(core, parse, sink, is_fix_venue);
    while (const auto frame = log.next()) {
        if (auto error = recovery.take(*frame); !error.empty()) {
            return Result<Recovered, std::string>::failure(std::move(error));
        }
    }
    return recovery.finish();
}

}  // namespace sluice
