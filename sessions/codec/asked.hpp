// What a venue without a wire was asked, as it would stand on a wire of FIX 4.4: from MsgType(35)
// on, without the session's fields and CheckSum(10), '|' between the fields. For people and
// programs that look over the admin socket; not for the order path.
#pragma once

#include <string>

#include "gateway/domain/names.hpp"
#include "gateway/domain/venue_request.hpp"

namespace sluice::codec {

std::string asked_text(const VenueRequest& request, const Instance& instance);

}  // namespace sluice::codec
