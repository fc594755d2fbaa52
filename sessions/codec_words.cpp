#include "sessions/codec_words.hpp"

#include "sessions/codec/command_decoder.hpp"
#include "sessions/codec/venue_decoder.hpp"

namespace sluice {
namespace {

codec::Header header_of(const OutgoingHeader& header) {
    codec::Header made;
    made.sender_comp_id = header.sender_comp_id;
    made.target_comp_id = header.target_comp_id;
    made.msg_seq_num = header.msg_seq_num;
    made.sending_time = header.sending_time;
    made.on_behalf_of_comp_id = header.on_behalf_of_comp_id;
    return made;
}

}  // namespace

Command CodecClientWords::decode(std::string_view message) {
    Command command;
    codec::decode_command(message, version_, {}, 0, command);
    return command;
}

void CodecClientWords::decode_list(std::string_view message, std::vector<Command>& out) {
    codec::decode_list(message, version_, {}, 0, out);
}

std::string_view CodecClientWords::encode(const Report& report, const OutgoingHeader& header) {
    return encoder_.encode(report, header_of(header), header.custom_tags);
}

std::string_view CodecVenueWords::encode(const VenueRequest& request,
                                         const OutgoingHeader& header) {
    return encoder_.encode(request, header_of(header), header.custom_tags);
}

std::optional<VenueEvent> CodecVenueWords::decode(std::string_view message, VenueId venue) {
    VenueEvent event;
    switch (codec::decode_venue(message, version_, venue, instance_, event)) {
        case codec::VenueWord::Event:
            return event;
        case codec::VenueWord::Unusable:
            event.kind = VenueEventKind::Unreadable;
            return event;
        default:
            return std::nullopt;
    }
}

}  // namespace sluice
