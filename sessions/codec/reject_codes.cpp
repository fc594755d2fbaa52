#include "sessions/codec/reject_codes.hpp"

#include <array>

namespace sluice::codec {
namespace {

using PerVersion = std::array<signed char, 3>;  // FIX 4.2, 4.4, 5.0SP2

struct Row {
    RejectReason reason;
    PerVersion ord;       // OrdRejReason(103)
    PerVersion cxl;       // CxlRejReason(102)
    PerVersion business;  // BusinessRejectReason(380)
};

// What a version says when it has no better value: 103 broker option or other, 102 broker option or
// other, 380 other.
constexpr PerVersion kOrdOther{0, 99, 99};
constexpr PerVersion kCxlOther{2, 99, 99};
constexpr PerVersion kBusinessOther{0, 0, 0};

constexpr PerVersion all(signed char value) {
    return {value, value, value};
}

constexpr std::array kRows = {
    Row{RejectReason::None, all(0), all(2), kBusinessOther},
    Row{RejectReason::InvalidField, kOrdOther, kCxlOther, kBusinessOther},
    Row{RejectReason::Throttled, kOrdOther, kCxlOther, {0, 0, 8}},
    Row{RejectReason::DuplicateClOrdId, all(6), {2, 6, 6}, kBusinessOther},
    Row{RejectReason::UnknownOrder, all(5), all(1), kBusinessOther},
    Row{RejectReason::TooLate, kOrdOther, all(0), kBusinessOther},
    Row{RejectReason::Killed, kOrdOther, kCxlOther, kBusinessOther},
    Row{RejectReason::PendingReplace, kOrdOther, all(3), kBusinessOther},
    Row{RejectReason::NotEntitled, {0, 15, 15}, kCxlOther, {0, 6, 6}},
    Row{RejectReason::UnknownSymbol, all(1), kCxlOther, kBusinessOther},
    Row{RejectReason::Halted, all(2), kCxlOther, kBusinessOther},
    Row{RejectReason::SessionClosed, all(2), kCxlOther, kBusinessOther},
    Row{RejectReason::Restricted, kOrdOther, kCxlOther, kBusinessOther},
    Row{RejectReason::OrdTypeNotPermitted, {0, 11, 11}, kCxlOther, kBusinessOther},
    Row{RejectReason::BadLot, {0, 13, 13}, kCxlOther, kBusinessOther},
    Row{RejectReason::BadTick, {0, 99, 18}, {2, 99, 18}, kBusinessOther},
    Row{RejectReason::BadPrice, kOrdOther, kCxlOther, kBusinessOther},
    Row{RejectReason::MaxOrderQty, {3, 3, 26}, all(2), kBusinessOther},
    Row{RejectReason::NoRefPrice, {0, 99, 19}, kCxlOther, kBusinessOther},
    Row{RejectReason::MaxOrderNotional, {3, 3, 27}, all(2), kBusinessOther},
    Row{RejectReason::PriceCollar, {3, 3, 16}, {2, 99, 8}, kBusinessOther},
    Row{RejectReason::ShortSale, {0, 99, 22}, kCxlOther, kBusinessOther},
    Row{RejectReason::SelfMatch, kOrdOther, kCxlOther, kBusinessOther},
    Row{RejectReason::DuplicateBurst, all(6), kCxlOther, kBusinessOther},
    Row{RejectReason::MaxOpenOrders, all(3), kCxlOther, kBusinessOther},
    Row{RejectReason::OrderToTrade, kOrdOther, kCxlOther, kBusinessOther},
    Row{RejectReason::RepeatedExecution, {0, 99, 21}, kCxlOther, kBusinessOther},
    Row{RejectReason::ReduceOnly, kOrdOther, kCxlOther, kBusinessOther},
    Row{RejectReason::DailyLoss, {0, 0, 25}, all(2), kBusinessOther},
    Row{RejectReason::PositionLimit, all(3), all(2), kBusinessOther},
    Row{RejectReason::GrossNotional, {3, 3, 20}, all(2), kBusinessOther},
    Row{RejectReason::NetNotional, {3, 3, 20}, all(2), kBusinessOther},
    Row{RejectReason::Credit, {0, 0, 25}, all(2), kBusinessOther},
    Row{RejectReason::VenueDown, all(2), all(2), all(4)},
    Row{RejectReason::VenueBusy, kOrdOther, kCxlOther, all(4)},
    Row{RejectReason::NoRoute, kOrdOther, kCxlOther, kBusinessOther},
    Row{RejectReason::UnsupportedMessage, kOrdOther, kCxlOther, all(3)},
    Row{RejectReason::GatewayBusy, kOrdOther, kCxlOther, all(4)},
    Row{RejectReason::GatewayHalted, kOrdOther, kCxlOther, all(4)},
    Row{RejectReason::VenueRejected, all(0), all(2), kBusinessOther},
};

constexpr bool in_order() {
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (kRows[i].reason != static_cast<RejectReason>(i)) {
            return false;
        }
    }
    return kRows.size() == static_cast<std::size_t>(RejectReason::Count_);
}
static_assert(in_order(), "a row for every reason, in the order of the enumeration");

std::size_t column(FixVersion version) {
    switch (version) {
        case FixVersion::Fix42:
            return 0;
        case FixVersion::Fix44:
            return 1;
        case FixVersion::Fix50Sp2:
            return 2;
    }
    return 1;
}

const Row& row(RejectReason reason) {
    return kRows.at(static_cast<std::size_t>(reason));
}

}  // namespace

int ord_rej_reason(RejectReason reason, FixVersion version) {
    return row(reason).ord.at(column(version));
}

int cxl_rej_reason(RejectReason reason, FixVersion version) {
    return row(reason).cxl.at(column(version));
}

int business_reject_reason(RejectReason reason, FixVersion version) {
    return row(reason).business.at(column(version));
}

int restatement_reason(int reason, FixVersion version) {
    constexpr int kBrokerOption = 4;
    constexpr int kOther = 99;
    switch (version) {
        case FixVersion::Fix42:
            return reason <= 5 ? reason : kBrokerOption;
        case FixVersion::Fix44:
            return reason <= 10 ? reason : kOther;
        case FixVersion::Fix50Sp2:
            return reason <= 20 ? reason : kOther;
    }
    return kBrokerOption;
}

std::uint64_t mass_cancel_reject_reason(RejectReason reason) {
    return reason == RejectReason::UnknownSymbol ? 1 : 99;
}

}  // namespace sluice::codec
