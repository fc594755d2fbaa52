#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gateway/domain/command.hpp"
#include "gateway/venues/egress_queue.hpp"

namespace sluice {
namespace {

VenueRequest request(VenueRequestKind kind,
                     std::uint64_t order,
                     std::uint32_t version,
                     std::uint32_t orig_version = 0) {
    static std::uint64_t cause = 0;
    VenueRequest made;
    made.cause = ++cause;
    made.kind = kind;
    made.order = {order};
    made.version = version;
    made.orig_version = orig_version;
    made.order_qty = Quantity::from_int(100 + version);
    made.flags = command_flag::kMayHold;
    return made;
}
VenueRequest new_order(std::uint64_t order) {
    return request(VenueRequestKind::New, order, 0);
}
VenueRequest replace(std::uint64_t order, std::uint32_t version, std::uint32_t orig) {
    return request(VenueRequestKind::Replace, order, version, orig);
}
VenueRequest cancel(std::uint64_t order, std::uint32_t version, std::uint32_t orig) {
    return request(VenueRequestKind::Cancel, order, version, orig);
}
VenueRequest status(std::uint64_t order) {
    return request(VenueRequestKind::Status, order, 0);
}
VenueRequest again(VenueRequest made) {
    made.flags |= command_flag::kPossResend;
    return made;
}

// "D1.0 G2.1<0 F3.1<0": what leaves, in this order.
std::string leaves(EgressQueue& queue) {
    std::string text;
    for (const VenueRequest* next = queue.next(); next != nullptr; next = queue.next()) {
        const char type = "?DFGHM"[static_cast<std::size_t>(next->kind)];
        text += fmt::format("{}{}{}.{}", text.empty() ? "" : " ", type, next->order.value,
                            next->version);
        if (type == 'F' || type == 'G') {
            text += fmt::format("<{}", next->orig_version);
        }
        queue.pop();
    }
    return text;
}

// "Canceled 1.2": the answers given so far.
std::string answers_text(const EgressQueue::Answers& answers) {
    std::string text;
    for (const VenueEvent& event : answers) {
        CHECK(event.has(venue_event_flag::kNotSent));
        const char* kind = event.kind == VenueEventKind::Canceled          ? "Canceled"
                           : event.kind == VenueEventKind::Replaced        ? "Replaced"
                           : event.kind == VenueEventKind::ReplaceRejected ? "ReplaceRejected"
                                                                           : "another";
        text += fmt::format("{}{} {}.{}", text.empty() ? "" : ", ", kind, event.order.value,
                            event.version);
    }
    return text;
}

struct Bench {
    EgressQueue queue{16};
    EgressQueue::Answers answers;
    void push(const VenueRequest& made) { REQUIRE(queue.push(made, answers)); }
};

}  // namespace

TEST_CASE("cancels leave first, everything else as it came") {
    Bench bench;
    bench.push(new_order(1));
    bench.push(replace(2, 1, 0));
    bench.push(cancel(3, 1, 0));
    bench.push(new_order(4));
    bench.push(cancel(5, 1, 0));
    CHECK(leaves(bench.queue) == "F3.1<0 F5.1<0 D1.0 G2.1<0 D4.0");
    CHECK(bench.answers.empty());
}

TEST_CASE("a cancel takes its unsent order out of the queue, and nothing is sent") {
    Bench bench;
    bench.push(new_order(1));
    bench.push(new_order(2));
    bench.push(status(1));
    bench.push(cancel(1, 1, 0));
    CHECK(answers_text(bench.answers) == "Canceled 1.1");
    CHECK(bench.answers[0].text == "canceled before it left the gateway");
    CHECK(leaves(bench.queue) == "D2.0");
}

TEST_CASE("a replace is merged into its unsent order, which leaves under the replace's name") {
    Bench bench;
    const VenueRequest first = new_order(1);
    bench.push(first);
    bench.push(replace(1, 1, 0));
    bench.push(replace(1, 2, 1));
    CHECK(answers_text(bench.answers) == "Replaced 1.1, Replaced 1.2");
    CHECK(bench.answers[1].has(venue_event_flag::kHasOrderQty));
    CHECK(bench.answers[1].order_qty == Quantity::from_int(102));
    REQUIRE(bench.queue.next() != nullptr);
    CHECK(bench.queue.next()->order_qty == Quantity::from_int(102));
    CHECK(bench.queue.next()->cause == first.cause);  // the FIX_OUT record proves the New
    CHECK(leaves(bench.queue) == "D1.2");
}

TEST_CASE("a cancel overtakes unsent replaces, and names what the venue holds") {
    Bench bench;
    bench.push(replace(1, 3, 2));
    bench.push(replace(1, 4, 3));
    bench.push(cancel(1, 5, 4));
    CHECK(answers_text(bench.answers) == "ReplaceRejected 1.3, ReplaceRejected 1.4");
    CHECK(bench.answers[0].has(venue_event_flag::kTooLate));
    CHECK(leaves(bench.queue) == "F1.5<2");
}

TEST_CASE("what may have been sent before is never taken back") {
    Bench bench;
    SECTION("a new order") {
        bench.push(again(new_order(1)));
        bench.push(replace(1, 1, 0));
        bench.push(cancel(1, 2, 1));
        CHECK(answers_text(bench.answers) == "ReplaceRejected 1.1");
        CHECK(leaves(bench.queue) == "D1.0 F1.2<0");
    }
    SECTION("a replace") {
        bench.push(again(replace(1, 1, 0)));
        bench.push(replace(1, 2, 1));
        bench.push(cancel(1, 3, 2));
        CHECK(answers_text(bench.answers) == "ReplaceRejected 1.2");
        CHECK(leaves(bench.queue) == "G1.1<0 F1.3<1");
    }
}

TEST_CASE("a cancel behind another request of its order waits for it, other cancels do not") {
    Bench bench;
    bench.push(again(new_order(1)));
    bench.push(cancel(1, 1, 0));
    bench.push(cancel(2, 1, 0));
    CHECK(leaves(bench.queue) == "F2.1<0 D1.0 F1.1<0");
}

TEST_CASE("a request that is asked for again while it is still here leaves once") {
    Bench bench;
    bench.push(new_order(1));
    bench.push(again(new_order(1)));
    bench.push(cancel(2, 1, 0));
    bench.push(again(cancel(2, 1, 0)));
    CHECK(leaves(bench.queue) == "F2.1<0 D1.0");
}

TEST_CASE("of questions about an order the newest stays, behind the order's requests") {
    Bench bench;
    bench.push(new_order(1));
    bench.push(status(1));
    bench.push(new_order(2));
    bench.push(status(1));
    bench.push(request(VenueRequestKind::MassStatus, 0, 0));
    bench.push(request(VenueRequestKind::MassStatus, 0, 0));
    CHECK(leaves(bench.queue) == "D1.0 D2.0 H1.0 M0.0");
}

TEST_CASE("without room a request is refused and nothing changes; cancels have room of their own") {
    EgressQueue queue(2);
    EgressQueue::Answers answers;
    REQUIRE(queue.push(replace(1, 1, 0), answers));
    REQUIRE(queue.push(new_order(2), answers));
    CHECK_FALSE(queue.push(new_order(3), answers));
    REQUIRE(queue.push(cancel(4, 1, 0), answers));
    REQUIRE(queue.push(cancel(5, 1, 0), answers));
    CHECK_FALSE(queue.push(cancel(1, 2, 1), answers));
    CHECK(answers.empty());
    REQUIRE(queue.push(cancel(2, 1, 0), answers));  // annihilates: needs none
    CHECK(leaves(queue) == "F4.1<0 F5.1<0 G1.1<0");
}

TEST_CASE("what may not be held is taken out when the venue is away") {
    Bench bench;
    VenueRequest unheld = new_order(1);
    unheld.flags = 0;
    bench.push(unheld);
    bench.push(new_order(2));
    VenueRequest unheld_cancel = cancel(3, 1, 0);
    unheld_cancel.flags = 0;
    bench.push(unheld_cancel);
    const auto taken = bench.queue.take_unheld();
    REQUIRE(taken.size() == 2);
    CHECK(taken[0].order.value == 1);
    CHECK(taken[1].order.value == 3);
    CHECK(leaves(bench.queue) == "D2.0");
}

TEST_CASE("after a restart the queue stands as its journaled answers say") {
    Bench before;
    const std::vector<VenueRequest> requests = {new_order(1),     replace(1, 1, 0),  // merged
                                                new_order(2),     cancel(2, 1, 0),   // annihilated
                                                replace(3, 1, 0), cancel(3, 2, 1),  new_order(4)};
    for (const VenueRequest& made : requests) {
        before.push(made);
    }
    REQUIRE(before.answers.size() == 3);
    // The journal got the first so many answers before the end.
    const auto journaled = GENERATE(range(std::size_t{0}, std::size_t{4}));
    CAPTURE(journaled);
    Bench after;
    for (const VenueRequest& made : requests) {
        after.queue.recall(made);
    }
    after.queue.recall(again(new_order(9)));
    after.queue.recall(status(4));
    for (std::size_t i = 0; i < journaled; ++i) {
        after.queue.recall_answer(before.answers[i]);
    }
    after.queue.recalled(after.answers);
    CHECK(after.answers.size() == 3 - journaled);
    CHECK(leaves(after.queue) == leaves(before.queue));
}

TEST_CASE("a merged order that had left leaves no replace behind after a restart") {
    Bench before;
    const VenueRequest later = replace(1, 1, 0);
    before.push(new_order(1));
    before.push(later);
    CHECK(leaves(before.queue) == "D1.1");
    Bench after;
    after.queue.recall(later);  // the New has its FIX_OUT record
    after.queue.recall_answer(before.answers[0]);
    after.queue.recalled(after.answers);
    CHECK(after.queue.empty());
    CHECK(after.answers.empty());
}

TEST_CASE("a request that was answered as not sent is not sent after a restart") {
    Bench after;
    VenueEvent event;
    event.kind = VenueEventKind::Rejected;
    event.flags = venue_event_flag::kNotSent;
    event.order = {1};
    after.queue.recall(new_order(1));
    after.queue.recall(new_order(2));
    after.queue.recall_answer(event);
    after.queue.recalled(after.answers);
    CHECK(leaves(after.queue) == "D2.0");
}

}  // namespace sluice
