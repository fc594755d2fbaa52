// Fields that are handed on unread: from a client's request to the venue and back on the client's
// reports, and from a venue's ExecutionReport(8) to the client. They are kept in the sender's own
// words (gateway/domain/extras.hpp) and put into the words of the other side when a message is
// written:
// - Rule80A(47) of FIX 4.2 and OrderCapacity(528) with OrderRestrictions(529) of later versions;
// - ExecBroker(76), ClientID(109), ClearingFirm(439) and ClearingAccount(440) of FIX 4.2 and the
//   Parties of the roles 1, 3, 4 and 83;
// - what the other version has no place or no value for is left out there.
// Which fields these are: extra_rows.hpp, and in words fix_specs/rules/. Allocates nothing.
#pragma once

#include <cstdint>
#include <span>

#include "gateway/domain/extras.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/message_writer.hpp"

namespace sluice::codec {

enum class ExtrasFrom : std::uint8_t { Client = 1, Venue = 2 };

// Collects them from one message, field by field in the order of the message.
class ExtrasTaker {
public:
    ExtrasTaker(ExtrasFrom from, Extras& to) : from_(static_cast<std::uint8_t>(from)), to_(to) {}

    // False when the field is one of them and does not fit: then it is left out, with the whole
    // repeating group that it stands in.
    bool take(const Field& field);

private:
    bool append(const Field& field);

    std::uint8_t from_;
    Extras& to_;
    int group_ = 0;                 // the count field of the group whose members are taken now
    std::size_t before_group_ = 0;  // bytes that were there when it began
    const char* behind_ = nullptr;  // the last field of it: the next one stands there
};

enum class ExtrasInto : std::uint8_t {
    Request,  // NewOrderSingle(D), OrderCancelReplaceRequest(G) of a venue
    Report,   // ExecutionReport(8) of a client
};

// A field that is there twice is written once, the later one: what the venue says counts more than
// what the client had said. User-defined tags are written when `custom_tags` holds them.
void write_extras(const Extras& extras,
                  FixVersion version,
                  ExtrasInto into,
                  std::span<const std::uint32_t> custom_tags,
                  MessageWriter& writer);

bool holds_extra(const Extras& extras, int tag);

}  // namespace sluice::codec
