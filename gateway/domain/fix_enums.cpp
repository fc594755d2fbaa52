#include "gateway/domain/fix_enums.hpp"

namespace sluice {

std::string_view to_text(FixVersion version) {
    switch (version) {
        case FixVersion::Fix42:
            return "FIX.4.2";
        case FixVersion::Fix44:
            return "FIX.4.4";
        case FixVersion::Fix50Sp2:
            return "FIX.5.0SP2";
    }
    return "?";
}

std::string_view to_text(Side side) {
    switch (side) {
        case Side::None:
            return "-";
        case Side::Buy:
            return "Buy";
        case Side::Sell:
            return "Sell";
        case Side::SellShort:
            return "SellShort";
        case Side::SellShortExempt:
            return "SellShortExempt";
    }
    return "?";
}

std::string_view to_text(OrdType type) {
    switch (type) {
        case OrdType::None:
            return "-";
        case OrdType::Market:
            return "Market";
        case OrdType::Limit:
            return "Limit";
        case OrdType::Stop:
            return "Stop";
        case OrdType::StopLimit:
            return "StopLimit";
    }
    return "?";
}

std::string_view to_text(TimeInForce tif) {
    switch (tif) {
        case TimeInForce::Day:
            return "Day";
        case TimeInForce::GoodTillCancel:
            return "GTC";
        case TimeInForce::ImmediateOrCancel:
            return "IOC";
        case TimeInForce::FillOrKill:
            return "FOK";
        case TimeInForce::GoodTillDate:
            return "GTD";
    }
    return "?";
}

std::string_view to_text(OrdStatus status) {
    switch (status) {
        case OrdStatus::New:
            return "New";
        case OrdStatus::PartiallyFilled:
            return "PartiallyFilled";
        case OrdStatus::Filled:
            return "Filled";
        case OrdStatus::DoneForDay:
            return "DoneForDay";
        case OrdStatus::Canceled:
            return "Canceled";
        case OrdStatus::Replaced:
            return "Replaced";
        case OrdStatus::PendingCancel:
            return "PendingCancel";
        case OrdStatus::Stopped:
            return "Stopped";
        case OrdStatus::Rejected:
            return "Rejected";
        case OrdStatus::Suspended:
            return "Suspended";
        case OrdStatus::PendingNew:
            return "PendingNew";
        case OrdStatus::Expired:
            return "Expired";
        case OrdStatus::PendingReplace:
            return "PendingReplace";
    }
    return "?";
}

std::string_view to_text(ExecType type) {
    switch (type) {
        case ExecType::New:
            return "New";
        case ExecType::DoneForDay:
            return "DoneForDay";
        case ExecType::Canceled:
            return "Canceled";
        case ExecType::Replaced:
            return "Replaced";
        case ExecType::PendingCancel:
            return "PendingCancel";
        case ExecType::Stopped:
            return "Stopped";
        case ExecType::Rejected:
            return "Rejected";
        case ExecType::Suspended:
            return "Suspended";
        case ExecType::PendingNew:
            return "PendingNew";
        case ExecType::Expired:
            return "Expired";
        case ExecType::Restated:
            return "Restated";
        case ExecType::PendingReplace:
            return "PendingReplace";
        case ExecType::Trade:
            return "Trade";
        case ExecType::TradeCorrect:
            return "TradeCorrect";
        case ExecType::TradeCancel:
            return "TradeCancel";
        case ExecType::OrderStatus:
            return "OrderStatus";
        case ExecType::Triggered:
            return "Triggered";
    }
    return "?";
}

}  // namespace sluice
