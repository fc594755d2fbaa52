// The checks in the order in which they are asked; the first that fails names the reject. A new
// check is one more row. Each is a plain function of the state and the request; none changes
// anything, logs, or reads a clock.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "gateway/domain/command.hpp"
#include "gateway/domain/input.hpp"
#include "gateway/orders/order_table.hpp"
#include "gateway/risk/assessment.hpp"
#include "gateway/risk/risk_state.hpp"

namespace sluice {

enum class CheckResult : std::uint8_t {
    Skip = 0,  // does not apply, or needs what an earlier failed check would have given
    Pass,
    Fail,
};

// The request under examination, and what earlier checks worked out for later ones.
struct CheckContext {
    const RiskState& state;
    const OrderTable& orders;
    const InputMeta& meta;
    const Command& command;
    const Parties& parties;
    const Order* target;  // of a replace or cancel; null when unknown

    // Resolved; null or kNoIndex when unknown.
    const InstrumentRules* instrument = nullptr;
    const AccountRules* account = nullptr;
    std::uint32_t row = kNoIndex;
    Side side = Side::None;
    Quantity leaves;  // what the request may still fill: OrderQty(38) less CumQty(14)

    // Worked out on the way.
    Reference reference;
    Price risk_px;
    Decimal fx;
    Decimal fx_firm;
    bool priced = false;              // risk_px, fx and both notionals are good
    Notional notional;                // account's currency
    Notional notional_firm;           // firm's
    const ClOrdIdUse* use = nullptr;  // duplicate: who has the id
    bool already_known = false;       // duplicate, but a resend of the same request
    bool cancels_resting = false;     // own orders in the way are to be canceled first

    Breach breach;

    CheckContext(const RiskState& risk_state,
                 const OrderTable& order_table,
                 const InputMeta& input,
                 const Command& request,
                 const Parties& named,
                 const Order* order);

    // Whose limits count: those of the named parties, or of the order that is to change.
    AccountId account_id() const { return target == nullptr ? parties.account : target->account; }
    InstrumentId instrument_id() const {
        return target == nullptr ? parties.instrument : target->instrument;
    }
    std::uint32_t trader_id() const { return target == nullptr ? parties.trader : target->trader; }
    // The instrument's bid when it is young enough to be a reference.
    std::optional<Price> fresh_bid() const;
    CheckResult fail(std::string_view words);
    CheckResult fail(Scope scope, std::string_view words);
    CheckResult fail(Scope scope, LimitKey key, Decimal limit, Decimal observed);

    // By how much the order's reservation would grow; an aggregate is asked only when it grows.
    Wide growth_qty() const;
    Wide growth_notional() const;
    Wide growth_notional_firm() const;
    // The order, with all that works on its side, can only bring the position nearer to 0. Working
    // orders of the other side do not count. Account and instrument must be known.
    bool reduces() const;
};

namespace applies {
inline constexpr std::uint8_t kNew = 1;
inline constexpr std::uint8_t kReplace = 2;
inline constexpr std::uint8_t kCancel = 4;
}  // namespace applies

struct Check {
    RejectReason code;
    CheckResult (*ask)(CheckContext&);
    std::uint8_t applies_to;
};

inline constexpr std::size_t kChecks = 32;
extern const std::array<Check, kChecks> kCheckTable;

}  // namespace sluice
