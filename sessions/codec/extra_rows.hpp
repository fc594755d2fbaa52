// The fields that are handed on unread, by tag: in which versions a request (NewOrderSingle(D),
// OrderCancelReplaceRequest(G)) and an ExecutionReport(8) may hold them, and which values a version
// knows. A test compares the rows with the dictionaries in fix_specs/. Behind extras.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/domain/fix_enums.hpp"

namespace sluice::codec {

namespace extra {
// Versions.
inline constexpr std::uint8_t k42 = 1;
inline constexpr std::uint8_t k44 = 2;
inline constexpr std::uint8_t k50 = 4;
inline constexpr std::uint8_t kLater = k44 | k50;
inline constexpr std::uint8_t kAll = k42 | kLater;
// Who may say it.
inline constexpr std::uint8_t kClient = 1;
inline constexpr std::uint8_t kVenue = 2;
inline constexpr std::uint8_t kBoth = kClient | kVenue;
// A field that holds several values with blanks between.
inline constexpr std::uint8_t kList = 4;
}  // namespace extra

struct ExtraRow {
    int tag;
    std::uint8_t from;     // kClient, kVenue; kList
    std::uint8_t request;  // versions whose requests may hold it
    std::uint8_t report;   // versions whose ExecutionReport(8) may
    int group = 0;         // the count field of the group that it stands in
    // FIX 4.2, 4.4, 5.0SP2: the values that the version lists, with blanks between; "." any one
    // character; empty: any.
    std::array<std::string_view, 3> values{};
};

// Text(58) of a client is not given back: in a report it is the gateway's or the venue's.
// ListID(66) names a list that the venue does not know, so it only comes back.
// clang-format off
inline constexpr auto kExtraRows = std::to_array<ExtraRow>({
    {12, extra::kClient, extra::kAll, extra::kAll},      // Commission
    {13, extra::kClient, extra::kAll, extra::kAll, 0, {"1 2 3", "1 2 3 4 5 6", "1 2 3 4 5 6 7 8"}},
    {15, extra::kClient, extra::kAll, extra::kAll},      // Currency
    {18, extra::kClient | extra::kList, extra::kAll, extra::kAll, 0,  // ExecInst
     {"0 1 2 3 4 5 6 7 8 9 A B C D E F G I L M N O P R S T U V W",
      "0 1 2 3 4 5 6 7 8 9 A B C D E F G H I J K L M N O P Q R S U V W X Y Z a b c d e",
      "0 1 2 3 4 5 6 7 8 9 A B C D E F G H I J K L M N O P Q R S T U V W X Y Z "
      "a b c d e f g h i j k l m n o p q r s t u v w x y z"}},
    {21, extra::kClient, extra::kAll, extra::kAll},      // HandlInst
    {22, extra::kClient, extra::kAll, extra::kAll, 0,    // SecurityIDSource
     {"1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8 9 A B C D E F G H I J",
      "1 2 3 4 5 6 7 8 9 A B C D E F G H I J K L M N P Q R S T U V W X Y"}},
    {29, extra::kVenue, 0, extra::kAll, 0, {"1 2 3 4", "1 2 3 4", "1 2 3 4 5"}},  // LastCapacity
    {30, extra::kVenue, 0, extra::kAll},                 // LastMkt
    {47, extra::kClient, extra::k42, extra::k42},        // Rule80A
    {48, extra::kClient, extra::kAll, extra::kAll},      // SecurityID
    {58, extra::kClient, extra::kAll, 0},                // Text
    {63, extra::kClient, extra::kAll, extra::kAll, 0, {".", ".", ""}},  // SettlType
    {64, extra::kBoth, extra::kAll, extra::kAll},        // SettlDate
    {65, extra::kClient, extra::kAll, extra::kAll, 0, {"", "", "CD WI"}},  // SymbolSfx
    {66, extra::kClient, 0, extra::kAll},                // ListID
    {75, extra::kBoth, extra::kLater, extra::kAll},      // TradeDate
    {76, extra::kClient, extra::k42, extra::k42},        // ExecBroker
    {77, extra::kClient, extra::kAll, extra::kAll, 0, {"C O", "C F O R", "C D F N O R"}},
    {109, extra::kClient, extra::k42, extra::k42},       // ClientID
    {114, extra::kClient, extra::kAll, 0},               // LocateReqd
    {120, extra::kClient, extra::kAll, 0},               // SettlCurrency
    {167, extra::kClient, extra::kAll, extra::kAll},     // SecurityType
    {198, extra::kVenue, 0, extra::kAll},                // SecondaryOrderID
    {200, extra::kClient, extra::kAll, extra::kAll},     // MaturityMonthYear
    {201, extra::kClient, extra::kAll, extra::kAll, 0, {"0 1", "0 1", "0 1 2 3"}},  // PutOrCall
    {202, extra::kClient, extra::kAll, extra::kAll},     // StrikePrice
    {203, extra::kClient, extra::kAll, 0},               // CoveredOrUncovered
    {204, extra::kClient, extra::k42, 0},                // CustomerOrFirm
    {205, extra::kClient, extra::k42, extra::k42},       // MaturityDay
    {206, extra::kClient, extra::kAll, extra::kAll},     // OptAttribute
    {207, extra::kClient, extra::kAll, extra::kAll},     // SecurityExchange
    {223, extra::kClient, extra::kAll, extra::kAll},     // CouponRate
    {229, extra::kClient, extra::kLater, extra::kLater}, // TradeOriginationDate
    {231, extra::kClient, extra::kAll, extra::kAll},     // ContractMultiplier
    {337, extra::kVenue, 0, extra::kAll, 382},           // ContraTrader
    {375, extra::kVenue, 0, extra::kAll, 382},           // ContraBroker
    {376, extra::kClient, extra::kAll, extra::kAll},     // ComplianceID
    {377, extra::kClient, extra::kAll, extra::kAll},     // SolicitedFlag
    {382, extra::kVenue, 0, extra::kAll},                // NoContraBrokers
    {423, extra::kClient, extra::kLater, extra::kLater, 0, {"", "2", "2"}},  // PriceType
    {427, extra::kClient, extra::kAll, extra::kAll},     // GTBookingInst
    {437, extra::kVenue, 0, extra::kAll, 382},           // ContraTradeQty
    {438, extra::kVenue, 0, extra::kAll, 382},           // ContraTradeTime
    {439, extra::kClient, extra::k42, extra::k42},       // ClearingFirm
    {440, extra::kClient, extra::k42, extra::k42},       // ClearingAccount
    {447, extra::kClient, extra::kLater, extra::kLater, 453},  // PartyIDSource
    {448, extra::kClient, extra::kLater, extra::kLater, 453},  // PartyID
    {452, extra::kClient, extra::kLater, extra::kLater, 453},  // PartyRole
    {453, extra::kClient, extra::kLater, extra::kLater}, // NoPartyIDs
    {454, extra::kClient, extra::kLater, extra::kLater}, // NoSecurityAltID
    {455, extra::kClient, extra::kLater, extra::kLater, 454},
    {456, extra::kClient, extra::kLater, extra::kLater, 454},
    {460, extra::kClient, extra::kLater, extra::kLater}, // Product
    {461, extra::kClient, extra::kLater, extra::kLater}, // CFICode
    {523, extra::kClient, extra::kLater, extra::kLater, 453},  // PartySubID
    {526, extra::kClient, extra::kLater, extra::kLater}, // SecondaryClOrdID
    {527, extra::kVenue, 0, extra::kLater},              // SecondaryExecID
    {528, extra::kClient, extra::kLater, extra::kLater, 0,  // OrderCapacity
     {"", "A G I P R W", "A G I M P R W"}},
    {529, extra::kClient | extra::kList, extra::kLater, extra::kLater, 0,  // OrderRestrictions
     {"", "1 2 3 4 5 6 7 8 9 A", "1 2 3 4 5 6 7 8 9 A B C D E F G H I"}},
    {541, extra::kClient, extra::kLater, extra::kLater}, // MaturityDate
    {544, extra::kClient, extra::kLater, extra::kLater}, // CashMargin
    {574, extra::kVenue, 0, extra::k50},                 // MatchType
    {581, extra::kClient, extra::kLater, extra::kLater, 0,  // AccountType
     {"", "1 2 3 4 6 7 8", "1 2 3 4 6 7 8 9 10 11 12 13"}},
    {582, extra::kClient, extra::kLater, extra::kLater, 0, {"", "1 2 3 4", "1 2 3 4 5"}},
    {583, extra::kClient, extra::kLater, extra::kLater}, // ClOrdLinkID
    {635, extra::kClient, extra::kLater, extra::kLater}, // ClearingFeeIndicator
    {636, extra::kVenue, 0, extra::kLater},              // WorkingIndicator
    {655, extra::kVenue, 0, extra::kLater, 382},         // ContraLegRefID
    {660, extra::kClient, extra::kLater, extra::kLater, 0,  // AcctIDSource
     {"", "1 2 3 4 5 99", "1 2 3 4 5 6 99"}},
    {762, extra::kClient, extra::kLater, extra::kLater}, // SecuritySubType
    {802, extra::kClient, extra::kLater, extra::kLater, 453},  // NoPartySubIDs
    {803, extra::kClient, extra::kLater, extra::kLater, 453},  // PartySubIDType
    {847, extra::kClient, extra::kLater, extra::kLater}, // TargetStrategy
    {848, extra::kClient, extra::kLater, extra::kLater}, // TargetStrategyParameters
    {849, extra::kClient, extra::kLater, extra::kLater}, // ParticipationRate
    {851, extra::kVenue, 0, extra::kLater, 0,            // LastLiquidityInd
     {"", "1 2 3", "0 1 2 3 4 5 6 7 8 9 10 11"}},
    {854, extra::kClient, extra::kLater, extra::kLater, 0, {"", "0", "0"}},  // QtyType
    {880, extra::kVenue, 0, extra::k50},                 // TrdMatchID
    {947, extra::kClient, extra::kLater, extra::kLater}, // StrikeCurrency
    {1028, extra::kClient, extra::k50, extra::k50},      // ManualOrderIndicator
    {1031, extra::kClient, extra::k50, extra::k50},      // CustOrderHandlingInst
    {1057, extra::kVenue, 0, extra::k50},                // AggressorIndicator
    {1091, extra::kClient, extra::k50, extra::k50},      // PreTradeAnonymity
    {1133, extra::kClient, extra::k50, extra::k50},      // ExDestinationIDSource
    {1300, extra::kClient, extra::k50, extra::k50},      // MarketSegmentID
    {1688, extra::kClient, extra::k50, 0},               // ShortSaleExemptionReason
    {1724, extra::kClient, extra::k50, extra::k50},      // OrderOrigination
    {1815, extra::kClient, extra::k50, extra::k50},      // TradingCapacity
    {2362, extra::kClient, extra::k50, extra::k50},      // SelfMatchPreventionID
    {2376, extra::kClient, extra::k50, extra::k50, 453}, // PartyRoleQualifier
    {2404, extra::kClient, extra::k50, extra::k50},      // ComplianceText
    {2593, extra::kClient, extra::k50, extra::k50},      // NoOrderAttributes
    {2594, extra::kClient, extra::k50, extra::k50, 2593},
    {2595, extra::kClient, extra::k50, extra::k50, 2593},
    {2964, extra::kClient, extra::k50, extra::k50},      // SelfMatchPreventionInstruction
});
// clang-format on

// User-defined: a session or a venue lists those that it takes part in (custom_tags).
inline constexpr int kCustomTagMin = 5000;

namespace detail {
inline constexpr int kExtraTagMax = kExtraRows.back().tag;
// Place of a tag's row plus 1; 0: none.
inline constexpr auto kExtraPlaces = [] {
    std::array<std::uint8_t, kExtraTagMax + 1> places{};
    for (std::size_t i = 0; i < kExtraRows.size(); ++i) {
        places[static_cast<std::size_t>(kExtraRows[i].tag)] = static_cast<std::uint8_t>(i + 1);
    }
    return places;
}();
static_assert(std::is_sorted(kExtraRows.begin(),
                             kExtraRows.end(),
                             [](const ExtraRow& a, const ExtraRow& b) { return a.tag < b.tag; }));
static_assert(kExtraRows.size() < 255);
}  // namespace detail

// Null when the tag is not handed on.
constexpr const ExtraRow* extra_row(int tag) {
    if (tag < 0 || tag > detail::kExtraTagMax) {
        return nullptr;
    }
    const std::uint8_t place = detail::kExtraPlaces[static_cast<std::size_t>(tag)];
    return place == 0 ? nullptr : &kExtraRows[place - 1U];
}

constexpr std::size_t extra_column(FixVersion version) {
    return static_cast<std::size_t>(version) - 1;
}

}  // namespace sluice::codec
