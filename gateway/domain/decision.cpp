#include "gateway/domain/decision.hpp"

namespace sluice {

std::string_view to_text(RouteReason reason) {
    switch (reason) {
        case RouteReason::None:
            return "none";
        case RouteReason::ExDestination:
            return "ex_destination";
        case RouteReason::Account:
            return "account";
        case RouteReason::Instrument:
            return "instrument";
        case RouteReason::AccountInstrument:
            return "account_instrument";
        case RouteReason::Default:
            return "default";
    }
    return "?";
}

std::string_view to_text(RefSource source) {
    switch (source) {
        case RefSource::None:
            return "none";
        case RefSource::Bid:
            return "bid";
        case RefSource::Ask:
            return "ask";
        case RefSource::Last:
            return "last";
        case RefSource::Close:
            return "close";
    }
    return "?";
}

}  // namespace sluice
