// VenueEncoder: a VenueRequest becomes NewOrderSingle(D), OrderCancelRequest(F),
// OrderCancelReplaceRequest(G), OrderStatusRequest(H) or OrderMassStatusRequest(AF) in the venue's
// FIX version. ClOrdID(11) is a function of order and request version (gateway/domain/names.hpp),
// so encoding a request again can never name it anew. One object per FIX version; used by one
// thread; allocates nothing.
//
// OrderStatusRequest(H) asks under the name of the order's last request that was not refused. What
// the client's request had beside (extras.hpp) goes with D and G, as far as the version allows.
// FIX 4.2 has no OrderMassStatusRequest(AF): configuration refuses it for such a venue.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/domain/names.hpp"
#include "gateway/domain/venue_request.hpp"
#include "sessions/codec/message_writer.hpp"

namespace sluice::codec {

class VenueEncoder {
public:
    // `transact_digits` of TransactTime(60), `sending_digits` of SendingTime(52).
    VenueEncoder(FixVersion version,
                 const Instance& instance,
                 int sending_digits = 3,
                 int transact_digits = 3);

    // The whole message; the view is good until the next call. `custom_tags`: the user-defined tags
    // that the venue takes.
    std::string_view encode(const VenueRequest& request,
                            const Header& header,
                            std::span<const std::uint32_t> custom_tags = {});

private:
    void mass_status(const VenueRequest& request);
    void ids(const VenueRequest& request);
    void order(const VenueRequest& request);

    FixVersion version_;
    Instance instance_;
    int transact_digits_;
    MessageWriter writer_;
};

}  // namespace sluice::codec
