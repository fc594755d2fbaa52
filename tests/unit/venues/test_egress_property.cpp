// Random interleavings of a core that asks, a queue between, a venue that answers, and restarts:
// nothing overtakes its own order, cancels are first, and when all is quiet core and venue hold the
// same orders.
#include <algorithm>
#include <deque>
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "gateway/domain/command.hpp"
#include "gateway/venues/egress_queue.hpp"

namespace sluice {
namespace {

struct Pending {
    std::uint32_t version = 0;
    Quantity qty;
};

// What the core believes of an order.
struct CoreOrder {
    std::uint32_t live = 0;
    std::uint32_t next_version = 1;
    Quantity qty;
    std::vector<Pending> replaces;
    std::uint32_t cancel = 0;  // version of the pending one
    bool closed = false;
};
// What the venue holds.
struct VenueOrder {
    std::uint32_t name = 0;
    Quantity qty;
    bool closed = false;
};

class Model {
public:
    explicit Model(unsigned seed) : random_(seed) {}

    void step() {
        switch (random_() % 12) {
            case 0:
            case 1:
                return ask_new();
            case 2:
            case 3:
                return ask_replace();
            case 4:
                return ask_cancel();
            case 5:
            case 6:
                return leave();
            case 7:
            case 8:
                return venue_answers();
            case 9:
            case 10:
                return core_takes();
            default:
                return random_() % 8 == 0 ? restart() : venue_cancels();
        }
    }
    void settle() {
        while (!to_core_.empty() || !queue_.empty() || !wire_.empty()) {
            core_takes();
            leave();
            venue_answers();
        }
        CHECK(waiting_.empty());
        for (const auto& [id, order] : core_) {
            INFO("order " << id);
            CHECK(order.replaces.empty());
            CHECK(order.cancel == 0);
            const auto held = venue_.find(id);
            const bool works = held != venue_.end() && !held->second.closed;
            REQUIRE(order.closed == !works);
            if (works) {
                CHECK(held->second.name == order.live);
                CHECK(held->second.qty == order.qty);
            }
        }
    }
    std::size_t collapsed = 0;
    std::size_t restarts = 0;

private:
    VenueRequest request(VenueRequestKind kind, std::uint64_t id) {
        VenueRequest made;
        made.kind = kind;
        made.cause = ++cause_;
        made.order = {id};
        made.flags = command_flag::kMayHold;
        return made;
    }
    void ask(const VenueRequest& made) {
        journaled_.push_back(made);
        waiting_.push_back(made);
        EgressQueue::Answers answers;
        REQUIRE(queue_.push(made, answers));
        tell(answers);
    }
    void tell(const EgressQueue::Answers& answers) {
        for (const VenueEvent& event : answers) {
            ++collapsed;
            to_core_.push_back(event);
            std::erase_if(waiting_, [&](const VenueRequest& made) {
                return made.order == event.order &&
                       (event.kind == VenueEventKind::Canceled || made.version == event.version);
            });
        }
    }

