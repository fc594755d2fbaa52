// Where the outputs of one input go: numbers them and hands them to the sink. Lives for one
// Core::apply().
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/core/core.hpp"

namespace sluice {

// A session that is told what others are told; see DropCopyConfig. An empty list matches all.
struct DropTarget {
    SessionId session;
    std::vector<SessionId> sessions;
    std::vector<AccountName> accounts;
    std::vector<VenueId> venues;

    bool wants(const Report& report) const;
};

class Outputs {
public:
    Outputs(const InputMeta& meta, const std::vector<DropTarget>& copies, CoreSink& sink)
        : meta_(meta), copies_(copies), sink_(sink) {}

    const InputMeta& meta() const { return meta_; }
    void decision(const Decision& decision) { sink_.on_decision(decision); }
    void request(VenueRequest& request) {
        request.cause = meta_.seq;
        request.time = meta_.time;
        request.ordinal = take();
        sink_.on_request(request);
    }
    void report(Report& report) {
        report.cause = meta_.seq;
        report.time = meta_.time;
        report.ordinal = take();
        sink_.on_report(report);
        copy(report);
    }
    void reply(const AdminReply& reply) {
        (void)take();
        sink_.on_reply(reply);
    }
    void alert(OrderId order, std::string_view text) { sink_.on_alert(meta_, order, text); }

    void invariant_fail(std::string_view text) { sink_.on_invariant_fail(meta_, text); }

private:
    std::uint32_t take() {
        GW_CHECK(next_ordinal_ < kMaxOutputs);
        return next_ordinal_++;
    }
    void copy(const Report& report);

    const InputMeta& meta_;
    const std::vector<DropTarget>& copies_;
    CoreSink& sink_;
    std::uint32_t next_ordinal_ = 0;
};

// Texts put together without allocating; what does not fit is cut.
Prose join(std::initializer_list<std::string_view> parts);

}  // namespace sluice
