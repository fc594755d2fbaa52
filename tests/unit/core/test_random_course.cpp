// Random interleavings of clients, the venue, lost connections, restarts and operators. Whatever
// the course: the risk room's sums hold, no credit is lost, reports keep the rules of the order
// state tables (ReportJudge), and a replay gives the same decisions and the same state.
//
// A failure names its seed; SLUICE_SEED=n plays that course alone, SLUICE_STEPS=n makes all of them
// so long.
#include <cstdlib>
#include <random>

#include <catch2/catch.hpp>

#include "gateway/orders/order_state.hpp"
#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

class Course {
public:
    explicit Course(std::uint32_t seed)
        : random_(seed), house_([seed](CoreConfig& config) {
              config.accounts[0].limits[LimitKey::MaxGrossNotional] =
                  LimitValue::number(Decimal::from_int(200'000));
              config.accounts[0].limits[LimitKey::MaxLong] =
                  LimitValue::number(Decimal::from_int(3'000));
              config.venues[0].max_in_flight = 8;
              config.max_pending_replaces = 3;
              // The kinds of set-up take turns.
              using Way = VenueConfig::Reconcile;
              static constexpr std::array kWays = {Way::Status, Way::PossResend, Way::MassStatus,
                                                   Way::Flag, Way::None};
              config.venues[0].reconcile = kWays[seed % kWays.size()];
              config.venues[0].in_doubt_after_ns = (seed % 2) * 5 * kNanosPerSecond;
              config.routes[0].hold = seed % 3 == 0;
              config.sessions[0].pending_reports = seed % 2 == 0;
              auto& lost = config.sessions[0].cancel_on_disconnect;
              lost.scope = seed % 4 == 0 ? CancelOnDisconnect::Scope::Account
                                         : CancelOnDisconnect::Scope::Session;
              lost.grace_ns = (seed % 3) * kNanosPerSecond;
              lost.good_till = seed % 2 == 0;
              auto& drop = config.sessions.emplace_back();
              drop.id = "DROP";
              drop.drop_copy.enabled = true;
          }) {}

    void step() {
        switch (pick(20)) {
            case 0:
            case 1:
            case 2:
            case 3:
                return enter();
            case 4:
                return change("35=F");
            case 5:
            case 6:
                return change("35=G");
            case 7:
                return house_.client("35=H|11=" + any_id());
            case 8:
                return admin();
            case 9:
                return mass();
            case 10:
                return connection();
            case 11:
                return operate();
            case 12:
                return house_.pass(pick(8));
            default:
                return venue();
        }
    }
    TestHouse& house() { return house_; }

private:
    std::uint32_t pick(std::uint32_t below) {
        return static_cast<std::uint32_t>(random_() % below);
    }
    std::string number(std::uint32_t below) { return std::to_string(1 + pick(below)); }
    std::string fresh() {
        ids_.push_back("I" + std::to_string(ids_.size()));
        return ids_.back();
    }
    std::string any_id() {
        return ids_.empty() ? "GHOST" : ids_[ids_.size() - 1 - pick(std::min(12U, size()))];
    }
    std::uint32_t size() const { return static_cast<std::uint32_t>(ids_.size()); }

    void enter() {
        const std::string id = pick(12) == 0 ? any_id() : fresh();
        house_.client("35=D|11=" + id + "|54=" + (pick(2) == 0 ? "1" : "2") + "|38=" + number(900) +
                      "|40=2|44=" + number(20) + (pick(6) == 0 ? "|97=Y" : ""));
    }
    void change(const std::string& type) {
        const std::string orig = any_id();
        const Order* order = house_.order(orig);
        const std::string side =
            order == nullptr ? "1" : std::string(1, static_cast<char>(order->side));
        house_.client(type + "|11=" + fresh() + "|41=" + orig + "|54=" + side +
                      "|38=" + number(1200) + (type == "35=G" ? "|40=2|44=" + number(20) : ""));
    }
    void mass() {
        const std::string id = fresh();
        switch (pick(3)) {
            case 0:
                return house_.client("35=q|11=" + id +
                                     (pick(2) == 0 ? "|530=7" : "|530=1|55=ACME"));
            case 1:
                return house_.client("35=AF|585=7|584=" + id);
            default:
                for (int n = 1; n <= 3; ++n) {
                    house_.client("35=E|66=L" + id + "|68=3|67=" + std::to_string(n) + "|11=" + id +
                                  "." + std::to_string(n) + "|38=" + number(600) + "|44=10|18=G");
                    ids_.push_back(id + "." + std::to_string(n));
                }
        }
    }
    void connection() {
        using Kind = SessionEvent::Kind;
        static constexpr std::array kKinds = {Kind::LoggedOn, Kind::LoggedOn, Kind::LoggedOut,
                                              Kind::Disconnected};
        if (pick(6) == 0) {
            house_.restart();
            house_.venue_session(up_ = pick(2) == 0);
            return;
        }
        house_.client_session(pick(2) == 0 ? "S1" : "S2", kKinds[pick(kKinds.size())]);
    }
    void operate() {
        using Kind = OrderAction::Kind;
        static constexpr std::array kKinds = {Kind::Cancel, Kind::ResolveFilled,
                                              Kind::ResolveCanceled, Kind::ResolveRejected,
                                              Kind::ResolveWorking};
        house_.order_action(any_id(), kKinds[pick(kKinds.size())], number(300) + "@" + number(20));
    }
    void admin() {
        switch (pick(6)) {
            case 0:
                return house_.kill(ScopeKind::Firm, "", KillChange::Action::KillAndCancel);
            case 1:
            case 2:
                return house_.kill(ScopeKind::Firm, "", KillChange::Action::Resume);
            case 3: {
                up_ = !up_;
                return house_.venue_session(up_);
            }
            case 4:
                return house_.set_limit(ScopeKind::Account, "ACC1", LimitKey::MaxOrderQty,
                                        number(1500));
            default:
                if (pick(4) == 0) {
                    house_.input(DayRoll{1});
                }
        }
    }
    // Mostly plausible, sometimes not: the core must take whatever a venue says.
    void venue() {
        const auto orders = house_.core().orders().orders();
        if (orders.empty()) {
            return;
        }
        const Order& order =
            orders[orders.size() - 1 -
                   pick(std::min<std::uint32_t>(10, static_cast<std::uint32_t>(orders.size())))];
        static constexpr std::array kKinds = {VenueEventKind::New,
                                              VenueEventKind::New,
                                              VenueEventKind::Fill,
                                              VenueEventKind::Fill,
                                              VenueEventKind::Fill,
                                              VenueEventKind::Canceled,
                                              VenueEventKind::Replaced,
                                              VenueEventKind::Replaced,
                                              VenueEventKind::CancelRejected,
                                              VenueEventKind::ReplaceRejected,
                                              VenueEventKind::Rejected,
                                              VenueEventKind::Expired,
                                              VenueEventKind::DoneForDay,
                                              VenueEventKind::Restated,
                                              VenueEventKind::Stopped,
                                              VenueEventKind::Suspended,
                                              VenueEventKind::OrderStatus,
                                              VenueEventKind::OrderStatus,
                                              VenueEventKind::TradeCancel,
                                              VenueEventKind::TradeCorrect};
        VenueEvent event;
        event.order = order.id;
        event.kind = kKinds[pick(kKinds.size())];
        event.version = pick(order.next_request);
        event.venue_exec_id = ForeignId("E" + std::to_string(execs_++));
        event.ref_exec_id = ForeignId("E" + std::to_string(execs_ < 6 ? 0 : execs_ - 2 - pick(4)));
        event.last_qty = Quantity::from_int(1 + pick(400));
        event.last_px = Price::from_int(1 + pick(20));
        event.ord_status = "012348A6E5C"[pick(11)];
        if (event.kind == VenueEventKind::OrderStatus && pick(4) != 0) {
            event.cum_qty = order.cum_qty;
            event.flags |= venue_event_flag::kHasCumQty;
        }
        if (pick(3) == 0) {
            event.leaves_qty = Quantity::from_int(pick(500));
            event.flags |= venue_event_flag::kHasLeavesQty;
        }
        house_.venue_event(event);
    }

    std::mt19937 random_;
    TestHouse house_;
    std::vector<std::string> ids_;
    std::uint64_t execs_ = 0;
    bool up_ = true;
};

// Each lane holds exactly what the orders' facts say.
void check_credits(const Core& core) {
    std::uint32_t orders = 0;
    std::uint32_t cancels = 0;
    for (const Order& order : core.orders().orders()) {
        const bool unanswered = order.closed == Closed::No && !order.has(order_flag::kAcknowledged);
        orders += order.pending_count + (unanswered ? 1U : 0U);
        cancels += order.pending_cancel.active ? 1U : 0U;
    }
    CHECK(core.venues().in_flight({0}, Lane::Orders) == orders);
    CHECK(core.venues().in_flight({0}, Lane::Cancels) == cancels);
}

std::uint32_t from_environment(const char* name, std::uint32_t otherwise) {
    const char* const text = std::getenv(name);
    return text == nullptr ? otherwise
                           : static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10));
}

TEST_CASE("whatever the interleaving, the invariants hold and the replay is the same") {
    const auto only = from_environment("SLUICE_SEED", 0);
    const auto seed = only != 0 ? only : GENERATE(range(1U, 31U));
    const auto steps = from_environment("SLUICE_STEPS", 400);
    Course course(seed);
    for (std::uint32_t n = 0; n < steps; ++n) {
        course.step();
        course.house().forget_outputs();
        if (n % 40 == 0) {
            const auto broken = course.house().core().risk().audit();
            INFO("SLUICE_SEED=" << seed << " step " << n);
            REQUIRE(broken.value_or("") == "");
            check_credits(course.house().core());
        }
    }
    INFO("SLUICE_SEED=" << seed);
    CHECK(course.house().defects() == "");
    check_credits(course.house().core());
    course.house().restart();
    CHECK(course.house().defects() == "");
}

}  // namespace
}  // namespace sluice::test
