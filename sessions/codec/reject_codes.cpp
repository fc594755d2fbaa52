#include "sessions/codec/reject_codes.hpp"

#include <array>
#include <cstdint>

namespace sluice::codec {
namespace {

using Codes = std::array<std::int8_t, 3>;  // FIX 4.2, 4.4, 5.0SP2

// "Other": what a reason without a code of its own is told as.
constexpr Codes kOrdOther{0, 99, 99};
constexpr Codes kCxlOther{2, 99, 99};

constexpr int pick(const Codes& codes, FixVersion version) {
    return codes[static_cast<std::size_t>(version) - 1];
}

constexpr Codes ord_codes(RejectReason reason) {
    switch (reason) {
        case RejectReason::DuplicateClOrdId:
            return {6, 6, 6};
        case RejectReason::UnknownOrder:
            return {5, 5, 5};
        case RejectReason::TooLate:
            return {4, 4, 4};
        case RejectReason::NotEntitled:
            return {0, 15, 15};
        case RejectReason::UnknownSymbol:
            return {1, 1, 1};
        case RejectReason::Halted:
            return {2, 2, 2};
        case RejectReason::SessionClosed:
            return {2, 2, 2};
        case RejectReason::OrdTypeNotPermitted:
            return {0, 11, 11};
        case RejectReason::BadLot:
            return {0, 13, 13};
        case RejectReason::BadTick:
            return {0, 99, 18};
        case RejectReason::MaxOrderQty:
            return {3, 3, 26};
        case RejectReason::NoRefPrice:
            return {0, 99, 19};
        case RejectReason::MaxOrderNotional:
            return {3, 3, 27};
        case RejectReason::PriceCollar:
            return {3, 3, 16};
        case RejectReason::ShortSale:
            return {0, 99, 22};
        case RejectReason::DuplicateBurst:
            return {6, 6, 6};
        case RejectReason::MaxOpenOrders:
            return {3, 3, 3};
        case RejectReason::DailyLoss:
            return {0, 0, 25};
        case RejectReason::PositionLimit:
            return {3, 3, 3};
        case RejectReason::GrossNotional:
            return {3, 3, 20};
        case RejectReason::NetNotional:
            return {3, 3, 20};
        case RejectReason::Credit:
            return {0, 0, 25};
        case RejectReason::VenueDown:
            return {2, 2, 2};
        case RejectReason::VenueRejected:
            return {0, 0, 0};
        default:
            return kOrdOther;
    }
}

constexpr Codes cxl_codes(RejectReason reason) {
    switch (reason) {
        case RejectReason::DuplicateClOrdId:
            return {2, 6, 6};
        case RejectReason::UnknownOrder:
            return {1, 1, 1};
        case RejectReason::TooLate:
            return {0, 0, 0};
        case RejectReason::PendingReplace:
            return {3, 3, 3};
        case RejectReason::BadTick:
            return {2, 99, 18};
        case RejectReason::PriceCollar:
            return {2, 99, 8};
        case RejectReason::MaxOrderQty:
        case RejectReason::MaxOrderNotional:
        case RejectReason::DailyLoss:
        case RejectReason::PositionLimit:
        case RejectReason::GrossNotional:
        case RejectReason::NetNotional:
        case RejectReason::Credit:
        case RejectReason::VenueDown:
        case RejectReason::VenueRejected:
            return {2, 2, 2};
        default:
            return kCxlOther;
    }
}

constexpr Codes business_codes(RejectReason reason) {
    switch (reason) {
        case RejectReason::Throttled:
            return {0, 0, 8};
        case RejectReason::UnsupportedMessage:
            return {3, 3, 3};
        case RejectReason::GatewayBusy:
        case RejectReason::GatewayHalted:
            return {4, 4, 4};
        case RejectReason::InvalidField:
            return {5, 5, 5};
        default:
            return {0, 0, 0};
    }
}

}  // namespace

int ord_rej_reason(RejectReason reason, FixVersion version) {
    return pick(ord_codes(reason), version);
}
int cxl_rej_reason(RejectReason reason, FixVersion version) {
    return pick(cxl_codes(reason), version);
}
int business_reject_reason(RejectReason reason, FixVersion version) {
    return pick(business_codes(reason), version);
}

}  // namespace sluice::codec
