// A desk for tests: name table, order table and risk engine, driven with the calls that the core
// makes, by ClOrdID(11) instead of by sequence numbers. After every step the invariants of the
// exposure are audited.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/risk/risk_engine.hpp"

namespace sluice::test {

// Sessions S1 and S2, accounts ACC1 and ACC2 in USD, instrument XYZ (tick 0.01, lot 1); nothing
// limited, with the two required limits spelled out as unlimited on the firm.
CoreConfig plain_config();

Decimal dec(std::string_view text);
inline Quantity qty(std::string_view text) {
    return Quantity{dec(text)};
}
inline Price px(std::string_view text) {
    return Price{dec(text)};
}
// A sum at 10^-8 as text.
std::string wide_text(Wide units);

struct NewOrder {
    std::string id;
    Side side = Side::Buy;
    std::string quantity = "1";
    std::string price = {};  // empty: a market order
    std::string account = "ACC1";
    std::string symbol = "XYZ";
    std::string session = "S1";
    TimeInForce tif = TimeInForce::Day;
    std::uint8_t flags = 0;
    OrdType type = OrdType::None;  // None: by price
    std::string venue = {};
    std::string trader = {};
    std::string locate = {};  // a LocateID(5700), or N or Y for LocateReqd(114)
};

class Desk {
public:
    explicit Desk(const CoreConfig& config = plain_config());

    Assessment enter(const NewOrder& order);
    Assessment replace(const std::string& id,
                       const std::string& orig,
                       const std::string& quantity,
                       const std::string& price,
                       const std::string& session = "S1");
    Assessment cancel(const std::string& id,
                      const std::string& orig,
                      const std::string& session = "S1");

    // The order that any of its ClOrdIDs names. Fails the test when there is none.
    Order& order(const std::string& id, const std::string& session = "S1");
    BookedFill fill(const std::string& id, const std::string& quantity, const std::string& price);
    bool replaced(const std::string& id, const std::string& quantity = {});
    bool replace_refused(const std::string& id);
    bool cancel_refused(const std::string& id);
    void close(const std::string& id, Closed how);
    void reconfigure(const CoreConfig& config);
    ChangeOutcome limit(ScopeKind scope,
                        const std::string& name,
                        const std::string& symbol,
                        LimitKey key,
                        const LimitValue& value);
    ChangeOutcome kill(ScopeKind scope,
                       const std::string& name,
                       const std::string& symbol,
                       KillChange::Action action = KillChange::Action::Kill);
    bool reference(const std::string& symbol, const std::map<std::string, std::string>& prices);
    std::size_t day_roll();
    void settle(Order& changed) { risk.settle(changed); }
    void audit();  // fails the test when an invariant does not hold; gathers notices
    std::uint64_t digest() const;

    Command command(const NewOrder& order) const;
    Command replace_command(const std::string& id,
                            const Order& target,
                            const std::string& orig,
                            const std::string& quantity,
                            const std::string& price) const;
    Parties parties(const Command& command, const std::string& venue = {}) const;
    InputMeta meta() const { return {seq, now}; }

    NameTable names;
    OrderTable orders;
    RiskEngine risk{orders, names};
    Decision decision;             // the last one
    std::string approver = "bob";  // of limit changes and kill switches; alice asks
    UtcNanos until;                // of the next limit change, 0 for good
    std::vector<std::string> notices;
    std::size_t in_the_way = 0;  // own orders that the last one would have traded with
    UtcNanos now{1'000};
    std::uint64_t seq = 1;
    std::uint64_t next_order = 1;
    std::map<std::string, std::vector<BookedFill>> fills;  // by root ClOrdID(11)
    std::map<std::string, std::uint32_t> requests;         // replaces in flight, by ClOrdID(11)
};

}  // namespace sluice::test
