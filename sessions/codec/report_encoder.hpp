// A Report of the core as the bytes of one FIX version, in a reused buffer. The order of the fields
// is fixed, so the same report gives the same body on every run: replay compares it with what the
// journal says was sent. Owner: the I/O thread.
#pragma once

#include <string_view>

#include "gateway/domain/names.hpp"
#include "gateway/domain/report.hpp"
#include "sessions/codec/message_writer.hpp"

namespace sluice::codec {

class ReportEncoder {
public:
    ReportEncoder(FixVersion version, const Instance& instance)
        : version_(version), instance_(instance) {}

    // Good until the next call.
    std::string_view encode(const Report& report, const MessageHeader& header);

private:
    void execution(const Report& report);
    void cancel_reject(const Report& report);
    void business_reject(const Report& report);
    void order_id(const Report& report);

    FixVersion version_;
    Instance instance_;
    MessageWriter out_;
};

}  // namespace sluice::codec
