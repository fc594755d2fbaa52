// Local time becomes inputs of the core: phases of markets by their calendars, the day roll at its
// hour; and the gate behind a configuration that changed. Hot thread.
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "gateway/app/house_rooms.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice::app {
namespace {

constexpr std::int64_t kLookAgainNs = 60 * kNanosPerSecond;
constexpr std::size_t kDifferencesShown = 40;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
    }
    return lines;
}

}  // namespace

// At the start every market is in the phase that its calendar says, whatever a person set before.
void House::Rooms::open_calendars() {
    for (const config::MarketSettings& market : config.markets) {
        auto parsed = calendar::Calendar::parse(market.hours);
        GW_CHECK(parsed.ok());
        calendars_.push_back(std::move(parsed).value());
        phase_due_.push_back(UtcNanos{});
    }
}

void House::Rooms::follow_calendars() {
    for (std::size_t i = 0; i < calendars_.size(); ++i) {
        if (now.utc < phase_due_[i]) {
            continue;
        }
        const std::string& id = config.core.markets[i].id;
        const Phase phase = calendars_[i].phase_at(now.utc);
        PhaseChange change;
        change.market = Name(id);
        change.phase = phase;
        change.who = Name("calendar");
        change.reason = Prose("the market's hours");
        const std::uint32_t market = core.names().markets.find(id);
        if (core.risk().state().phases[market] != phase && !stage->take(change)) {
            continue;  // no room: at the next turn
        }
        phase_due_[i] = calendars_[i].next_after(now.utc).time;
    }
}

// The newest roll that is due and not made yet, also when the gateway was down at its hour.
bool House::Rooms::follow_day_roll() {
    if (config.day_roll_at.empty() || now.utc < roll_due_) {
        return false;
    }
    const auto due = calendar::latest(config.day_roll_at, config.core.market_zone, now.utc);
    GW_CHECK(due.ok());
    if (due.value() > core.last_day_roll() && !stage->take(DayRoll{})) {
        return false;
    }
    // The next one is found by looking; it cannot be nearer than what this says.
    const auto soon = calendar::latest(config.day_roll_at, config.core.market_zone,
                                       UtcNanos{now.utc.value + kLookAgainNs});
    roll_due_ = soon.value() > due.value() ? soon.value() : UtcNanos{now.utc.value + kLookAgainNs};
    return true;
}

// A document that changed while the gateway was down is shown, and orders wait until a person has
// accepted it.
void House::Rooms::wait_for_acceptance(const std::string& document) {
    const auto before = lines_of(journaled_document_);
    const auto after = lines_of(document);
    const std::multiset<std::string> old_lines(before.begin(), before.end());
    const std::multiset<std::string> new_lines(after.begin(), after.end());
    std::size_t shown = 0;
    const auto show = [&](const std::vector<std::string>& lines,
                          const std::multiset<std::string>& others, char mark) {
        for (const std::string& line : lines) {
            if (others.find(line) == others.end() && shown++ < kDifferencesShown) {
                log(fmt::format("configuration {} {}", mark, line));
            }
        }
    };
    show(before, new_lines, '-');
    show(after, old_lines, '+');
    if (!config.accept_changes) {
        return;
    }
    log("the configuration changed: no order is taken before somebody types: sluice config accept");
    KillChange gate;
    gate.scope = ScopeKind::Firm;
    gate.who = Name(kConfigWho);
    gate.reason = Prose("the configuration changed while the gateway was down");
    GW_CHECK(stage->take(gate));
}

}  // namespace sluice::app
