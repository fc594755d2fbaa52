// Keeping our own orders from trading with each other by canceling the resting ones first.
#include "gateway/core/core_state.hpp"

namespace sluice {

Resting Core::State::resting_in_the_way(const Command& command,
                                        const Parties& parties,
                                        const Order* target,
                                        Assessment& assessment,
                                        Decision& decision) {
    Resting resting;
    if (!assessment.accepted() || !assessment.cancels_resting) {
        return resting;
    }
    resting.count = risk.crossing(command, parties, target, resting.orders);
    std::size_t to_send = 0;
    for (std::size_t i = 0; i < resting.count; ++i) {
        const Order* order = orders.find(resting.orders[i]);
        GW_CHECK(order != nullptr);
        if (order->pending_cancel.active) {
            continue;
        }
        ++to_send;
        // Its cancel has to leave before this order does, or not at all.
        if (!board.is_up(order->venue) ||
            board.credits_left(order->venue, Lane::Cancels) < to_send) {
            assessment.kind = Assessment::Kind::Reject;
            assessment.reason = RejectReason::SelfMatch;
            assessment.text = Prose("SELF_MATCH: the resting order cannot be canceled now");
            for (std::size_t row = 0; row < kChecks; ++row) {
                if (kCheckTable[row].code == RejectReason::SelfMatch) {
                    assessment.failed_check = static_cast<std::uint8_t>(row + 1);
                }
            }
            decision.reason = assessment.reason;
            return resting;
        }
    }
    return resting;
}

void Core::State::cancel_first(const Resting& resting, Outputs& out) {
    for (std::size_t i = 0; i < resting.count; ++i) {
        Order* order = orders.find(resting.orders[i]);
        if (order != nullptr && is_open(*order) && !order->pending_cancel.active) {
            constexpr std::uint8_t kSelfMatchResting = 19;  // ExecRestatementReason(378)
            send_cancel(*order, ClOrdId{}, out, kSelfMatchResting);
        }
    }
}

}  // namespace sluice