    void ask_new() {
        const std::uint64_t id = core_.size() + 1;
        VenueRequest made = request(VenueRequestKind::New, id);
        made.order_qty = Quantity::from_int(static_cast<std::int64_t>(random_() % 1'000 + 1));
        core_[id].qty = made.order_qty;
        ask(made);
    }
    // An order that may be changed; null when chance finds none.
    std::pair<const std::uint64_t, CoreOrder>* some_order() {
        if (core_.empty()) {
            return nullptr;
        }
        auto at = core_.find(core_.size() - random_() % std::min<std::size_t>(core_.size(), 8));
        return at->second.closed || at->second.cancel != 0 ? nullptr : &*at;
    }
    static std::uint32_t last_name(const CoreOrder& order) {
        return order.replaces.empty() ? order.live : order.replaces.back().version;
    }
    void ask_replace() {
        auto* found = some_order();
        if (found == nullptr || found->second.replaces.size() == 4) {
            return;
        }
        CoreOrder& order = found->second;
        VenueRequest made = request(VenueRequestKind::Replace, found->first);
        made.orig_version = last_name(order);
        made.version = order.next_version++;
        made.order_qty = Quantity::from_int(static_cast<std::int64_t>(random_() % 1'000 + 1));
        order.replaces.push_back({made.version, made.order_qty});
        ask(made);
    }
    void ask_cancel() {
        auto* found = some_order();
        if (found == nullptr) {
            return;
        }
        CoreOrder& order = found->second;
        VenueRequest made = request(VenueRequestKind::Cancel, found->first);
        made.orig_version = last_name(order);
        made.version = order.next_version++;
        order.cancel = made.version;
        ask(made);
    }

    // The adapter's rule: not before the core has what it was told.
    bool settled() const {
        return std::none_of(to_core_.begin(), to_core_.end(), [](const VenueEvent& event) {
            return event.has(venue_event_flag::kNotSent);
        });
    }
    void leave() {
        const VenueRequest* next = settled() ? queue_.next() : nullptr;
        if (next == nullptr) {
            return;
        }
        const auto own = std::find_if(waiting_.begin(), waiting_.end(),
                                      [&](const auto& made) { return made.order == next->order; });
        REQUIRE(own != waiting_.end());
        CHECK(own->cause == next->cause);  // the first of its order
        if (next->kind != VenueRequestKind::Cancel) {
            check_its_turn(*next);
        }
        proven_.push_back(next->cause);
        wire_.push_back(*next);
        waiting_.erase(own);
        queue_.pop();
    }
    void check_its_turn(const VenueRequest& next) {
        std::map<std::uint64_t, bool> seen;
        bool first = true;
        for (const VenueRequest& made : waiting_) {
            if (made.kind == VenueRequestKind::Cancel) {
                CHECK(seen.count(made.order.value) == 1);  // it is no cancel's turn
            } else if (first) {
                CHECK(made.cause == next.cause);
                first = false;
            }
            seen[made.order.value] = true;
        }
    }

    void venue_answers() {
        if (wire_.empty()) {
            return;
        }
        const VenueRequest asked = wire_.front();
        wire_.pop_front();
        VenueEvent event;
        event.order = asked.order;
        event.version = asked.version;
        if (asked.kind == VenueRequestKind::New) {
            REQUIRE(venue_.count(asked.order.value) == 0);
            venue_[asked.order.value] = {asked.version, asked.order_qty, false};
            event.kind = VenueEventKind::New;
            to_core_.push_back(event);
            return;
        }
        REQUIRE(venue_.count(asked.order.value) == 1);  // never before its own order
        VenueOrder& order = venue_[asked.order.value];
        const bool cancel = asked.kind == VenueRequestKind::Cancel;
        if (order.closed) {
            event.kind = cancel ? VenueEventKind::CancelRejected : VenueEventKind::ReplaceRejected;
        } else {
            CHECK(asked.orig_version == order.name);
            order.closed = cancel;
            event.kind = cancel ? VenueEventKind::Canceled : VenueEventKind::Replaced;
            if (!cancel) {
                order.name = asked.version;
                order.qty = asked.order_qty;
            }
        }
        to_core_.push_back(event);
    }
    void venue_cancels() {
        for (auto& [id, order] : venue_) {
            if (!order.closed && random_() % 4 == 0) {
                order.closed = true;
                VenueEvent event;
                event.kind = VenueEventKind::Canceled;
                event.order = {id};
                to_core_.push_back(event);
                return;
            }
        }
    }

    void core_takes() {
        if (to_core_.empty()) {
            return;
        }
        const VenueEvent event = to_core_.front();
        to_core_.pop_front();
        if (event.has(venue_event_flag::kNotSent)) {
            answers_.push_back(event);
        }
        CoreOrder& order = core_[event.order.value];
        const auto pending =
            std::find_if(order.replaces.begin(), order.replaces.end(),
                         [&](const Pending& p) { return p.version == event.version; });
        switch (event.kind) {
            case VenueEventKind::Canceled:
                order.closed = true;
                order.replaces.clear();
                order.cancel = 0;
                break;
            case VenueEventKind::Replaced:
                if (pending != order.replaces.end()) {
                    order.live = pending->version;
                    order.qty = pending->qty;
                    order.replaces.erase(pending);
                }
                break;
            case VenueEventKind::ReplaceRejected:
                if (pending != order.replaces.end()) {
                    order.replaces.erase(pending);
                }
                break;
            case VenueEventKind::CancelRejected:
                order.cancel = order.cancel == event.version ? 0 : order.cancel;
                break;
            default:
                break;
        }
    }

    // kill -9: what the adapter said and the core did not journal is gone; the venue's words come
    // again.
    void restart() {
        ++restarts;
        std::erase_if(to_core_, [](const VenueEvent& event) {
            return event.has(venue_event_flag::kNotSent);
        });
        queue_ = EgressQueue(4'096);
        waiting_.clear();
        for (const VenueRequest& made : journaled_) {
            if (std::find(proven_.begin(), proven_.end(), made.cause) == proven_.end()) {
                queue_.recall(made);
                waiting_.push_back(made);
            }
        }
        for (const VenueEvent& event : answers_) {
            queue_.recall_answer(event);
            std::erase_if(waiting_, [&](const VenueRequest& made) {
                return made.order == event.order &&
                       (event.kind == VenueEventKind::Canceled || made.version == event.version);
            });
        }
        EgressQueue::Answers answers;
        queue_.recalled(answers);
        tell(answers);
        CHECK(queue_.size() == waiting_.size());
    }

    std::mt19937 random_;
    EgressQueue queue_{4'096};
    std::uint64_t cause_ = 0;
    std::vector<VenueRequest> journaled_;  // EGRESS records
    std::vector<std::uint64_t> proven_;    // FIX_OUT records, by cause
    std::vector<VenueEvent> answers_;      // VENUE_EVENT records that say kNotSent
    std::vector<VenueRequest> waiting_;    // the simple queue: a list that is searched
    std::deque<VenueRequest> wire_;
    std::deque<VenueEvent> to_core_;
    std::map<std::uint64_t, CoreOrder> core_;
    std::map<std::uint64_t, VenueOrder> venue_;
};

}  // namespace

TEST_CASE("any interleaving of requests, answers and restarts leaves core and venue in agreement") {
    std::size_t collapsed = 0;
    std::size_t restarts = 0;
    for (unsigned seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        Model model(seed);
        for (int i = 0; i < 400; ++i) {
            model.step();
        }
        model.settle();
        collapsed += model.collapsed;
        restarts += model.restarts;
    }
    CHECK(collapsed > 1'000);
    CHECK(restarts > 300);
}

}  // namespace sluice
