// Between VenueRequest and VenueEvent and the bytes of a FIX venue's version. The ClOrdID(11) that
// the venue sees is a function of the order and the request (gateway/domain/names.hpp), so nothing
// has to be remembered to read an answer. Owner: the I/O thread.
#pragma once

#include <optional>
#include <string_view>

#include "gateway/domain/names.hpp"
#include "gateway/domain/venue_event.hpp"
#include "gateway/domain/venue_request.hpp"
#include "sessions/codec/message_writer.hpp"

namespace sluice::codec {

class RequestEncoder {
public:
    RequestEncoder(FixVersion version, const Instance& instance)
        : version_(version), instance_(instance) {}

    // Good until the next call.
    std::string_view encode(const VenueRequest& request, const MessageHeader& header);

private:
    void ids(const VenueRequest& request);
    void terms(const VenueRequest& request);

    FixVersion version_;
    Instance instance_;
    MessageWriter out_;
};

// ExecutionReport(8), OrderCancelReject(9) and BusinessMessageReject(j). Empty for a message that
// says nothing about an order, or a report that cannot be read. An answer to a ClOrdID(11) that is
// not ours has kUnknownOrder. venue_seq is MsgSeqNum(34).
std::optional<VenueEvent> decode_venue(std::string_view message,
                                       FixVersion version,
                                       VenueId venue,
                                       const Instance& instance);

}  // namespace sluice::codec
