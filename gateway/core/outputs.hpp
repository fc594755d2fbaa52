// Where the outputs of one input go: numbers them and hands them to the sink. Lives for one
// Core::apply().
#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/core/core.hpp"

namespace sluice {

class Outputs {
public:
    Outputs(const InputMeta& meta, CoreSink& sink) : meta_(meta), sink_(sink) {}

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
    }
    void reply(const AdminReply& reply) {
        (void)take();
        sink_.on_reply(reply);
    }
    void alert(OrderId order, std::string_view text) { sink_.on_alert(meta_, order, text); }

private:
    std::uint32_t take() {
        GW_CHECK(next_ordinal_ < kMaxOutputs);
        return next_ordinal_++;
    }
    const InputMeta& meta_;
    CoreSink& sink_;
    std::uint32_t next_ordinal_ = 0;
};

// Texts put together without allocating; what does not fit is cut.
Prose join(std::initializer_list<std::string_view> parts);

}  // namespace sluice
