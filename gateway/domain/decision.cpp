#include "gateway/domain/decision.hpp"

#include "gateway/domain/input.hpp"

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

std::string_view to_text(KillChange::Action action) {
    switch (action) {
        case KillChange::Action::Kill:
            return "kill";
        case KillChange::Action::KillAndCancel:
            return "kill and cancel";
        case KillChange::Action::Resume:
            return "resume";
        case KillChange::Action::ReduceOnly:
            return "reduce only";
        case KillChange::Action::AcceptConfig:
            return "accept configuration";
        case KillChange::Action::Rearm:
            return "rearm";
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
