// The seam between sessions and the codec: what turns bytes into order words and back for one FIX
// version. One object serves all sessions of a version; used on the I/O thread only. The views that
// encode() answers are good until the next call.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/domain/command.hpp"
#include "gateway/domain/report.hpp"
#include "gateway/domain/venue_event.hpp"
#include "gateway/domain/venue_request.hpp"

namespace sluice {

// What the header of an outgoing message says beside its MsgType(35).
struct OutgoingHeader {
    std::string_view begin_string;
    std::string_view sender_comp_id;
    std::string_view target_comp_id;
    std::uint32_t msg_seq_num = 0;
    UtcNanos sending_time;
    unsigned timestamp_digits = 3;  // of a second: 0, 3, 6 or 9
    // The user-defined tags that the other side takes.
    std::span<const std::uint32_t> custom_tags{};
    // OnBehalfOfCompID(115) of a drop copy: whose order it is about. Empty: absent.
    std::string_view on_behalf_of_comp_id{};
};

class ClientWords {
public:
    virtual ~ClientWords() = default;
    // Any application message; what cannot be used is said in Command::defect. Session, MsgSeqNum
    // and journal number are filled in by the caller.
    virtual Command decode(std::string_view message) = 0;
    // A NewOrderList(E): one command for each of its orders, or one that says why it is no list.
    // They are one message: all but the last have command_flag::kMoreFollow.
    virtual void decode_list(std::string_view message, std::vector<Command>& out) {
        out.assign(1, decode(message));
    }
    virtual std::string_view encode(const Report& report, const OutgoingHeader& header) = 0;
};

class VenueWords {
public:
    virtual ~VenueWords() = default;
    virtual std::string_view encode(const VenueRequest& request, const OutgoingHeader& header) = 0;
    // Nothing: a message that says nothing about an order.
    virtual std::optional<VenueEvent> decode(std::string_view message, VenueId venue) = 0;
};

}  // namespace sluice
