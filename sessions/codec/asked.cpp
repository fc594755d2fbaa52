#include "sessions/codec/asked.hpp"

#include <algorithm>

#include "gateway/domain/command.hpp"
#include "sessions/codec/venue_encoder.hpp"

namespace sluice::codec {

std::string asked_text(const VenueRequest& request, const Instance& instance) {
    VenueEncoder encoder(FixVersion::Fix44, instance);
    const std::string_view frame = encoder.encode(request, Header{"GATEWAY", "VENUE", 1, {}});
    const auto type = frame.find(
                          "\x01"
                          "35=") +
                      1;
    std::string text(frame.substr(type, frame.find('\x01', type) - type));
    if (request.has(command_flag::kPossResend)) {
        text += "|97=Y";  // of the header
    }
    text += '|';
    text += body_of(frame);
    std::replace(text.begin(), text.end(), '\x01', '|');
    text.erase(text.find_last_not_of('|') + 1);
    return text;
}

}  // namespace sluice::codec
