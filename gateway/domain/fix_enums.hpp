// FIX enumerations with the wire characters of FIX 4.4 as values; what a version codes differently
// is mapped in sessions/codec. The names are the standard's.
#pragma once

#include <cstdint>
#include <string_view>

namespace sluice {

enum class FixVersion : std::uint8_t { Fix42 = 1, Fix44 = 2, Fix50Sp2 = 3 };
std::string_view to_text(FixVersion version);  // "FIX.4.2", "FIX.4.4", "FIX.5.0SP2"

enum class Side : char { None = 0, Buy = '1', Sell = '2', SellShort = '5', SellShortExempt = '6' };
constexpr bool is_buy(Side side) {
    return side == Side::Buy;
}

enum class OrdType : char { None = 0, Market = '1', Limit = '2', Stop = '3', StopLimit = '4' };

enum class TimeInForce : char {
    Day = '0',
    GoodTillCancel = '1',
    ImmediateOrCancel = '3',
    FillOrKill = '4',
    GoodTillDate = '6',
};

enum class OrdStatus : char {
    New = '0',
    PartiallyFilled = '1',
    Filled = '2',
    DoneForDay = '3',
    Canceled = '4',
    Replaced = '5',  // FIX 4.2 only
    PendingCancel = '6',
    Stopped = '7',
    Rejected = '8',
    Suspended = '9',
    PendingNew = 'A',
    Expired = 'C',
    PendingReplace = 'E',
};

enum class ExecType : char {
    New = '0',
    DoneForDay = '3',
    Canceled = '4',
    Replaced = '5',
    PendingCancel = '6',
    Stopped = '7',
    Rejected = '8',
    Suspended = '9',
    PendingNew = 'A',
    Expired = 'C',
    Restated = 'D',
    PendingReplace = 'E',
    Trade = 'F',
    TradeCorrect = 'G',
    TradeCancel = 'H',
    OrderStatus = 'I',
    Triggered = 'L',  // FIX 5.0; before it Restated
};

enum class CxlRejResponseTo : char { None = 0, Cancel = '1', Replace = '2' };

// Words as a person reads them: "Buy", "Limit", "Day", "PartiallyFilled", "Trade".
std::string_view to_text(Side side);
std::string_view to_text(OrdType type);
std::string_view to_text(TimeInForce tif);
std::string_view to_text(OrdStatus status);
std::string_view to_text(ExecType type);

}  // namespace sluice
