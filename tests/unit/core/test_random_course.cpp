// Random interleavings of clients, the venue and operators. Whatever the course: the risk room's
// sums hold, no credit is lost, reports keep their invariants, and a replay gives the same
// decisions and the same state.
#include <random>

#include <catch2/catch.hpp>

#include "gateway/orders/order_state.hpp"
#include "tests/scenarios/test_house.hpp"

namespace sluice::test {
namespace {

class Course {
public:
    explicit Course(std::uint32_t seed)
        : random_(seed), house_([](CoreConfig& config) {
              config.accounts[0].limits[LimitKey::MaxGrossNotional] =
                  LimitValue::number(Decimal::from_int(200'000));
              config.accounts[0].limits[LimitKey::MaxLong] =
                  LimitValue::number(Decimal::from_int(3'000));
              config.venues[0].max_in_flight = 8;
          }) {}

    void step() {
        switch (pick(16)) {
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

TEST_CASE("whatever the interleaving, the invariants hold and the replay is the same") {
    const auto seed = GENERATE(range(1U, 13U));
    Course course(seed);
    for (int n = 0; n < 400; ++n) {
        course.step();
        course.house().forget_outputs();
        if (n % 40 == 0) {
            const auto broken = course.house().core().risk().audit();
            INFO("seed " << seed << " step " << n);
            REQUIRE(broken.value_or("") == "");
            check_credits(course.house().core());
        }
    }
    INFO("seed " << seed);
    CHECK(course.house().defects() == "");
    check_credits(course.house().core());
    course.house().restart();
    CHECK(course.house().defects() == "");
}

}  // namespace
}  // namespace sluice::test
